import MiniSearch from 'minisearch';
import { passageFields, questionFields } from './fields.ts';
import type { System } from './system.ts';

const FIELDS = ['characters', 'bigrams', 'words'] as const;

/** Three fields of tokens, weighed as the prototype weighed them; its default tokenizer takes a sentence for a word. */
export function createMiniSearch(): System {
  const index = new MiniSearch<{ id: number } & Record<string, string>>({
    fields: [...FIELDS],
    tokenize: (text) => text.split(' ').filter((token) => token !== ''),
    processTerm: (term) => term,
    searchOptions: {
      boost: { characters: 1, bigrams: 0.75, words: 0.35 },
      bm25: { k: 0.8, b: 0.5, d: 0 },
      combineWith: 'OR',
    },
  });
  return {
    async build(passages) {
      let id = 0;
      for (const { text } of passages) {
        const { characters, bigrams, words } = passageFields(text);
        index.add({
          id: id++,
          characters: characters.join(' '),
          bigrams: bigrams.join(' '),
          words: words.join(' '),
        } as never);
      }
    },
    async search(question, k) {
      const fields = questionFields(question);
      const queries = FIELDS.map((field) => ({ fields: [field], queries: [fields[field].join(' ')] }));
      const found = index.search({ combineWith: 'OR', queries });
      return { passages: found.slice(0, k).map(({ id }) => id as number) };
    },
  };
}
