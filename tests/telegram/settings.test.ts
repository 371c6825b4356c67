import { DatabaseSync } from 'node:sqlite';
import type { Chat, Message, User } from '@grammyjs/types';
import type { SayOptions } from 'telegram-emulator/people';
import { describe, expect, it } from 'vitest';
import { buttonsOf, dataOf, inGroup, only, privately, useBot } from './harness.ts';

const bot = useBot();
const ADMINS_ONLY = '只有管理员能改这里的设置。';
const SURE = '社区工作者有体检吗';
const UNSURE = '社区工作者一个月工资多少';

function group(): { chat: Chat; creator: User; member: User } {
  const { places } = bot().emulator;
  const creator = places.user({ first_name: '群主', language_code: 'zh-hans' });
  const member = places.user({ first_name: '小李', language_code: 'zh-hans' });
  return { chat: places.supergroup({ creator, members: [member] }), creator, member };
}

async function said(chat: Chat, user: User, text: string, options?: SayOptions): Promise<readonly Message[]> {
  return await bot().replies(chat, () => bot().emulator.people.say(chat, user, text, options));
}

describe('/settings', () => {
  it('obeys the creator, administrators and anonymous admins', async () => {
    const { chat, creator, member } = group();
    const { rule } = bot().emulator;
    expect(only(await said(chat, creator, '/settings')).text).toContain('这里的设置');
    expect(only(await said(chat, creator, '/settings', { as: 'anonymous' })).text).toContain('这里的设置');
    expect(only(await said(chat, member, '/settings')).text).toBe(ADMINS_ONLY);
    rule.role(chat, member, { status: 'administrator' });
    expect(only(await said(chat, member, '/settings')).text).toContain('这里的设置');
  });

  it('does not obey a channel that speaks in the group', async () => {
    const { chat, creator } = group();
    expect(await said(chat, creator, '/settings', { as: bot().emulator.places.channel() })).toEqual([]);
  });

  it.each(['/subscribe 07:30', '/unsubscribe', '/settings Asia/Hong_Kong'])(
    '%s from a member changes nothing',
    async (text) => {
      const { chat, creator, member } = group();
      expect(only(await said(chat, member, text)).text).toBe(ADMINS_ONLY);
      const card = only(await said(chat, creator, '/settings'));
      expect(card.text).not.toMatch(/07:30|Hong_Kong\uff09/);
    },
  );

  it('whose buttons a member presses changes nothing, and says why', async () => {
    const { chat, creator, member } = group();
    const { buttons, watch } = bot().emulator;
    const card = only(await said(chat, creator, '/settings'));
    expect(await buttons.press(card, member, dataOf(card, '没 @ 也回答'))).toMatchObject({ text: ADMINS_ONLY });
    expect(watch.message(chat, card.message_id)?.message).toEqual(card);
  });

  it('when it cannot be learnt who is an admin, obeys nobody', async () => {
    const { chat, creator } = group();
    bot().emulator.faults.add({ method: 'getChatMember', outcome: { kind: '500' } });
    expect(only(await said(chat, creator, '/settings')).text).toBe(ADMINS_ONLY);
  });

  it("is everybody's own in private", async () => {
    const { chat, user } = privately(bot());
    const card = only(await said(chat, user, '/settings'));
    expect(buttonsOf(card).flat()).not.toContain('没 @ 也回答');
  });
});

describe('the zone and the hour', () => {
  it.each([
    ['/settings 北京', '时区：Asia/Shanghai（'],
    ['/settings 香港', '时区：Asia/Hong_Kong（'],
    ['/settings 臺北', '时区：Asia/Taipei（'],
    ['/settings utc+8', '时区：Asia/Shanghai（'],
    ['/settings UTC+9', '时区：UTC+9（'],
    ['/settings asia/kolkata', '时区：Asia/Kolkata（'],
    ['/settings UTC', '时区：UTC（'],
  ])('%s sets it', async (text, shown) => {
    const { chat, user } = privately(bot());
    expect(only(await said(chat, user, text)).text).toContain(shown);
    expect(only(await said(chat, user, '/settings')).text).toContain(shown);
  });

  it.each([
    ['/settings CST', ['/settings Asia/Shanghai', '/settings America/Chicago']],
    ['/settings est', ['/settings America/New_York']],
    ['/settings 美国', ['/settings America/Los_Angeles']],
    ['/settings Etc/GMT+8', ['其实是 UTC-8', '/settings UTC+8']],
    ['/settings 火星', ['不认识这个时区', '/settings 北京']],
    ['/subscribe 8点半 CST', ['/settings Asia/Shanghai']],
    ['/subscribe 明天', ['看不懂这个时间']],
  ])('%s sets nothing, and says what to write', async (text, parts) => {
    const { chat, user } = privately(bot());
    const reply = only(await said(chat, user, text));
    for (const part of parts) expect(reply.text).toContain(part);
    const card = only(await said(chat, user, '/settings'));
    expect(card.text).toContain('时区：Asia/Shanghai');
    expect(card.text).toContain('未订阅');
  });

  it.each([
    ['/subscribe 8点半', '每天 08:30', 'Asia/Shanghai'],
    ['/subscribe 0830', '每天 08:30', 'Asia/Shanghai'],
    ['/subscribe 早上8点', '每天 08:00', 'Asia/Shanghai'],
    ['/subscribe 晚上九點', '每天 21:00', 'Asia/Shanghai'],
    ['/subscribe', '每天 08:30', 'Asia/Shanghai'],
    ['/subscribe 07:15 香港', '每天 07:15', 'Asia/Hong_Kong'],
    ['/subscribe 纽约 晚上8点', '每天 20:00', 'America/New_York'],
    ['/subscribe UTC+9', '每天 08:30', 'UTC+9'],
  ])('%s tells the hour, the zone, the place and the next time', async (text, hour, zone) => {
    const { chat, user } = privately(bot());
    const reply = only(await said(chat, user, text));
    const card = only(await said(chat, user, '/settings'));
    for (const { text: shown } of [reply, card]) {
      expect(shown).toContain(hour);
      expect(shown).toContain(`时区：${zone}`);
      expect(shown).toContain('发到：这里');
      expect(shown).toMatch(new RegExp(`下一条：\\d{4}-\\d\\d-\\d\\d ${hour.slice(-5)}`));
    }
  });

  it('says that its topic refuses it, and that it goes on once the topic is opened again', async () => {
    const { places, people, rule } = bot().emulator;
    const creator = places.user({ language_code: 'zh-hans' });
    const chat = places.supergroup({ creator, forum: true });
    const topic = rule.openTopic(chat, '每日标语', creator);
    await bot().replies(chat, () => people.say(chat, creator, '/subscribe 8点', { topic }));
    const database = new DatabaseSync(bot().database, { timeout: 5_000 });
    database
      .prepare(`update chats set slogan_off = 'topic-closed', slogan_refusals = 3, slogan_refused_day = 1 where id = ?`)
      .run(chat.id);
    database.close();
    const card = async () => only(await bot().replies(chat, () => people.say(chat, creator, '/settings'))).text;
    expect(await card()).toMatch(/已停发：那个话题关闭或删除了/);
    expect(await card()).not.toContain('下一条');
    rule.closeTopic(chat, topic);
    rule.reopenTopic(chat, topic);
    await bot().settled();
    expect(await card()).toContain('下一条');
    expect(await card()).not.toContain('停发');
  });

  it('in a forum names the topic', async () => {
    const { places, rule, people } = bot().emulator;
    const creator = places.user({ first_name: '群主', language_code: 'zh-hans' });
    const chat = places.supergroup({ creator, forum: true });
    const topic = rule.openTopic(chat, '每日标语', creator);
    const inTopic = only(await bot().replies(chat, () => people.say(chat, creator, '/subscribe 8点', { topic })));
    expect(inTopic.text).toContain('发到：「每日标语」话题');
    const elsewhere = only(await bot().replies(chat, () => people.say(chat, creator, '/settings')));
    expect(elsewhere.text).toContain(`发到：另一个话题 https://t.me/c/${String(chat.id).slice(4)}/${topic}`);
    const general = only(await bot().replies(chat, () => people.say(chat, creator, '/subscribe 8点')));
    expect(general.text).toContain('发到：General 话题');
    const { chat: plain, creator: other } = group();
    expect(only(await said(plain, other, '/subscribe 8点')).text).toContain('发到：本群');
  });

  it('are said in English, too', async () => {
    const { chat, user } = privately(bot(), 'en');
    expect(only(await said(chat, user, '/subscribe 8 pm Hong Kong')).text).toMatch(
      /every day at 20:00.\nSent to: this chat\nThe next one: .* 20:00\nTime zone: Asia\/Hong_Kong/,
    );
    expect(only(await said(chat, user, '/settings CST')).text).toContain('/settings America/Chicago');
  });
});

describe('answers to what was not asked of us, in privacy mode', () => {
  const DEAF = '打开也没有效果';
  const switchedOn = async (chat: Chat, creator: User) => {
    const card = only(await said(chat, creator, '/settings'));
    expect(card.text).not.toContain(DEAF);
    await bot().emulator.buttons.press(card, creator, dataOf(card, '没 @ 也回答'));
    return bot().emulator.watch.message(chat, card.message_id)?.message.text;
  };

  it('the card itself says that they have no effect, and how to mend it', async () => {
    bot().emulator.setPrivacy(true);
    const { chat, creator } = group();
    const text = await switchedOn(chat, creator);
    expect(text).toContain(DEAF);
    expect(text).toMatch(/设为管理员.*@BotFather/);
    expect(only(await said(chat, creator, '/settings')).text).toContain(DEAF);
    expect(only(await said(chat, creator, '/settings 香港')).text).toContain(DEAF);
  });

  it('nothing of that where it is off, or where we are an admin', async () => {
    const { chat, creator } = group();
    bot().emulator.setPrivacy(false);
    expect(await switchedOn(chat, creator)).not.toContain(DEAF);
    bot().emulator.setPrivacy(true);
    expect(only(await said(chat, creator, '/settings')).text).toContain(DEAF);
    bot().emulator.rule.role(chat, bot().emulator.bot(), { status: 'administrator' });
    expect(only(await said(chat, creator, '/settings')).text).not.toContain(DEAF);
  });

  it('nor when it cannot be learnt', async () => {
    const { chat, creator } = group();
    bot().emulator.setPrivacy(true);
    await switchedOn(chat, creator);
    bot().emulator.faults.add({ method: 'getChatMember', outcome: { kind: '500' } });
    expect(only(await said(chat, creator, '/settings', { as: 'anonymous' })).text).not.toContain(DEAF);
  });
});

describe('answers to what was not asked of us', () => {
  it('are off until an admin switches them on, and off again', async () => {
    const { chat, creator, member } = group();
    const { buttons, watch } = bot().emulator;
    bot().emulator.setPrivacy(false);
    expect(await said(chat, member, SURE)).toEqual([]);

    const card = only(await said(chat, creator, '/settings'));
    expect(await buttons.press(card, creator, dataOf(card, '没 @ 也回答'))).toMatchObject({ answered: true });
    const after = watch.message(chat, card.message_id)?.message as Message;
    expect(buttonsOf(after).flat()).toContain('只在被 @ 时回答');
    expect(only(await said(chat, member, SURE)).text).toContain('定期组织体检');

    await buttons.press(after, creator, dataOf(after, '只在被 @ 时回答'));
    expect(await said(chat, member, SURE)).toEqual([]);
  });

  it('come only where the confidence is high, and never instead of an answer', async () => {
    const { chat, creator, member } = group();
    bot().emulator.setPrivacy(false);
    const card = only(await said(chat, creator, '/settings'));
    await bot().emulator.buttons.press(card, creator, dataOf(card, '没 @ 也回答'));
    for (const text of [UNSURE, '今天天气怎么样', '谢谢', '+1', '大家晚上一起吃饭吗', '😀', '@laowang 在吗']) {
      expect(await said(chat, member, text), text).toEqual([]);
    }
    expect(only(await said(chat, member, `@wence_bot ${UNSURE}`)).text).toContain('原文没有直接说到这一点');
  });

  it('hold for the message that follows the switch at once', async () => {
    const { chat, creator, member } = group();
    const { emulator, replies } = bot();
    emulator.setPrivacy(false);
    const card = only(await said(chat, creator, '/settings'));
    const answers = await replies(chat, () => {
      void emulator.buttons.press(card, creator, dataOf(card, '没 @ 也回答'));
      emulator.people.say(chat, member, SURE);
    });
    expect(only(answers).text).toContain('定期组织体检');
  });

  it('leave other bots, forwards and channels alone as ever', async () => {
    const { chat, creator, member } = group();
    bot().emulator.setPrivacy(false);
    const card = only(await said(chat, creator, '/settings'));
    await bot().emulator.buttons.press(card, creator, dataOf(card, '没 @ 也回答'));
    const origin = { type: 'hidden_user', date: 1_767_225_600, sender_user_name: '某人' } as const;
    expect(await said(chat, member, SURE, { forwardOrigin: origin })).toEqual([]);
    expect(await said(chat, member, SURE, { as: bot().emulator.places.channel() })).toEqual([]);
  });
});

describe('in a group', () => {
  it("settings are one group's own", async () => {
    const first = group();
    const second = inGroup(bot());
    bot().emulator.setPrivacy(false);
    const card = only(await said(first.chat, first.creator, '/settings'));
    await bot().emulator.buttons.press(card, first.creator, dataOf(card, '没 @ 也回答'));
    expect(await said(second.chat, second.user, SURE)).toEqual([]);
  });
});
