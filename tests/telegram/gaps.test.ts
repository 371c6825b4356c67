import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, dataOf, type Harness, inGroup, only, type Room, startHarness } from './harness.ts';

const OWNER = 4343;
const SOURCE = `---
title: 清溪区共享单车停放管理办法
---
清溪区共享单车停放管理办法

第一条 为了规范共享单车停放，制定本办法。

第二条 企业应当在2小时内将违规停放的车辆移走。逾期不移走的，由城市管理部门代为清理，费用由企业承担。

第三条 学校、医院门口五十米以内不得设置停放点。
`;

let knowledge: string;
let bot: Harness;
let owner: Room;
beforeAll(async () => {
  knowledge = await mkdtemp(join(tmpdir(), 'wence-gaps-'));
  await cp(new URL('../../knowledge/slogans', import.meta.url), join(knowledge, 'slogans'), { recursive: true });
  await mkdir(join(knowledge, 'bikes'));
  await writeFile(join(knowledge, 'bikes', 'source.md'), SOURCE);
  bot = await startHarness({ environment: { KNOWLEDGE_DIR: knowledge, OWNER_IDS: String(OWNER) } });
  const user = bot.emulator.places.user({ id: OWNER, first_name: '管理员', language_code: 'zh-hans' });
  owner = { user, chat: bot.emulator.places.privateChat(user) };
});
afterAll(async () => {
  await bot.close();
  await rm(knowledge, { recursive: true, force: true });
});

const ask = async (question: string) => {
  const { chat, user } = inGroup(bot);
  return only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, `@wence_bot ${question}`)));
};
const gaps = () => bot.replies(owner.chat, () => bot.emulator.people.say(owner.chat, owner.user, '/gaps'));
const cardFor = async (question: string) => (await gaps()).find(({ text }) => text?.includes(question)) as Message;
const now = ({ chat, message_id }: Message) =>
  bot.emulator.watch.fromBot(chat as Chat).find((each) => each.message_id === message_id) as Message;

async function press(message: Message, button: string): Promise<Message> {
  await bot.emulator.buttons.pressData(message, owner.user, dataOf(message, button));
  for (;;) {
    const shown = now(message);
    if (shown.text !== message.text) return shown;
    await sleep(5);
  }
}

const clauses = () => readFile(join(knowledge, 'bikes', 'questions', 'clauses.yaml'), 'utf8');

describe('what people asked in vain', () => {
  it('is listed to the owner once however often it was asked, without whoever asked', async () => {
    await ask('小黄车乱摆谁来拖');
    await ask('请问小黄车乱摆谁来拖呀');
    await ask('小黄车坏了退押金吗');
    const [head, card] = await gaps();
    expect(head?.text).toContain('有 2 类问题没答好');
    expect(card?.text).toContain('没答上 2 次');
    expect(card?.text).toContain('也有人问');
    expect(card?.text).not.toContain('小李');
    expect(buttonsOf(card as Message).at(-1)).toEqual(['不在资料里', '忽略']);
  });

  it('is answered from a clause of a text that nobody annotated after one tap, and the text stays as it was', async () => {
    const card = await cardFor('小黄车乱摆谁来拖');
    const lines = (card.text ?? '').split('\n');
    const number = lines.findIndex((line) => line.startsWith('第二条 企业应当'));
    const choice = /^(\d)\./.exec(lines[number - 1] ?? '')?.[1] as string;
    expect((await press(card, choice)).text).toContain('✓ 学会了');
    const answer = await ask('小黄车乱摆谁来拖');
    expect(answer.text).toContain('企业应当在2小时内将违规停放的车辆移走');
    expect(answer.text).toContain('第二条');
    expect((await ask('学校门口能设停放点吗')).text).toContain('五十米以内不得设置停放点');
    expect((await ask('逾期不移走的车谁清理')).text).toContain('由城市管理部门代为清理');
    expect(await clauses()).toContain('请问小黄车乱摆谁来拖呀');
    expect((await gaps()).some(({ text }) => text?.includes('乱摆'))).toBe(false);
    const { chat, user } = owner;
    const sources = await bot.replies(chat, () => bot.emulator.people.say(chat, user, '/sources'));
    expect(buttonsOf(sources.at(-1) as Message).flat()).toContain('清溪区共享单车停放管理办法');
  });

  it('is a near miss once the owner says that the texts do not say it', async () => {
    expect((await press(await cardFor('退押金'), '不在资料里')).text).toContain('不在资料里');
    expect(await clauses()).toMatch(/not:\n\s+- 小黄车坏了退押金吗/);
    await ask('小黄车坏了退押金吗');
    expect(only(await gaps()).text).toBe('没有答不上的问题。');
  });

  it('is dropped, and the same button pressed again says so', async () => {
    await ask('小黄车的轮胎多大');
    const card = await cardFor('轮胎');
    expect((await press(card, '忽略')).text).toContain('已忽略');
    expect(only(await gaps()).text).toBe('没有答不上的问题。');
  });

  it('comes from a 👎, too, though it was answered', async () => {
    const { chat, user } = inGroup(bot);
    const answer = only(
      await bot.replies(chat, () => bot.emulator.people.say(chat, user, '@wence_bot 学校门口能设停放点吗')),
    );
    await bot.emulator.buttons.pressData(answer, user, dataOf(answer, '👎'));
    await bot.settled();
    const card = await cardFor('学校门口能设停放点吗');
    expect(card.text).toContain('👎 1 次');
    await press(card, '忽略');
  });

  it('is for owners alone', async () => {
    const { chat, user } = inGroup(bot);
    const mine = bot.emulator.places.privateChat(user);
    const said = only(await bot.replies(mine, () => bot.emulator.people.say(mine, user, '/gaps')));
    expect(said.text).toContain('只有管理员');
    expect(await bot.replies(chat, () => bot.emulator.people.say(chat, user, '/gaps'))).toEqual([]);
  });
});

it('phrasings are drafted from the card of a document, and taken or left one by one', async () => {
  const { chat, user } = owner;
  const list = only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, '/documents')));
  const label = buttonsOf(list)
    .flat()
    .find((text) => text.includes('共享单车')) as string;
  const card = await press(list, label);
  const [first] = await bot.replies(chat, () => bot.emulator.buttons.pressData(card, user, dataOf(card, '建议问法')));
  const drafted = ({ text = '' }: Message) => text.split('\n').at(-3) as string;
  expect(first?.text).toContain('大家会不会这样问这一条？');
  const question = drafted(first as Message);
  const taken = await press(first as Message, '收下');
  expect(taken.text).toContain(`✓ 学会了：问「${question}」`);
  expect(await clauses()).toContain(question);
  const answer = await ask(question);
  expect(answer.text).toContain((first?.text ?? '').split('\n').at(-1)?.slice(4, 12));
  const left = drafted(taken);
  const after = await press(taken, '不要');
  expect(after.text).not.toContain(left);
  expect(await clauses()).not.toContain(`- ${left}\n`);
});

it('a tap that would spoil a labelled question is taken back unless the owner insists', async () => {
  await writeFile(
    join(knowledge, 'bikes', 'tests.yaml'),
    '- question: 违规停放的车多久移走\n  gold: [2小时内]\n- question: 单车停在盲道上罚多少\n  gold: null\n',
  );
  await ask('单车停在盲道上罚多少');
  const card = await cardFor('盲道');
  const held = await press(card, '1');
  expect(held.text).toContain('原来答得对的问题答错');
  expect(await clauses()).not.toContain('盲道');
  expect((await press(held, '照样改')).text).toContain('✓ 学会了');
  expect(await clauses()).toContain('盲道');
});
