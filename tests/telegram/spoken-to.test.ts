import type { Chat, Message, User } from '@grammyjs/types';
import type { SayOptions } from 'telegram-emulator/people';
import { describe, expect, it } from 'vitest';
import { type Harness, inGroup, only, privately, type Room, useBot } from './harness.ts';

// Who is spoken to, over HTTP. Privacy mode is off here, so that silence is the bot's own doing.
const bot = useBot();
const ASK = '社区工作者有体检吗';
const QUOTE = '体检';

async function said(room: Room, text: string, options: SayOptions = {}): Promise<readonly Message[]> {
  const { emulator } = bot();
  emulator.setPrivacy(false);
  return await bot().replies(room.chat, () => emulator.people.say(room.chat, room.user, text, options));
}

async function ours(room: Room): Promise<Message> {
  return only(await said(room, '/sources@wence_bot'));
}

type Case = readonly [string, (harness: Harness) => Promise<readonly Message[]>];

describe('answers', () => {
  it.each<Case>([
    ['any text in private', (harness) => said(privately(harness), ASK)],
    ['a mention', (harness) => said(inGroup(harness), `@wence_bot ${ASK}`)],
    ['a mention in other letters', (harness) => said(inGroup(harness), `@WENCE_bot ${ASK}`)],
    ['a mention below a photo', (harness) => said(inGroup(harness), `@wence_bot ${ASK}`, { photo: true })],
    [
      'a text mention',
      (harness) =>
        said(inGroup(harness), `问策 ${ASK}`, { mentions: [{ text: '问策', user: harness.emulator.bot() }] }),
    ],
    ['/ask', (harness) => said(inGroup(harness), `/ask ${ASK}`)],
    ['/ask with our name', (harness) => said(inGroup(harness), `/ask@wence_bot ${ASK}`)],
    [
      'a reply to us',
      async (harness) => {
        const room = inGroup(harness);
        return said(room, ASK, { replyTo: await ours(room) });
      },
    ],
    [
      'a mention that replies to a question',
      async (harness) => {
        const room = inGroup(harness);
        const asked = harness.emulator.people.say(room.chat, room.user, ASK);
        return said(room, '@wence_bot', { replyTo: asked });
      },
    ],
    ['an anonymous admin', (harness) => said(inGroup(harness), `@wence_bot ${ASK}`, { as: 'anonymous' })],
    ['a question in a basic group', (harness) => said(basicGroup(harness), `@wence_bot ${ASK}`)],
  ])('%s', async (_, act) => {
    expect(only(await act(bot())).text).toContain(QUOTE);
  });

  it('commands in capitals', async () => {
    expect(only(await said(inGroup(bot()), '/Measures')).text).toContain('社区工作者《意见》答记者问');
  });

  it('a message in the topic of a forum, in that topic', async () => {
    const room = inGroup(bot(), { forum: true });
    const topic = bot().emulator.rule.openTopic(room.chat, '政策咨询');
    const answer = only(await said(room, `@wence_bot ${ASK}`, { topic }));
    expect(answer).toMatchObject({ message_thread_id: topic, is_topic_message: true });
  });
});

describe('leaves alone', () => {
  it.each<Case>([
    ['what a group says among itself', (harness) => said(inGroup(harness), ASK)],
    ['our name inside Chinese text, which is no mention', (harness) => said(inGroup(harness), `请问@wence_bot${ASK}`)],
    ['a mention of somebody else', (harness) => said(inGroup(harness), `@wence_botany ${ASK}`)],
    ['a command for another bot', (harness) => said(inGroup(harness), `/ask@other_bot ${ASK}`)],
    ['a command that nobody knows', (harness) => said(inGroup(harness), `/weather ${ASK}`)],
    [
      'a reply to somebody else',
      async (harness) => {
        const room = inGroup(harness);
        return said(room, ASK, { replyTo: harness.emulator.people.say(room.chat, room.user, '各位好') });
      },
    ],
    [
      'a message in a topic that we opened',
      async (harness) => {
        const room = inGroup(harness, { forum: true });
        const topic = harness.emulator.rule.openTopic(room.chat, '政策咨询', harness.emulator.bot());
        return said(room, ASK, { topic });
      },
    ],
    ['a forward in a group', (harness) => said(inGroup(harness), ASK, { forwardOrigin: hidden })],
    ['a forward with our mention', (harness) => said(inGroup(harness), `@wence_bot ${ASK}`, { forwardOrigin: hidden })],
    ['a forwarded command', (harness) => said(inGroup(harness), '/measures', { forwardOrigin: hidden })],
    ['a message by way of a bot', (harness) => said(inGroup(harness), `@wence_bot ${ASK}`, { viaBot: other(harness) })],
    ['a message by way of ourselves', (harness) => said(privately(harness), ASK, { viaBot: harness.emulator.bot() })],
    [
      'a channel speaking in a group',
      (harness) => said(inGroup(harness), `@wence_bot ${ASK}`, { as: harness.emulator.places.channel() }),
    ],
    [
      'another bot',
      (harness) => {
        const user = other(harness);
        return said({ chat: harness.emulator.places.supergroup({ members: [user] }), user }, `@wence_bot ${ASK}`);
      },
    ],
    ['a post in a channel', (harness) => said(channel(harness), `@wence_bot ${ASK}`)],
    ['a command in a channel', (harness) => said(channel(harness), '/measures')],
    [
      'the automatic forward of a linked channel',
      async (harness) => {
        const group = harness.emulator.places.supergroup();
        const { chat, user } = channel(harness, group);
        return await harness.replies(group, () => harness.emulator.people.say(chat, user, `@wence_bot ${ASK}`));
      },
    ],
    ['a photo without words in a group', (harness) => said(inGroup(harness), '', { photo: true })],
  ])('%s', async (_, act) => {
    expect(await act(bot())).toEqual([]);
  });

  it('everything that privacy mode holds back', async () => {
    const { emulator } = bot();
    emulator.setPrivacy(true);
    const { chat, user } = inGroup(bot());
    expect(await bot().replies(chat, () => emulator.people.say(chat, user, ASK))).toEqual([]);
    expect(only(await bot().replies(chat, () => emulator.people.say(chat, user, `@wence_bot ${ASK}`))).text).toContain(
      QUOTE,
    );
  });
});

const hidden = { type: 'hidden_user', date: 1_767_225_600, sender_user_name: '某人' } as const;

function other({ emulator }: Harness): User {
  return emulator.places.user({ first_name: '管家', username: 'guanjia_bot', is_bot: true });
}

function basicGroup({ emulator }: Harness): Room {
  const user = emulator.places.user();
  return { chat: emulator.places.group({ members: [user] }), user };
}

function channel({ emulator }: Harness, discussion?: Chat): Room {
  const user = emulator.places.user();
  const chat = emulator.places.channel({ creator: user, bot: 'administrator', ...(discussion ? { discussion } : {}) });
  return { chat, user };
}
