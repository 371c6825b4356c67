import type { Chat, Message, User } from '@grammyjs/types';
import { expect, it } from 'vitest';
import { buttonsOf, dataOf, only, useBot } from './harness.ts';

const DAY = 86_400_000;
let clock = Date.now();
const bot = useBot({ now: () => clock });
const QUESTION = '@wence_bot 社区工作者有体检吗';

function group(): { chat: Chat; creator: User; member: User } {
  const { places } = bot().emulator;
  const creator = places.user({ first_name: '群主', language_code: 'zh-hans' });
  const member = places.user({ first_name: '小李', language_code: 'zh-hans' });
  return { chat: places.supergroup({ creator, members: [member] }), creator, member };
}

const said = (chat: Chat, user: User, text: string) =>
  bot().replies(chat, () => bot().emulator.people.say(chat, user, text));
const pressed = async (message: Message, user: User, text: string) => {
  const button = buttonsOf(message)
    .flat()
    .find((each) => each.includes(text)) as string;
  await bot().emulator.buttons.press(message, user, dataOf(message, button));
  await bot().settled();
  return bot().emulator.watch.message(message.chat as Chat, message.message_id)?.message as Message;
};

it('a document that an admin switches off answers no more in that group, and goes on elsewhere', async () => {
  const { chat, creator, member } = group();
  const other = group();
  expect(only(await said(chat, member, QUESTION)).text).toContain('体检');
  const card = only(await said(chat, creator, '/settings'));
  expect(card.text).toMatch(/用来回答的文件：全部 \d+ 份/);
  const list = await pressed(card, creator, '选文件');
  const label = buttonsOf(list)
    .flat()
    .find((text) => text.includes('社区工作者')) as string;
  const switched = await pressed(list, creator, label);
  expect(buttonsOf(switched).flat()).toContain(label.replace('✅', '▫️'));
  expect((await pressed(switched, creator, '返回')).text).toMatch(/用来回答的文件：\d+ 份，共/);
  expect(only(await said(chat, member, QUESTION)).text).not.toContain('体检');
  expect(only(await said(other.chat, other.member, QUESTION)).text).toContain('体检');
  await bot().restart();
  expect(only(await said(chat, member, QUESTION)).text).not.toContain('体检');
  expect(only(await said(chat, member, '/sources')).text).not.toContain('社区工作者');
  const again = await pressed(only(await said(chat, creator, '/settings')), creator, '选文件');
  await pressed(again, creator, label.replace('✅ ', ''));
  expect(only(await said(chat, member, QUESTION)).text).toContain('体检');
});

it('the last document that answers cannot be switched off', async () => {
  const { chat, creator } = group();
  let list = await pressed(only(await said(chat, creator, '/settings')), creator, '选文件');
  for (const label of buttonsOf(list)
    .flat()
    .filter((text) => text.startsWith('✅')))
    list = await pressed(list, creator, label.replace('✅ ', ''));
  expect(
    buttonsOf(list)
      .flat()
      .filter((text) => text.startsWith('✅')),
  ).toHaveLength(1);
});

it('answers are short or full as an admin chooses', async () => {
  const { chat, creator, member } = group();
  const full = only(await said(chat, member, QUESTION));
  const card = await pressed(only(await said(chat, creator, '/settings')), creator, '回答简短些');
  expect(card.text).toContain('回答：简短');
  const short = only(await said(chat, member, QUESTION));
  expect(short.text).toBe(full.text);
  expect(short.entities?.some(({ type }) => type === 'expandable_blockquote')).toBe(true);
  expect(buttonsOf(short)).toHaveLength(1);
});

it.each(['@wence_bot 社区工作者有体检吗', '/sources', '/ask 社区工作者有体检吗'])(
  'is silent for a day once an admin says so, also to %s',
  async (text) => {
    const { chat, creator, member } = group();
    const stopped = only(await said(chat, creator, '/stop'));
    expect(buttonsOf(stopped)).toEqual([['停一天', '一直停']]);
    const card = await pressed(stopped, creator, '停一天');
    expect(card.text).toContain('⏸ 暂停回答，到 ');
    expect(await said(chat, member, text)).toEqual([]);
    clock += DAY + 1;
    expect(await said(chat, member, text)).not.toEqual([]);
  },
);

it('is silent for good until an admin wants answers again; members cannot say so', async () => {
  const { chat, creator, member } = group();
  await pressed(only(await said(chat, creator, '/settings')), creator, '一直停');
  clock += 400 * DAY;
  expect(await said(chat, member, QUESTION)).toEqual([]);
  const card = only(await said(chat, creator, '/settings'));
  expect(card.text).toContain('⏸ 已停止回答');
  await pressed(card, member, '恢复回答');
  expect(await said(chat, member, QUESTION)).toEqual([]);
  await pressed(card, creator, '恢复回答');
  expect(only(await said(chat, member, QUESTION)).text).toContain('体检');
});
