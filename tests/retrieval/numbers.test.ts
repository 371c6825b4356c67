import { describe, expect, it } from 'vitest';
import { createPassageIndex } from '../../src/passages/passage-index.ts';

describe('numbers in other people’s text', () => {
  const index = createPassageIndex([
    { document: 'a', text: '该馆于1950年开放，馆内设有12个展厅。' },
    { document: 'b', text: '该馆于1987年重修，馆内设有37个展厅。' },
    { document: 'c', text: '十九世纪的藏品占全馆的百分之四十。' },
    { document: 'd', text: '十八世纪的藏品占全馆的百分之三十。' },
  ]);

  it.each([
    ['哪个馆有三十七个展厅', 'b'],
    ['一九五〇年开放的是什么', 'a'],
    ['19世纪的藏品占多少', 'c'],
    ['哪些藏品占全馆的30%', 'd'],
  ])('finds %s', (question, document) => {
    expect(index.search(question, 1).hits[0]?.document).toBe(document);
  });
});
