import fc from 'fast-check';
import type { NewPassage } from '../../src/index/store.ts';
import { foldUnits, toUnits } from '../../src/index/units.ts';

/** Short texts over few characters, so that terms come back often and sums tie. */
export const text = fc
  .array(fc.constantFrom(...'社区工作者待遇岗位薪酬体系的，。 12a'), { minLength: 1, maxLength: 40 })
  .map((characters) => characters.join(''));

export const texts = fc.array(text, { minLength: 1, maxLength: 30 });

export function passagesOf(all: readonly string[]) {
  return all.map((passage, document) => ({ document, text: passage }));
}

export function newPassages(
  all: readonly { readonly document: number; readonly text: string }[],
): readonly NewPassage[] {
  return all.map((one) => ({ document: one.document, place: 0, units: foldUnits(toUnits(one.text)) }));
}
