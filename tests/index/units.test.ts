import { describe, expect, it } from 'vitest';
import { eachTerm } from '../../src/index/terms.ts';
import { foldUnits, toUnits } from '../../src/index/units.ts';

function termsOf(text: string): readonly number[] {
  const terms: number[] = [];
  eachTerm(foldUnits(toUnits(text)), (term) => terms.push(term));
  return terms;
}

describe('numbers with commas in them', () => {
  it.each([
    ['15,000元', '15000元'],
    ['１５，０００元', '15000元'],
    ['共1,234,567户', '共1234567户'],
  ])('%s is indexed as %s', (grouped, plain) => {
    expect(termsOf(grouped)).toEqual(termsOf(plain));
  });

  it.each(['3,5元', '1,2,3', '12,3456', '2024,12', '1234,567'])('%s stays two numbers or more', (text) => {
    expect(termsOf(text)).toEqual(termsOf(text.replaceAll(',', ' ')));
  });

  it('keeps every other unit in its place', () => {
    const text = '每年15,000元，每月800元';
    expect(foldUnits(toUnits(text))).toHaveLength(text.length);
    expect(String.fromCharCode(...foldUnits(toUnits(text)).subarray(8))).toBe('元,每月800元');
  });
});
