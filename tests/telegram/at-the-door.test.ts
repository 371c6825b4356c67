import type { Message } from '@grammyjs/types';
import type { SayOptions } from 'telegram-emulator/people';
import { describe, expect, it } from 'vitest';
import { goodFiles, temporaryFolder } from '../knowledge/folders.ts';
import { inGroup, only, privately, type Room, startHarness, useBot } from './harness.ts';

// How people come to the bot who have not read how to.
const bot = useBot();
const ASK = '社区工作者有体检吗';
const ANSWER = '定期组织体检';

async function said(room: Room, text: string, options: SayOptions = {}): Promise<readonly Message[]> {
  return await bot().replies(room.chat, () => bot().emulator.people.say(room.chat, room.user, text, options));
}

describe('what people write for a command, in a group', () => {
  it.each([
    ['@wence_bot /help', '怎么用'],
    ['/help@wence_bot', '怎么用'],
    ['@wence_bot help', '怎么用'],
    ['@wence_bot 帮助', '怎么用'],
    ['@wence_bot 幫助！', '怎么用'],
    ['@wence_bot 怎么用', '怎么用'],
    ['/start@wence_bot', '@wence_bot 后空一格写问题，比如：@wence_bot '],
    ['@wence_bot /start', '@wence_bot 后空一格写问题'],
    [`@wence_bot /ask ${ASK}`, ANSWER],
    ['@wence_bot /pilot 海南', '海南自由贸易港'],
    ['/stop', '只有管理员'],
    ['@wence_bot 退订', '只有管理员'],
    ['@wence_bot 设置', '只有管理员'],
  ])('%s', async (text, part) => {
    expect(only(await said(inGroup(bot()), text)).text).toContain(part);
  });

  it('in private, too', async () => {
    for (const [text, part] of [
      ['help', '怎么用'],
      ['帮助', '怎么用'],
      ['设置', '这里的设置'],
      ['标语', '公益'],
      ['/stop', '不再发每日标语'],
    ] as const) {
      expect(only(await said(privately(bot()), text)).text, text).toContain(part);
    }
  });

  it('/stop from an admin ends what nobody asked for', async () => {
    const { places, people, setPrivacy } = { ...bot().emulator, setPrivacy: bot().emulator.setPrivacy };
    setPrivacy(false);
    const creator = places.user({ first_name: '群主', language_code: 'zh-hans' });
    const chat = places.supergroup({ creator });
    const room = { chat, user: creator };
    await said(room, '/subscribe 07:30');
    expect(only(await said(room, '/settings')).text).toContain('每天 07:30');
    expect(only(await said(room, '/stop')).text).toContain('不再发每日标语');
    expect(only(await said(room, '/settings')).text).toContain('未订阅');
    expect(people).toBeDefined();
  });
});

describe('a bare /ask', () => {
  it('opens a reply, in which the question is asked', async () => {
    for (const room of [privately(bot()), inGroup(bot())]) {
      const calls = bot().emulator.watch.calls().length;
      const prompt = only(await said(room, '/ask'));
      expect(prompt.text).toContain('请回复这条消息');
      const sent = bot()
        .emulator.watch.calls()
        .slice(calls)
        .findLast(({ method }) => method === 'sendMessage');
      expect(sent?.params.reply_markup).toMatchObject({ force_reply: true, selective: true });
      expect(only(await said(room, ASK, { replyTo: prompt })).text).toContain(ANSWER);
    }
  });
});

describe('what is replied to is the question', () => {
  const asked = (room: Room, text: string, options: SayOptions = {}) => {
    const other = bot().emulator.places.user({ first_name: '老张' });
    bot().emulator.rule.role(room.chat, other, { status: 'member' });
    return bot().emulator.people.say(room.chat, other, text, options);
  };

  it.each([
    '@wence_bot',
    '/ask',
    '@wence_bot 这个怎么说',
    '@wence_bot 求解答',
    '/ask 帮忙看下',
    '@wence_bot 幫忙看下',
    '@wence_bot 谁来回答一下',
  ])('%s', async (text) => {
    const room = inGroup(bot());
    expect(only(await said(room, text, { replyTo: asked(room, ASK) })).text).toContain(ANSWER);
  });

  it.each(['@wence_bot', '/ask'])('%s in reply to a photo with a caption', async (text) => {
    const room = inGroup(bot());
    expect(only(await said(room, text, { replyTo: asked(room, ASK, { photo: true }) })).text).toContain(ANSWER);
  });

  it('the part that is quoted, of another chat’s message too', async () => {
    const room = inGroup(bot());
    const long = asked(room, `昨天开会说了很多，${ASK}，还有停车的事`);
    const extra = { quote: { text: ASK, position: 9, is_manual: true as const } };
    expect(only(await said(room, '@wence_bot', { replyTo: long, extra })).text).toContain(ANSWER);
    const origin = { type: 'hidden_user', date: 1_767_225_600, sender_user_name: '某人' } as const;
    const external = { ...extra, external_reply: { origin } };
    expect(only(await said(room, '@wence_bot 这个怎么说', { extra: external })).text).toContain(ANSWER);
  });

  it('a poll', async () => {
    const room = inGroup(bot());
    const poll = { id: '1', question: ASK, options: [], total_voter_count: 0 } as never;
    const origin = { type: 'hidden_user', date: 1_767_225_600, sender_user_name: '某人' } as const;
    const extra = { external_reply: { origin, poll } };
    expect(only(await said(room, '/ask', { extra })).text).toContain(ANSWER);
    const inPrivate = { text: undefined, poll } as never;
    expect(only(await said(privately(bot()), '', { extra: inPrivate })).text).toContain(ANSWER);
  });

  it('leaves nothing of what somebody else wrote', async () => {
    const room = inGroup(bot());
    const reply = only(await said(room, '@wence_bot 这个怎么说', { replyTo: asked(room, '老王家的户口本丢了怎么办') }));
    expect(reply.text).not.toBe('');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(bot().database, { readOnly: true });
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
    for (const { name } of tables.filter((table) => table.name !== 'outbox')) {
      expect(
        JSON.stringify(database.prepare(`select * from "${name}"`).all(), (_, one) =>
          typeof one === 'bigint' ? Number(one) : one,
        ),
        name,
      ).not.toContain('户口本');
    }
    database.close();
  });
});

describe('our name with Chinese directly behind it', () => {
  it.each([`@wence_bot${ASK}`, `@Wence_Bot${ASK}`, `/ask@wence_bot${ASK}`])('%s', async (text) => {
    bot().emulator.setPrivacy(false);
    expect(only(await said(inGroup(bot()), text)).text).toContain(ANSWER);
    bot().emulator.setPrivacy(true);
  });
});

describe('what has no words, in private', () => {
  const hidden = { type: 'hidden_user', date: 1_767_225_600, sender_user_name: '某人' } as const;
  const file = { file_id: 'f', file_unique_id: 'u' };
  it.each<[string, string, SayOptions, string]>([
    ['a photo', '', { photo: true }, '我只看得懂文字'],
    ['a voice message', '', { extra: { text: undefined, voice: { ...file, duration: 3 } } as never }, '我只看得懂文字'],
    [
      'a sticker',
      '',
      { extra: { text: undefined, sticker: { ...file, type: 'regular', width: 1, height: 1 } } as never },
      '我只看得懂文字',
    ],
    ['a forward', ASK, { forwardOrigin: hidden }, '转发来的消息我不当作提问'],
  ])('%s gets one short word', async (_, text, options, part) => {
    expect(only(await said(privately(bot()), text, options)).text).toContain(part);
    expect(await said(inGroup(bot()), text, options)).toEqual([]);
  });

  it('an album gets one', async () => {
    const { chat, user } = privately(bot());
    const replies = await bot().replies(chat, () => {
      for (let i = 0; i < 5; i++) {
        bot().emulator.people.say(chat, user, '', { photo: true, extra: { media_group_id: 'album' } });
      }
    });
    expect(only(replies).text).toContain('我只看得懂文字');
  });

  it('a forward is read once /ask replies to it', async () => {
    const room = privately(bot());
    const forward = bot().emulator.people.say(room.chat, room.user, ASK, { forwardOrigin: hidden });
    await bot().settled();
    expect(only(await said(room, '/ask', { replyTo: forward })).text).toContain(ANSWER);
  });
});

describe('examples come from the loaded documents', () => {
  it('and without slogans none is offered', async () => {
    const folder = await temporaryFolder(goodFiles());
    const harness = await startHarness({ environment: { KNOWLEDGE_DIR: folder } });
    const { emulator, replies } = harness;
    const { chat, user } = privately(harness);
    const reply = async (text: string) => only(await replies(chat, () => emulator.people.say(chat, user, text))).text;
    const texts = [await reply('/start'), await reply('？？'), await reply('/ask')];
    for (const text of texts) {
      expect(text).toMatch(/(?:电梯|停车).+？$/);
      expect(text).not.toContain('社区工作者');
    }
    // What is shown is answered.
    const example = /比如：(.+)$/.exec(texts[0] ?? '')?.[1] ?? '';
    expect(await reply(example)).toContain('出处：物业公告');
    expect(await reply('/help')).not.toMatch(/slogan|subscribe/);
    expect(await reply('/settings')).not.toContain('标语');
    for (const command of ['/slogan', '/subscribe 08:30']) expect(await reply(command)).toBe('这里没有配公益标语。');
    const set = emulator.watch.calls().filter(({ method }) => method === 'setMyCommands');
    expect(set.length).toBeGreaterThan(0);
    expect(JSON.stringify(set.map(({ params }) => params))).not.toContain('slogan');
    await harness.close();
  });

  it('in the hello, which says that a space follows our name', async () => {
    const { emulator, settled } = bot();
    const creator = emulator.places.user({ first_name: '群主', language_code: 'zh-hans' });
    const chat = emulator.places.supergroup({ creator, bot: false } as never);
    emulator.rule.role(chat, emulator.bot(), { status: 'left' });
    await settled();
    const before = emulator.watch.fromBot(chat).length;
    emulator.rule.role(chat, emulator.bot(), { status: 'member' });
    await emulator.watch.nextFromBot(chat, 50_000);
    const hello = emulator.watch.fromBot(chat).slice(before).at(-1)?.text ?? '';
    expect(hello).toContain('@wence_bot 后空一格写问题，比如：@wence_bot ');
    const example = /比如：@wence_bot (.+)\n/.exec(hello)?.[1] ?? '';
    expect(only(await said({ chat, user: creator }, `@wence_bot ${example}`)).text).toContain('出处：');
  });

  it('in English, where people ask so', async () => {
    const { chat, user } = privately(bot(), 'en');
    const start = only(await said({ chat, user }, '/start')).text ?? '';
    const example = /for example: (.+)$/.exec(start)?.[1] ?? '';
    expect(example).toMatch(/^[ -~]+\?$/);
    expect(only(await said({ chat, user }, example)).text).toContain('Source: ');
  });
});
