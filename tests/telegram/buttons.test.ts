import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { buttonsOf, dataOf, type Harness, inGroup, marked, only, privately, type Room, useBot } from './harness.ts';

const bot = useBot();
const ASK = '社区工作者有体检吗';

async function answerIn(room: Room, text = ASK): Promise<Message> {
  const { emulator, replies } = bot();
  return only(await replies(room.chat, () => emulator.people.say(room.chat, room.user, text)));
}

/** Presses, and returns the message as it stands then; a press that changes it is answered after the change. */
async function press(room: Room, message: Message, text: string): Promise<Message> {
  const { emulator } = bot();
  const pressed = await emulator.buttons.press(message, room.user, dataOf(message, text));
  expect(pressed).toMatchObject({ answered: true });
  return now(message);
}

/** The card of a section, whose buttons ask. */
async function sectionIn(room: Room, topic?: number): Promise<Message> {
  const { emulator, replies } = bot();
  const options = topic === undefined ? {} : { topic };
  const card = only(await replies(room.chat, () => emulator.people.say(room.chat, room.user, '/pilot', options)));
  return await press(room, card, '四个试点地区');
}

function now({ chat, message_id }: Message): Message {
  return bot().emulator.watch.message(chat, message_id)?.message as Message;
}

function toast(answer: Awaited<ReturnType<Harness['emulator']['buttons']['press']>>): string | undefined {
  expect(answer.answered).toBe(true);
  const text = answer.answered ? answer.text : undefined;
  expect(text?.length ?? 0).toBeLessThanOrEqual(200);
  return text;
}

describe('看原文', () => {
  it('shows the paragraph with the quote in bold, and 返回 restores the answer', async () => {
    const room = privately(bot());
    const answer = await answerIn(room);
    const opened = await press(room, answer, '看原文');
    expect(opened.text).toContain('社区工作者《意见》答记者问 · 第21段');
    expect(marked(opened, 'bold')[0]).toContain('定期组织体检和关爱活动');
    expect(buttonsOf(opened)).toEqual([['◂ 上一段', '下一段 ▸'], ['返回']]);
    const back = await press(room, opened, '返回');
    expect([back.text, back.entities, back.reply_markup]).toEqual([answer.text, answer.entities, answer.reply_markup]);
  });

  it('pages through the whole text, to both ends', async () => {
    const room = privately(bot());
    let page = await press(room, await answerIn(room), '看原文');
    const turn = async (name: string) => {
      const texts = [page.text ?? ''];
      while (buttonsOf(page).flat().includes(name)) {
        page = await press(room, page, name);
        texts.push(page.text ?? '');
      }
      return texts;
    };
    const earlier = await turn('◂ 上一段');
    expect(earlier.at(-1)).toContain('第1段');
    const all = await turn('下一段 ▸');
    expect(all.length).toBeGreaterThan(earlier.length);
    expect(new Set(all).size).toBe(all.length);
    expect(all.at(-1)).toContain(`第${all.length}段（共${all.length}段）`);
    const back = await press(room, page, '返回');
    expect(back.text).toContain(ASK.slice(-3, -1));
  });
});

describe('related questions and sections', () => {
  it('a related question is asked anew: the message stays, its answer comes below', async () => {
    const room = inGroup(bot());
    const section = await sectionIn(room);
    const { emulator, replies } = bot();
    const press = () => emulator.buttons.press(section, room.user, dataOf(section, '在几个地区试点'));
    const next = only(await replies(room.chat, press));
    expect(next.text).toContain('在四个地区率先开展试点');
    expect(next.reply_to_message?.message_id).toBe(section.message_id);
    expect(now(section)).toEqual(section);
  });

  it('in a topic it stays in the topic', async () => {
    const room = inGroup(bot(), { forum: true });
    const { emulator, replies } = bot();
    const topic = emulator.rule.openTopic(room.chat, '政策');
    const section = await sectionIn(room, topic);
    const press = () => emulator.buttons.press(section, room.user, dataOf(section, '在几个地区试点'));
    expect(only(await replies(room.chat, press))).toMatchObject({ message_thread_id: topic, is_topic_message: true });
  });

  it('a topic card opens its sections, a section its points and the way back', async () => {
    const room = privately(bot());
    const card = await answerIn(room, '/pilot');
    const section = await press(room, card, '四个试点地区');
    expect(section.text).toContain('四个试点地区');
    expect(buttonsOf(section).flat()).toEqual(expect.arrayContaining(['在几个地区试点', '整段原文', '全部主题']));
    const back = await press(room, section, '全部主题');
    expect([back.text, back.reply_markup]).toEqual([card.text, card.reply_markup]);
    const again = await press(room, back, '四个试点地区');
    const { emulator, replies } = bot();
    const whole = only(
      await replies(room.chat, () => emulator.buttons.press(again, room.user, dataOf(again, '整段原文'))),
    );
    expect(marked(whole, 'bold')).toEqual(['四个试点地区']);
  });
});

describe('votes', () => {
  it('one per person: the other changes it, the same again takes it back', async () => {
    const room = inGroup(bot());
    const { emulator } = bot();
    const answer = await answerIn(room, `@wence_bot ${ASK}`);
    const vote = async (name: string) => toast(await emulator.buttons.press(answer, room.user, dataOf(answer, name)));
    expect(await vote('👍')).toBe('谢谢，已记下。');
    expect(await vote('👎')).toBe('已记下，会改进。');
    expect(await vote('👎')).toBe('已收回。');
    expect(await vote('👍')).toBe('谢谢，已记下。');
    expect(now(answer)).toEqual(answer);
  });
});

describe('buttons that lead nowhere', () => {
  it.each([
    ['garbage', '今天天气怎么样'],
    ['empty', ''],
    ['an older version', '0a:17tau528or1'],
    ['a point that is no more', '1a:zzzzzzzzzz'],
    ['a section that is no more', '1s:zzzzzzzzzz'],
    ['a document that is no more', '1t:zzzzzzzzzz'],
    ['a vote on nothing', '1u:zzzzzzzzzz'],
    ['a page that is no number', '1o:17tau528or1:x'],
    ['too many parts', '1o:17tau528or1:2:3'],
    ['an unknown setting', '1c:everything'],
    ['64 bytes of it', 'x'.repeat(64)],
    ['a name that every object has', '1c:constructor'],
  ])('%s: a polite toast and nothing else', async (_, data) => {
    const room = privately(bot());
    const answer = await answerIn(room);
    expect(toast(await bot().emulator.buttons.pressData(answer, room.user, data))).toBe(
      '这个按钮已经过期，请重新提问。',
    );
    expect(now(answer)).toEqual(answer);
  });

  it('a page beyond the ends is the last one', async () => {
    const room = privately(bot());
    const answer = await answerIn(room);
    const key = dataOf(answer, '👍').slice(3);
    expect(toast(await bot().emulator.buttons.pressData(answer, room.user, `1o:${key}:999999`))).toBeUndefined();
    expect(now(answer).text).toMatch(/第(\d+)段（共\1段）/);
  });

  it.each(['看原文', '👍'])('%s below a message that is gone, or too old to be seen', async (name) => {
    const room = privately(bot());
    const answer = await answerIn(room);
    bot().emulator.people.remove(answer);
    const { emulator, replies } = bot();
    const toasts: (string | undefined)[] = [];
    const press = async () => {
      toasts.push(toast(await emulator.buttons.pressData(answer, room.user, dataOf(answer, name))));
    };
    expect(await replies(room.chat, press)).toEqual([]);
    expect(toasts).toEqual(['这个按钮已经过期，请重新提问。']);
  });

  it('a message that can no longer be changed', async () => {
    const room = privately(bot());
    const answer = await answerIn(room);
    bot().emulator.faults.add({
      method: 'editMessageText',
      chatId: room.chat.id,
      outcome: { kind: '400', description: "message can't be edited" },
    });
    expect(toast(await bot().emulator.buttons.press(answer, room.user, dataOf(answer, '看原文')))).toContain(
      '已经过期',
    );
  });

  it('the same button twice in a hurry', async () => {
    const room = privately(bot());
    const answer = await answerIn(room);
    const data = dataOf(answer, '看原文');
    const { emulator } = bot();
    const both = await Promise.all([1, 2].map(() => emulator.buttons.pressData(answer, room.user, data)));
    expect(both.map(toast)).toEqual([undefined, undefined]);
    expect(now(answer).text).toContain('第21段');
  });
});
