import type { InlineQueryResultArticle } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { inGroup, only, privately, useBot } from './harness.ts';

const bot = useBot();

async function query(text: string, languageCode = 'zh-hans') {
  const user = bot().emulator.places.user({ language_code: languageCode });
  const answer = await bot().emulator.buttons.inline(user, text);
  if (!answer.answered) throw new Error('not answered');
  return { ...answer, results: answer.results as unknown as readonly InlineQueryResultArticle[] };
}

describe('inline mode', () => {
  it('offers up to 20 quotes, each once, the best first', async () => {
    const { results, cacheTime, personal } = await query('外资 IDC');
    expect(results.length).toBeGreaterThan(3);
    expect(results.length).toBeLessThanOrEqual(20);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    expect(new Set(results.map(({ description }) => description)).size).toBe(results.length);
    expect(results[0]?.description).toMatch(/外资|互联网数据中心/);
    expect([cacheTime, personal]).toEqual([300, false]);
  });

  it.each(['', ' ', '？！', '🤔', '"*_`', '试'.repeat(256), '\u202e\u0000'])('answers "%s" too', async (text) => {
    expect((await query(text)).results.length).toBeLessThanOrEqual(20);
  });

  it.each(['', '？！', '🤔'])('finds nothing for "%s"', async (text) => {
    expect((await query(text)).results).toEqual([]);
  });

  it("the button is in the reader's language, and then kept for them alone", async () => {
    const english = await query('data centre', 'en');
    expect(english.button).toMatchObject({ text: 'Ask in private', start_parameter: 'inline' });
    expect(english.personal).toBe(true);
    expect((await query('海南', 'zh-hant')).button).toMatchObject({ text: '私聊提問' });
  });

  it('a chosen quote carries its source and a link that opens it in private', async () => {
    const { emulator, replies } = bot();
    const { chat, user } = inGroup(bot());
    const { results } = await query('海南');
    const first = results[0] as InlineQueryResultArticle;
    const sent = emulator.buttons.choose(chat, user, '海南', first as never);
    expect(sent.text).toContain('出处：增值电信扩大开放试点报道（新华社）');
    const button = sent.reply_markup?.inline_keyboard[0]?.[0];
    const url = button && 'url' in button ? button.url : '';
    expect(url).toMatch(/^https:\/\/t\.me\/wence_bot\?start=/);
    const reader = privately(bot());
    const opened = only(await replies(reader.chat, () => emulator.people.start(reader.user, url.split('=')[1])));
    expect(opened.text).toContain(first.description);
    expect(emulator.watch.fromBot(chat)).toEqual([]);
  });
});
