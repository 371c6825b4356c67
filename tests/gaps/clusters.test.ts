import { expect, it } from 'vitest';
import { clustersOf } from '../../src/gaps/clusters.ts';

const noted = (...questions: readonly string[]) => questions.map((question) => ({ question }));
const groups = (...questions: readonly string[]) =>
  clustersOf(noted(...questions)).map(({ members }) => members.map(({ question }) => question));

it.each([
  ['社区工作者有没有住房补贴', '請問社區工作者有沒有住房補貼呀？'],
  ['小区充电桩怎么申请安装', '小区的充电桩怎么申请安装呢'],
  ['老年证在哪里办', '请问老年证在哪里办'],
])('%s asks the same as %s', (one, other) => {
  expect(groups(one, other)).toEqual([[one, other]]);
});

it.each([
  ['第三条怎么规定的', '第四条怎么规定的'],
  ['社区工作者有没有住房补贴', '社区工作者有没有年终奖'],
  ['2023年的标准是多少', '2024年的标准是多少'],
  ['老年证在哪里办', '充电桩坏了找谁'],
])('%s asks something else than %s', (one, other) => {
  expect(groups(one, other)).toEqual([[one], [other]]);
});

it('parts thousands that differ by a number alone', () => {
  const questions = Array.from({ length: 2_000 }, (_, at) => ({ question: `第${at}号楼的电梯什么时候修好` }));
  expect(clustersOf(questions)).toHaveLength(2_000);
});
