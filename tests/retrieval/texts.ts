import fc from 'fast-check';

/** Short texts over few characters, so that terms come back often and sums tie. */
export const text = fc
  .array(fc.constantFrom(...'社区工作者待遇岗位薪酬体系的，。 12a'), { minLength: 1, maxLength: 40 })
  .map((characters) => characters.join(''));

export const texts = fc.array(text, { minLength: 1, maxLength: 30 });

export function passagesOf(all: readonly string[], from = 0) {
  return all.map((passage, at) => ({ document: String(from + at), text: passage }));
}
