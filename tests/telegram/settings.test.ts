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
