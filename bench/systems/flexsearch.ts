import { Index } from 'flexsearch';
import { passageFields, questionFields } from './fields.ts';
import type { System } from './system.ts';

/** With our bigrams, and `suggest`, which lets a passage lack some of the question's tokens. */
export function createFlexSearch(): System {
  const index = new Index({
    tokenize: 'strict',
    resolution: 9,
    encode: (text: string) => text.split(' ').filter((token) => token !== ''),
  });
  return {
    async build(passages) {
      let number = 0;
      for (const { text } of passages) index.add(number++, passageFields(text).bigrams.join(' '));
    },
    async search(question, k) {
      const found = index.search(questionFields(question).bigrams.join(' '), { limit: k, suggest: true });
      return { passages: found as number[] };
    },
  };
}
