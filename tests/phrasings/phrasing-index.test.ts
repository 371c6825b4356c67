import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/knowledge/document.ts';
import { createAnalyzer } from '../../src/phrasings/analysis.ts';
import { type DocumentPhrasings, readPhrasings } from '../../src/phrasings/document-phrasings.ts';
import { libraryOf } from './reading.ts';

const words = fc.constantFrom('停车多少钱', '电梯坏了找谁', '几点开门', '能不能养狗', '怎么交 3 个月的费', '费');
const asked = fc.array(
  fc.record({
    passage: fc.constantFrom('停车费每月80元。', '电梯每月检修一次。'),
    ask: fc.array(words),
    not: fc.array(words),
  }),
  { minLength: 1, maxLength: 5 },
);
const documentOf = (some: Parameters<typeof libraryOf>[0]) => libraryOf(some).documents[0] as Document;

describe('the phrasings of a document', () => {
  it('that was edited are as if read anew', () => {
    const analyzer = createAnalyzer([{ text: '停车', say: ['泊车'] }]);
    fc.assert(
      fc.property(asked, asked, (some, others) => {
        const before = documentOf(some);
        const phrasings = readPhrasings(before, analyzer);
        const edited = documentOf(others);
        const again = readPhrasings(edited, analyzer, { document: before, phrasings });
        const anew = readPhrasings(edited, analyzer);
        expect({ ...again, spelling: counted(again) }).toEqual({ ...anew, spelling: counted(anew) });
      }),
      { numRuns: 100 },
    );
  });
});

/** Whatever place a term has in the table; one that is gone counts as none. */
function counted({ spelling: { terms, counts } }: DocumentPhrasings) {
  return new Map([...terms].map((term, at) => [term, counts[at]] as const).filter(([, count]) => count !== 0));
}
