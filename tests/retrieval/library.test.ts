import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { postingsOfPassages } from '../../src/reading/indexing.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { createTextSearch } from '../../src/retrieval/search.ts';
import { text, texts } from './texts.ts';

const reading = (id: string, lines: readonly string[]) => readDocument(plainDocument(id, lines.join('\n')));
const ID = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
/** A document that comes, or in place of one that is there; without lines, one that goes. */
const EDITS = fc.array(fc.tuple(ID, fc.option(texts)), { minLength: 1, maxLength: 12 });

describe('a library of texts', () => {
  it('after any edits answers as if made anew, and the one before as ever', async () => {
    const language = await loadLanguage();
    fc.assert(
      fc.property(EDITS, fc.array(text, { minLength: 1, maxLength: 3 }), (edits, questions) => {
        const answers = (library: ReturnType<typeof createTextSearch>) =>
          questions.flatMap((question) => [
            library.rank(question, 30),
            library.search(question, { within: 'b' }),
            library.search(question, { without: 'b' }),
          ]);
        let library = createTextSearch([], language);
        const documents = new Map<string, ReturnType<typeof reading>>();
        for (const [id, lines] of edits) {
          const before = answers(library);
          const edited = lines ? library.with(reading(id, lines)) : library.without(id);
          expect(answers(library)).toEqual(before);
          library = edited;
          if (lines) documents.set(id, reading(id, lines));
          else documents.delete(id);
        }
        const anew = [...documents].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
        const kept = anew.map((one) => ({ ...one, postings: postingsOfPassages(one) }));
        expect(library.size).toBe(anew.reduce((sum, { passages }) => sum + passages.length, 0));
        expect(plain(answers(library))).toEqual(plain(answers(createTextSearch(anew, language))));
        expect(plain(answers(library))).toEqual(plain(answers(createTextSearch(kept, language))));
      }),
      { numRuns: 25 },
    );
  });
});

/** Without the numbers that documents have in the library, which tell their age. */
function plain(answers: unknown): unknown {
  return JSON.parse(JSON.stringify(answers, (key, value) => (key === 'number' ? undefined : value)));
}
