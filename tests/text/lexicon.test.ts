import { describe, expect, it } from 'vitest';
import { createLexicon } from '../../src/text/lexicon.ts';
import { QUESTION_TYPES } from '../../src/text/question-types.ts';

const lexicon = createLexicon([
  { name: '社保', expressions: ['社保', '社会保险', '五险'] },
  { name: '五险一金', expressions: ['五险一金'] },
  { name: '公积金', expressions: ['公积金', '五险一金'] },
  { name: 'IDC', expressions: ['idc', 'data center'] },
  { name: '空', expressions: [''] },
]);

describe('createLexicon', () => {
  it.each([
    ['finds an expression anywhere', '交社会保险吗', ['社保']],
    ['the longest expression wins', '有五险一金吗', ['五险一金', '公积金']],
    ['the shorter is found where the longer is not', '有五险吗', ['社保']],
    ['each group once, in order of occurrence', 'idc的社保和社会保险', ['IDC', '社保']],
    ['Latin words stand by themselves', 'idcs', []],
    ['not at the end of another word', 'xidc', []],
    ['nor before a digit', 'idc2', []],
    ['beside Han characters and marks they do', '办idc,', ['IDC']],
    ['with a space inside', 'a data center here', ['IDC']],
    ['nothing in nothing', '', []],
  ])('%s', (_, folded, names) => {
    expect(lexicon.find(folded)).toEqual(names);
  });
});

describe('kinds of question', () => {
  const types = createLexicon(QUESTION_TYPES);
  it.each([
    ['工资多少钱', ['?amount']],
    ['外资占比多少', ['?share', '?count']],
    ['合同签几年', ['?duration']],
    ['什么时候发的', ['?time']],
    ['跟谁签', ['?who']],
    ['多少岁能报', ['?age']],
    ['为什么要试点', ['?why']],
    ['都有哪些', ['?whole']],
    ['社区工作者', []],
  ])('%s', (question, names) => {
    expect(types.find(question)).toEqual(names);
  });
});
