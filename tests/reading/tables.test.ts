import { expect, it } from 'vitest';
import type { Answered } from '../../src/answering/answer.ts';
import { engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { answerMessages } from '../../src/messages/answer.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { linesOf } from '../../src/reading/lines.ts';
import { headersOf } from '../../src/reading/tables.ts';

const headed = (paragraphs: readonly string[]) =>
  [...headersOf(linesOf(paragraphs))].map(([row, header]) => [row.text, header.text]);

it('a row has the header of its table, also below a heading inside it', () => {
  const table = ['对象\t标准', '露天作业\t300元', '（二）室内', '厨房作业\t200元'];
  expect(headed(['津贴标准', ...table])).toEqual([
    ['露天作业\t300元', '对象\t标准'],
    ['厨房作业\t200元', '对象\t标准'],
  ]);
});

it.each([
  ['figures', ['津贴', '1\t300元', '2\t200元']],
  ['sentences', ['津贴', '露天作业的按三百元的标准发放，按月发\t是', '室内作业的按二百元的标准发放，按月发\t否']],
  ['one row', ['津贴', '对象\t标准', '以上标准自发布之日起执行。']],
  ['as many cells as no other row', ['津贴', '对象\t标准', '露天作业\t300元\t六月']],
])('%s name no columns', (_, paragraphs) => {
  expect(headed(paragraphs)).toEqual([]);
});

it('an answer shows each cell of a row behind the name of its column', async () => {
  const text =
    '共享单车停放点设置标准\n区域\t每平方米停放数\t管理单位\n车站广场\t3辆\t广场管理处\n学校门口\t1辆\t属地街道';
  const library = { documents: [plainDocument('bikes', text)], terms: [] };
  const { answerer } = engineOf(library, await loadLanguage());
  const [found] = answerer.search('学校门口停放数', 1);
  const answer = answerer.open(found?.key ?? '') as Answered;
  expect(answer.quotes[0]).toMatchObject({
    text: '学校门口\t1辆\t属地街道',
    lead: { text: '区域\t每平方米停放数\t管理单位' },
  });
  const [message] = answerMessages(answer, library, localeOf('zh-hans'));
  expect(message?.text).toContain('区域：学校门口\n每平方米停放数：1辆\n管理单位：属地街道');
});
