import { describe, expect, it } from 'vitest';
import type { ProblemDetail } from '../../src/knowledge/problem.ts';
import { describeProblem, visible } from '../../src/messages/problems.ts';

const PLACE = { file: 'knowledge/a/questions.yaml', line: 12, column: 3, severity: 'error' } as const;
const said = (detail: ProblemDetail) => describeProblem({ ...PLACE, detail });

describe('describeProblem', () => {
  it('begins with file, line, column and how bad it is', () => {
    expect(said({ code: 'no-text' })).toMatch(/^knowledge\/a\/questions\.yaml:12:3 错误：没有正文/);
    expect(describeProblem({ ...PLACE, severity: 'warning', detail: { code: 'uncovered', paragraph: '以上。' } })).toBe(
      'knowledge/a/questions.yaml:12:3 提醒：这一段没有任何问点引用：「以上。」',
    );
  });

  it.each<[ProblemDetail, string]>([
    [{ code: 'missing-source' }, 'source.md'],
    [{ code: 'unreadable', reason: 'EACCES' }, 'EACCES'],
    [{ code: 'not-utf8' }, '请另存为 UTF-8'],
    [{ code: 'no-front-matter' }, '第一行写 ---'],
    [{ code: 'no-text' }, '没有正文'],
    [{ code: 'yaml', reason: 'duplicated mapping key' }, '同一层里这个键写了两次'],
    [{ code: 'yaml', reason: 'undeclared tag handle "!e!"' }, 'undeclared tag handle "!e!"'],
    [{ code: 'unknown-key', key: 'anwser', path: 'sections.0' }, '不认识「anwser」（在 sections.0 里）'],
    [{ code: 'unknown-key', key: 'titel', path: '' }, '不认识「titel」。'],
    [{ code: 'missing-key', path: 'title' }, '缺少「title」'],
    [{ code: 'invalid-value', path: 'title', reason: '太长' }, '「title」的值不合要求：太长'],
    [{ code: 'invalid-value', path: '', reason: '不是表' }, '整份内容不合要求：不是表'],
    [{ code: 'quote-not-verbatim', quote: '甲', difference: undefined }, '原文里找不到相近的话'],
    [{ code: 'answer-not-in-quote', answer: '甲' }, '「甲」'],
    [{ code: 'heading-not-a-paragraph', heading: '甲' }, '「甲」'],
    [{ code: 'duplicate-id', id: 'fee', other: 'fee' }, '「fee」'],
    [{ code: 'duplicate-command', name: 'pilot', other: 'b/source.md' }, '/pilot 已由 b/source.md 使用'],
    [{ code: 'reserved-command', name: 'help' }, '/help 由机器人自用'],
    [{ code: 'no-phrasings', id: 'fee' }, '问点「fee」没有问法'],
    [{ code: 'empty-phrasing', phrasing: '？' }, '「？」'],
    [{ code: 'duplicate-phrasing', phrasing: '甲', owner: 'a/s/p', other: 'b/s/q' }, '「甲」同时属于 b/s/q 和 a/s/p'],
    [
      { code: 'term-reversed', effective: '2024-05-01', expires: '2023-01-01' },
      '失效的日子（2023-01-01）早于施行的日子',
    ],
    [{ code: 'superseded-by-itself' }, '这份文件自己'],
    [{ code: 'uncovered', paragraph: '甲' }, '「甲」'],
  ])('%j', (detail, words) => {
    const sentence = said(detail);
    expect(sentence).toContain(words);
    expect(sentence).not.toMatch(/undefined|\[object|\n/);
  });

  it('shows both sides from the first character that differs, and its code', () => {
    const difference = { at: 6, quoted: '两次', published: '一次', paragraph: 2 };
    expect(said({ code: 'quote-not-verbatim', quote: '电梯每月检修两次', difference })).toContain(
      '第 7 个字起，引文是「两次」（U+4E24），原文第 3 段是「一次」（U+4E00）。',
    );
  });

  it('says so when one side has ended', () => {
    const ended = { at: 4, quoted: '', published: '一次', paragraph: 0 };
    expect(said({ code: 'quote-not-verbatim', quote: '电梯每月', difference: ended })).toContain(
      '引文结束了，原文第 1 段是「一次」',
    );
    const over = { at: 4, quoted: '由', published: '', paragraph: 0 };
    expect(said({ code: 'quote-not-verbatim', quote: '电梯每月由', difference: over })).toContain('原文第 1 段结束了');
  });

  it('shortens what is long, by whole characters', () => {
    expect(said({ code: 'uncovered', paragraph: '𠮷'.repeat(41) })).toMatch(/「(?:𠮷){40}…」$/u);
    expect(said({ code: 'uncovered', paragraph: '𠮷'.repeat(40) })).toMatch(/「(?:𠮷){40}」$/u);
  });
});

describe('visible', () => {
  it.each([
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\ufeff', '⟨U+FEFF⟩'],
    ['a\tb\n', 'a⟨U+0009⟩b⟨U+000A⟩'],
    ['\u202eab', '⟨U+202E⟩ab'],
    ['a\u00a0\u3000b', 'a⟨U+00A0⟩⟨U+3000⟩b'],
    ['\ud800', '⟨U+D800⟩'],
    ['\u{e0001}', '⟨U+E0001⟩'],
    ['“甲”，𠮷 👍', '“甲”，𠮷 👍'],
  ])('%j → %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
