import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachTerm, FREE_FROM, FREE_TO } from '../../src/index/terms.ts';
import { toUnits } from '../../src/index/units.ts';

function textsOf(text: string): readonly string[] {
  const found: string[] = [];
  eachTerm(toUnits(text), (_, start, end) => found.push(text.slice(start, end)));
  return found;
}

describe('eachTerm', () => {
  it.each([
    ['社区idc', ['社', '区', '社区', 'idc']],
    ['50%与5g', ['50%', '与', '5', 'g']],
    ['社👍区', ['社', '区']],
    ['👨‍👩‍👧', []],
    ['社|区', ['社', '区']],
  ])('%s has the terms %j', (text, terms) => {
    expect(textsOf(text)).toEqual(terms);
  });

  it('takes a Han character beyond the first plane as two that stand side by side', () => {
    expect(textsOf('𠮷')).toHaveLength(3);
  });

  it('leaves room among its bigrams, whatever the characters', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 });
    fc.assert(
      fc.property(units, (some) => {
        eachTerm(Uint16Array.from(some), (term) => expect(term < FREE_FROM || term >= FREE_TO).toBe(true));
      }),
      { numRuns: 2_000 },
    );
  });
});
