import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { dataOf, inGroup, only, privately, type Room, useBot } from './harness.ts';

// The clock stands still but for what a test moves it.
let clock = 1_767_225_600_000;
const bot = useBot({ now: () => clock, emulator: { now: () => clock } });
const ASK = '社区工作者有体检吗';
const TOO_MANY = '问得有点快，请过一分钟再问。';

async function texts({ chat, user }: Room, times: number, text = `@wence_bot ${ASK}`): Promise<readonly string[]> {
  const { emulator, replies } = bot();
  const said = await replies(chat, () => {
    for (let i = 0; i < times; i++) emulator.people.say(chat, user, text);
  });
  return said.map((message) => (message.text === TOO_MANY ? 'too many' : 'answer'));
}

function list(answers: number, words: number): readonly string[] {
  return [...Array<string>(answers).fill('answer'), ...Array<string>(words).fill('too many')];
}

describe('allowances', () => {
  it('a person in a group: eight a minute, then one short word, then silence', async () => {
    expect(await texts(inGroup(bot()), 30)).toEqual(list(8, 1));
  });

  it('a group: fifteen a minute from all its members together', async () => {
    const { chat, user } = inGroup(bot());
    const others = [1, 2, 3].map(() => bot().emulator.places.user());
    for (const other of others) bot().emulator.rule.role(chat, other, { status: 'member' });
    const said: string[] = [];
    for (const each of [user, ...others]) said.push(...(await texts({ chat, user: each }, 7)));
    expect(said).toEqual(list(15, 1));
  });

  it('in private: thirty a minute', async () => {
    expect(await texts(privately(bot()), 40, ASK)).toEqual(list(30, 1));
  });

  it.each(['/help', '/sources', '/pilot', '/pilot 海南', '/start', '/slogan', '/settings', `/ask ${ASK}`, '/ask'])(
    '%s counts too',
    async (text) => {
      expect(await texts(inGroup(bot()), 12, text)).toEqual(list(8, 1));
    },
  );

  it('unknown commands in a group cost nothing', async () => {
    const room = inGroup(bot());
    expect(await texts(room, 20, '/weather')).toEqual([]);
    expect(await texts(room, 1)).toEqual(['answer']);
  });

  describe('what was asked while the bot was down', () => {
    const asked = async (options: { everyMs: number; members: number; by?: number }) => {
      const { emulator, restart, settled } = bot();
      const { chat, user } = inGroup(bot());
      const members = Array.from({ length: options.by ?? options.members }, () => emulator.places.user());
      for (const member of members) emulator.rule.role(chat, member, { status: 'member' });
      await restart(() => {
        for (let i = 0; i < options.members; i++) {
          emulator.people.say(chat, members[i % members.length] ?? user, `@wence_bot ${ASK}`);
          clock += options.everyMs;
        }
      });
      await settled();
      return emulator.watch.fromBot(chat).map(({ text }) => (text === TOO_MANY ? 'too many' : 'answer'));
    };

    it('is counted by the minute in which it was asked: forty members who asked once each get forty answers', async () => {
      expect(await asked({ members: 40, everyMs: 30_000 })).toEqual(list(40, 0));
    });

    it('within one minute is as much as ever', async () => {
      expect(await asked({ members: 40, everyMs: 100 })).toEqual(list(15, 1));
      expect(await asked({ members: 40, by: 1, everyMs: 1_000 })).toEqual(list(8, 1));
    });

    it('commands too', async () => {
      const { emulator, restart, settled } = bot();
      const { chat, user } = inGroup(bot());
      await restart(() => {
        for (let i = 0; i < 12; i++) {
          emulator.people.say(chat, user, '/help');
          clock += 20_000;
        }
      });
      await settled();
      expect(emulator.watch.fromBot(chat)).toHaveLength(12);
    });
  });

  it('after a minute all begins anew', async () => {
    const room = inGroup(bot());
    expect(await texts(room, 10)).toEqual(list(8, 1));
    clock += 61_000;
    expect(await texts(room, 10)).toEqual(list(8, 1));
  });

  it("one person's greed is not another's loss, nor another group's", async () => {
    const { chat, user } = inGroup(bot());
    const other = bot().emulator.places.user();
    bot().emulator.rule.role(chat, other, { status: 'member' });
    expect(await texts({ chat, user }, 20)).toEqual(list(8, 1));
    expect(await texts({ chat, user: other }, 1)).toEqual(['answer']);
    expect(await texts(privately(bot()), 1, ASK)).toEqual(['answer']);
  });

  it('a restart does not fill them up', async () => {
    const room = inGroup(bot());
    expect(await texts(room, 10)).toEqual(list(8, 1));
    await bot().restart();
    expect(await texts(room, 10)).toEqual([]);
  });

  it('buttons that ask anew count, and say so in their toast', async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, replies } = bot();
    const card = only(await replies(chat, () => emulator.people.say(chat, user, '/pilot')));
    await emulator.buttons.press(card, user, dataOf(card, '四个试点地区'));
    const section = emulator.watch.message(chat, card.message_id)?.message as Message;
    const toasts: (string | undefined)[] = [];
    const press = async () => {
      for (let i = 0; i < 10; i++) {
        const answer = await emulator.buttons.press(section, user, dataOf(section, '在几个地区试点'));
        toasts.push(answer.answered ? answer.text : 'unanswered');
      }
    };
    const said: readonly Message[] = await replies(chat, press);
    expect(said).toHaveLength(7);
    expect(toasts.slice(7)).toEqual([TOO_MANY, TOO_MANY, TOO_MANY]);
  });

  it('edits of one message cost as much as questions', async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, settled } = bot();
    const asked = emulator.people.say(chat, user, `@wence_bot ${ASK}`);
    await settled();
    const edits = () => emulator.watch.calls('editMessageText').filter(({ params }) => params.chat_id === chat.id);
    for (let i = 0; i < 20; i++) {
      emulator.people.edit(asked, `@wence_bot ${i % 2 ? ASK : '外资可以独资做物联网平台吗'}`);
      await settled();
    }
    expect(edits()).toHaveLength(7);
    expect(emulator.watch.fromBot(chat)).toHaveLength(1);
  });
});
