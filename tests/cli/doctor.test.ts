import { describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { TOKEN } from '../process/child.ts';
import { inGroup, privately, startHarness } from '../telegram/harness.ts';
import { call, run } from './run.ts';

/** What the doctor prints, line by line. */
async function doctor(environment: NodeJS.ProcessEnv, by = call) {
  const { code, stdout, stderr } = await by(['doctor'], '', environment);
  expect(stderr).toBe('');
  return { code, lines: stdout.trim().split('\n') };
}

describe('the doctor', () => {
  it('finds nothing amiss with a bot at work, but for groups where it may not speak', async () => {
    const bot = await startHarness({ emulator: { token: TOKEN } });
    const { chat, user } = inGroup(bot);
    await bot.replies(chat, () => bot.emulator.people.say(chat, user, '@wence_bot 社区工作者有哪些补贴'));
    const { chat: left } = inGroup(bot, { title: '搬走的群' });
    await bot.settled();
    const environment = {
      BOT_TOKEN: bot.emulator.token,
      TELEGRAM_API_ROOT: bot.url,
      DATABASE_URL: `sqlite:${bot.database}`,
    };
    const { code, lines } = await doctor(environment, run);
    expect([code, lines.filter((line) => line.startsWith('✗'))]).toEqual([0, []]);
    expect(lines).toEqual(
      expect.arrayContaining([
        '✓ Telegram 认得这个令牌：@wence_bot',
        '✓ 时钟准确',
        '✓ 由程序自己取更新，没有设 webhook',
        '✓ 数据库能用，有 0 条消息待发',
        '没有发现要处理的问题。',
      ]),
    );
    expect(left.type).toBe('supergroup');
    await bot.close();
  });

  it('says that Telegram does not reach the webhook', async () => {
    const port = await freePort();
    const environment = {
      WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      WEBHOOK_SECRET: 'a-secret-that-only-Telegram-knows',
      PORT: String(port),
    };
    const bot = await startHarness({ environment, emulator: { token: TOKEN } });
    const { chat, user } = privately(bot);
    await bot.replies(chat, () => bot.emulator.people.say(chat, user, '社区工作者有哪些补贴'));
    await bot.app().stop(1_000);
    bot.emulator.people.say(chat, user, '还在吗');
    const { code, lines } = await doctor({
      ...environment,
      BOT_TOKEN: bot.emulator.token,
      TELEGRAM_API_ROOT: bot.url,
      DATABASE_URL: `sqlite:${bot.database}`,
    });
    expect(code).toBe(1);
    expect(lines.find((line) => line.startsWith('✗'))).toMatch(/送不到 webhook（Connection refused），积了 1 条/);
    await bot.close();
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    [
      'a token that nobody knows',
      { BOT_TOKEN: '7000000009:AA-another-token-of-nobody-at-all-x' },
      /^✗ Telegram 不认 BOT_TOKEN/,
    ],
    ['Telegram out of reach', { TELEGRAM_API_ROOT: 'http://127.0.0.1:9' }, /^✗ 连不上 Telegram/],
    ['a folder without documents', { KNOWLEDGE_DIR: 'no-such-folder' }, /^✗ .*no-such-folder/],
    [
      'a database that is away',
      { DATABASE_URL: 'postgres://wence:secret-word@127.0.0.1:9/wence' },
      /^✗ 连不上数据库 127.0.0.1:9\/wence/,
    ],
    ['a key that does not hold what it should', { PORT: 'eighty' }, /^✗ 环境变量 PORT/],
  ])('says what to do about %s', async (_, environment, expected) => {
    const bot = await startHarness({ emulator: { token: TOKEN } });
    const { code, lines } = await doctor({
      BOT_TOKEN: bot.emulator.token,
      TELEGRAM_API_ROOT: bot.url,
      DATABASE_URL: `sqlite:${bot.database}`,
      ...environment,
    });
    expect(code).toBe(1);
    expect(lines.filter((line) => expected.test(line))).toHaveLength(1);
    expect(lines.join()).not.toMatch(/secret-word|AA-another/);
    await bot.close();
  });
});
