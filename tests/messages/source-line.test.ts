import { expect, it } from 'vitest';
import { createOutlines } from '../../src/answering/outlines.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Document } from '../../src/knowledge/document.ts';
import { sourcesMessages } from '../../src/messages/cards.ts';
import { localeOf } from '../../src/messages/locale.ts';
import { sourceLine } from '../../src/messages/source-line.ts';

const BARE = {
  ...plainDocument('employment', '国务院关于做好当前和今后一个时期促进就业工作的若干意见'),
  label: '促进就业意见',
};
const FULL = { publisher: '国务院', number: '国发〔2018〕39号', published: '2018-11-16' };
const PLACE = { section: '第二十九条 · （三）', quotes: [] };

it.each<[string, Partial<Document>, string]>([
  ['zh-hans', FULL, '出处：促进就业意见（国务院，国发〔2018〕39号，2018-11-16） · 第二十九条第三项'],
  ['zh-hans', { published: '2018年11月16日' }, '出处：促进就业意见（2018年11月16日） · 第二十九条第三项'],
  ['zh-hans', { number: '国发〔2018〕39号' }, '出处：促进就业意见（国发〔2018〕39号） · 第二十九条第三项'],
  ['zh-hans', {}, '出处：促进就业意见 · 第二十九条第三项'],
  ['zh-hant', FULL, '出處：促進就業意見（國務院，國發〔2018〕39號，2018-11-16） · 第二十九條第三項'],
  ['en', FULL, 'Source: 促进就业意见 (国务院, 国发〔2018〕39号, 2018-11-16) · 第二十九条第三项'],
])('%s: an answer names its source by what is known of it: %o', (code, known, line) => {
  expect(sourceLine({ ...BARE, ...known }, PLACE, localeOf(code).words)).toBe(line);
});

it.each([
  ['zh-hans', '发布：国务院\n文号：国发〔2018〕39号\n发布日期：2018-11-16'],
  ['en', 'Published by 国务院\nNo.: 国发〔2018〕39号\nPublished on: 2018-11-16'],
])('%s: number and date stand in the list of sources', (code, lines) => {
  const library = { documents: [{ ...BARE, ...FULL }], terms: [] };
  const [message] = sourcesMessages(library, createOutlines([]), localeOf(code));
  expect(message?.text).toContain(`${BARE.title}\n${lines}`);
});
