import type { Chat, Message } from '@grammyjs/types';
import type { NewGroup } from 'telegram-emulator/places';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import { inGroup, only, privately, useBot } from './harness.ts';

const bot = useBot();
const ASK = '社区工作者有体检吗';

/** What the store holds of a chat. */
async function known(chat: Pick<Chat, 'id'>) {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const store = await openStore({ url: `sqlite:${bot().database}`, now: Date.now, log });
  const found = await store.chats.get(chat.id);
  await store.close();
  return found;
}

function stranger(options: NewGroup = {}) {
  const { places } = bot().emulator;
  const creator = places.user({ first_name: '群主', language_code: 'zh-hans' });
  places.privateChat(creator);
  return { creator, chat: places.group({ title: '幸福小区', creator, bot: false, ...options }) };
}

describe('coming into a group', () => {
  it('says one hello, which names privacy mode and its remedy', async () => {
    const { chat } = stranger();
    const { emulator, replies } = bot();
    emulator.setPrivacy(true);
    const hello = only(await replies(chat, () => emulator.rule.bot(chat, { status: 'member' })));
    expect(hello.text).toMatch(/@wence_bot/);
    expect(hello.text).toMatch(/隐私模式.*管理员/s);
    expect(await known(chat)).toMatchObject({ title: '幸福小区', settings: { ambient: false, sloganTime: null } });
  });

  it.each([
    ['as an admin', true, { status: 'administrator' }],
    ['with privacy mode off', false, { status: 'member' }],
  ] as const)('%s, it has nothing to complain of', async (_, privacy, role) => {
    const { chat } = stranger();
    const { emulator, replies } = bot();
    emulator.setPrivacy(privacy);
    const hello = only(await replies(chat, () => emulator.rule.bot(chat, role)));
    expect(hello.text).not.toContain('隐私模式');
  });

  it('says hello in a supergroup too, once it is clear that this is no group of ours under a new number', async () => {
    const { emulator, replies } = bot();
    const chat = emulator.places.supergroup({ bot: false });
    expect(only(await replies(chat, () => emulator.rule.bot(chat, { status: 'member' }))).text).toContain('问策');
  });

  it('again and again, it says one hello in an hour, and one word to whoever lets it not speak', async () => {
    const { chat } = stranger();
    const muted = stranger({ title: '@everyone t.me/evil' });
    const { emulator, replies } = bot();
    emulator.rule.permissions(muted.chat, { can_send_messages: false });
    const comeAndGo = async () => {
      for (let i = 0; i < 6; i++) {
        for (const status of ['member', 'left'] as const) {
          emulator.rule.bot(chat, { status });
          emulator.rule.bot(muted.chat, { status });
          await bot().settled();
        }
      }
    };
    const told = emulator.places.privateChat(muted.creator);
    const before = emulator.watch.fromBot(told).length;
    expect(await replies(chat, comeAndGo)).toHaveLength(1);
    const words = emulator.watch.fromBot(told).slice(before);
    expect(only(words).text).toContain('＠everyone t．me／evil');
  });

  it('is not greeted anew when it becomes an admin', async () => {
    const { chat } = stranger();
    const { emulator, replies } = bot();
    await replies(chat, () => emulator.rule.bot(chat, { status: 'member' }));
    expect(await replies(chat, () => emulator.rule.bot(chat, { status: 'administrator' }))).toEqual([]);
  });

  it('greets in the language of who added it', async () => {
    const creator = bot().emulator.places.user({ first_name: 'Ann', language_code: 'en' });
    const { chat } = stranger({ creator });
    const { emulator, replies } = bot();
    expect(only(await replies(chat, () => emulator.rule.bot(chat, { status: 'member' }))).text).toContain('I am Wence');
  });

  it.each<[string, (chat: Chat) => void]>([
    [
      'it may not speak itself',
      (chat) => bot().emulator.rule.bot(chat, { status: 'restricted', can_send_messages: false }),
    ],
    [
      'no member may speak',
      (chat) => {
        bot().emulator.rule.permissions(chat, { can_send_messages: false });
        bot().emulator.rule.bot(chat, { status: 'member' });
      },
    ],
  ])('where %s, tells who added it, in private', async (_, join) => {
    const { chat, creator } = stranger();
    const { emulator, replies } = bot();
    const told = only(await replies(emulator.places.privateChat(creator), () => join(chat)));
    expect(told.text).toMatch(/「幸福小区」.*没有发言权限/);
    expect(emulator.watch.fromBot(chat)).toEqual([]);
    expect(emulator.watch.calls('sendMessage').filter(({ params }) => params.chat_id === chat.id)).toEqual([]);
  });
});

describe('leaving a group', () => {
  it.each(['kicked', 'left'] as const)('%s deactivates the chat; coming back activates it', async (status) => {
    const { chat } = stranger();
    const { emulator, replies } = bot();
    await replies(chat, () => emulator.rule.bot(chat, { status: 'member' }));
    await replies(chat, () => emulator.rule.bot(chat, { status }));
    expect((await known(chat))?.inactive).toMatchObject({ reason: status });
    await replies(chat, () => emulator.rule.bot(chat, { status: 'member' }));
    expect((await known(chat))?.inactive).toBeUndefined();
  });

  it('blocked in private likewise', async () => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    await replies(chat, () => emulator.people.say(chat, user, ASK));
    await replies(chat, () => emulator.people.block(user));
    expect((await known(chat))?.inactive).toBeDefined();
    expect(only(await replies(chat, () => emulator.people.start(user))).text).toContain('问策');
    expect((await known(chat))?.inactive).toBeUndefined();
  });

  it('a send that is answered 403 deactivates the chat too', async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, replies } = bot();
    emulator.faults.add({ method: 'sendMessage', chatId: chat.id, outcome: { kind: '403' } });
    expect(await replies(chat, () => emulator.people.say(chat, user, `@wence_bot ${ASK}`))).toEqual([]);
    expect((await known(chat))?.inactive?.reason).toContain('kicked');
  });

  it('a send without enough rights does not', async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, replies } = bot();
    expect(
      await replies(chat, () => {
        emulator.people.say(chat, user, `@wence_bot ${ASK}`);
        emulator.rule.permissions(chat, { can_send_messages: false });
      }),
    ).toEqual([]);
    expect((await known(chat))?.inactive).toBeUndefined();
  });
});

describe('a group that becomes a supergroup', () => {
  it('keeps its settings, and is not greeted again', async () => {
    const { emulator, replies, settled } = bot();
    const creator = emulator.places.user({ first_name: '群主' });
    const group = emulator.places.group({ creator });
    await replies(group, () => emulator.people.say(group, creator, '/subscribe 07:15'));
    expect((await known(group))?.settings.sloganTime).toBe('07:15');
    const supergroup = emulator.rule.migrate(group);
    await settled();
    expect(await known(group)).toBeUndefined();
    expect(await known(supergroup)).toMatchObject({ type: 'supergroup', settings: { sloganTime: '07:15' } });
    expect(emulator.watch.fromBot(supergroup)).toEqual([]);
    const answer = await replies(supergroup, () => emulator.people.say(supergroup, creator, `@wence_bot ${ASK}`));
    expect(only(answer).text).toContain('定期组织体检');
  });

  it('is followed by an answer that was on its way, on the 400 that tells of it', async () => {
    const { emulator, settled } = bot();
    const user = emulator.places.user();
    const group = emulator.places.group({ members: [user] });
    // The send meets the group's new number before the service message does.
    emulator.people.say(group, user, `@wence_bot ${ASK}`);
    const supergroup = emulator.rule.migrate(group);
    await settled();
    const answers: readonly Message[] = emulator.watch.fromBot(supergroup);
    expect(only(answers).text).toContain('定期组织体检');
    expect(await known(group)).toBeUndefined();
  });
});
