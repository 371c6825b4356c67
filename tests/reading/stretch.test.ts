import { expect, it } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { readDocument } from '../../src/reading/reading.ts';
import { stretchOf } from '../../src/reading/stretch.ts';

const LONG = '对符合条件的人员按照规定给予补贴。'.repeat(12);

/** The paragraphs that are read with the one that begins so, by their numbers. */
function stretch(beginning: string, ...lines: readonly string[]): readonly [number, number] {
  const reading = readDocument(plainDocument('d', ['标题', ...lines].join('\n')));
  const passage = reading.passages.find(({ clauses }) =>
    clauses.some(({ span }) => cut(reading.document, span).startsWith(beginning)),
  );
  if (!passage) throw new Error(`no passage has ${beginning}`);
  const { first, last } = stretchOf(reading.passages, passage);
  return [first, last];
}

it.each<[string, string, readonly string[], readonly [number, number]]>([
  [
    'an article with its items',
    '（二）',
    ['第一条 总则。', '第二条 有下列情形的：', '（一）甲；', '（二）乙。'],
    [2, 4],
  ],
  [
    'all of a long article',
    '丙',
    ['第一条 总则。', '第二条', `甲${LONG}`, `乙${LONG}`, `丙${LONG}`, '第三条 附则。'],
    [2, 5],
  ],
  [
    'its chapter with the first article',
    '第一条',
    ['第一章 总则', '第一条 为了停车，制定本法。', '第二条 附则。'],
    [1, 2],
  ],
  [
    'elsewhere a passage, not all that stands below its heading',
    '乙',
    ['一、补贴', `甲${LONG}`, `乙${LONG}`, `丙${LONG}`],
    [2, 3],
  ],
  [
    'the same number in another chapter apart',
    '第二章',
    ['第一章 甲', '第一条 甲。', '第二章 乙', '第一条 乙。'],
    [3, 4],
  ],
])('%s', (_, beginning, lines, paragraphs) => {
  expect(stretch(beginning, ...lines)).toEqual(paragraphs);
});
