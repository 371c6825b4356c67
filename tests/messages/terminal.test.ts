import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { renderForTerminal, type TerminalOptions } from '../../src/messages/terminal.ts';
import { shippedEngine } from '../shipped.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await shippedEngine();
});

const PLAIN: TerminalOptions = { width: 80, color: false };
const shown = (question: string, options = PLAIN) =>
  renderForTerminal(engine.answerer.answer(question), engine.library, options);

describe('renderForTerminal', () => {
  it('an answer: the answer line, the quote word for word, where it stands, related questions', () => {
    const text = shown('社区工作者考核主要考什么');
    expect(text.split('\n')[1]).toMatch(/^考核重点看什么：以政治素质、工作实绩和居民群众满意度为重点/);
    expect(quoted(text)).toContain('以政治素质、工作实绩和居民群众满意度为重点对社区工作者开展考核，');
    expect(text).toContain('出处：社区工作者《意见》答记者问（新华社） · 严格队伍管理 · 第19段');
  });

  it('related questions go with it by their titles', () => {
    const answer = engine.answerer.answer('IDC对外资还有持股比例限制没有');
    expect(answer.related.length).toBeGreaterThan(0);
    expect(renderForTerminal(answer, engine.library, PLAIN)).toContain(
      `\n相关问题\n${answer.related.map(({ title }) => `· ${title}\n`).join('')}`,
    );
  });

  it('a whole answer holds every piece of every quote', () => {
    const answer = engine.answerer.answer('意见起草坚持的原则完整列出来');
    const text = renderForTerminal(answer, engine.library, PLAIN);
    expect(answer.outcome).toBe('answered');
    for (const quote of answer.outcome === 'answered' ? answer.quotes : []) expect(quoted(text)).toContain(quote.text);
  });

  it('what is said without a word that the question turns on is all that is quoted, and says so', () => {
    const text = shown('社区工作者每年都体检吗');
    expect(text).toMatch(/^\n原文只说到：\n\n· 身心健康与定期体检\n/);
    expect(text.match(/出处/g)).toHaveLength(1);
    expect(shown('社区工作者有体检吗')).not.toContain('原文只说到');
  });

  it('what is only related says so, and quotes it', () => {
    const text = shown('社工持证每个月补贴几百块');
    expect(text).toContain('没有直接说到');
    expect(text).toMatch(/\n· [^\n]+\n {2}│ /);
  });

  it.each([
    ['what is not covered says what is', '红烧肉怎么做', '增值电信扩大开放试点报道'],
    ['an empty question asks for words', '？？', '请用文字提问'],
    ['small talk is answered in kind', '你好', '你好'],
  ])('%s', (_, question, words) => {
    const text = shown(question);
    expect(text).toContain(words);
    expect(text).not.toContain('│');
  });

  it.each([20, 40, 88])('no line is wider than %i columns but for closing marks', (width) => {
    for (const question of ['社区工作者跟哪家单位签劳动合同？', '关心关爱都有哪些举措，全部']) {
      for (const line of shown(question, { width, color: false }).split('\n')) {
        if (!line.includes('│')) continue;
        expect(stringWidth(line.replace(/[，。、；：？！”’）》」』%]+$/u, ''))).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/│ [，。、；：？！”’）》」』]/u);
      }
    }
  });

  it('without colour there is no escape sequence; with it the words are the same', () => {
    const question = '社区工作者跟哪家单位签劳动合同？';
    const colored = shown(question, { width: 80, color: true });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(shown(question)).not.toMatch(escapes);
    expect(colored).toMatch(escapes);
    expect(colored.replace(escapes, '')).toBe(shown(question));
  });
});

/** What stands in the block quotes, unwrapped. */
function quoted(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => /^ *│ (.*)$/u.exec(line)?.[1] ?? [])
    .join('');
}
