import { describe, expect, it } from 'vitest';
import { strangersIn } from '../../src/answering/doubts.ts';

const TEXT = { text: '社区工作者定期体检。', subject: '社区工作者队伍建设', figures: new Set<string>() };

describe('somebody whom the text does not speak of', () => {
  it.each([
    ['医生多久体检一次', ['医生']],
    ['我是医生，多久体检一次', []],
    ['俺就是护士，想问问他们体检不', []],
  ])('%s', (question, names) => {
    expect(strangersIn(question, TEXT).map(({ name }) => name)).toEqual(names);
  });
});
