import { create, insert, search } from '@orama/orama';
import { passageFields, questionFields } from './fields.ts';
import type { System } from './system.ts';

/** Bigrams, each once a passage: Orama counts repeated tokens into the document frequency. */
export function createOrama(): System {
  const index = create({
    schema: { text: 'string' } as const,
    components: {
      tokenizer: {
        language: 'bigrams',
        normalizationCache: new Map(),
        tokenize: (text: string) => [...new Set(text.split(' '))].filter((token) => token !== ''),
      },
    },
  });
  return {
    async build(passages) {
      let number = 0;
      for (const { text } of passages) {
        await insert(index, { id: String(number++), text: passageFields(text).bigrams.join(' ') });
      }
    },
    async search(question, k) {
      const term = questionFields(question).bigrams.join(' ');
      if (term === '') return { passages: [] };
      const { hits } = await search(index, {
        term,
        properties: ['text'],
        limit: k,
        threshold: 1,
        relevance: { k: 0.6, b: 0.5, d: 0 },
      });
      return { passages: hits.map(({ id }) => Number(id)) };
    },
  };
}
