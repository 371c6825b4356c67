import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEXT_LIMIT } from '../../src/messages/message.ts';
import { QUESTIONS, SOURCE, writeFiles } from '../knowledge/folders.ts';
import { buttonsOf, dataOf, type Harness, marked, only, privately, type Room, startHarness } from './harness.ts';

const head = (...rows: readonly string[]) => `---\n${rows.join('\n')}\n---\n\n`;
const command = (name: string) => `command: { name: ${name}, description: { zh: ${name}, en: ${name} } }`;

const PARKING = [
  '幸福里小区停车管理办法',
  '第一章　总　则',
  '第一条　本办法适用于幸福里小区内机动车的停放。',
  '第二条　物业服务企业负责停车管理工作，业主委员会负责监督。',
  '第二章　收费',
  '第三条　停车设施实行计时收费的，满一个计时单位后方可收取停车费，不足一个计时单位的不收取费用。',
  '第四条　有下列情形之一的，免收停车费：',
  '（一）执行任务的救护车、消防车；',
  '（二）残疾人驾驶的代步车；',
  '（三）停放不超过三十分钟的。',
  '前款规定的车辆不得占用消防车通道。',
  '第三章　附则',
  '第五条　本办法自2024年5月1日起施行。',
];

const ANSWERS = ['网证是一种数字证书。', '要先下载应用程序，再用身份证登记。'];
const FAQ = `网证问答\n\n网证是什么？\n\n${ANSWERS[0]}\n\n怎么领网证？\n\n${ANSWERS[1]}\n`;

const ARTICLES = 120;
const LAW = Array.from({ length: ARTICLES }, (_, n) => `第${n + 1}条　第${n + 1}项。`);
const GUIDE = LAW.map((article) => article.replace('。', '由居民所在的街道办事处受理，十个工作日内办结。'));

/** An article of many paragraphs, longer than a message. */
const CLAUSES = Array.from(
  { length: 60 },
  (_, n) => `第${n + 1}类人员${'符合本办法规定条件的，可以申请住房补贴，'.repeat(5)}按月发放。`,
);
const HOUSING = ['住房补贴办法', '第一条　本办法所称住房补贴如下。', ...CLAUSES, '第二条　本办法自公布之日起施行。'];

const FILES = {
  'parking/source.md': `${head(
    'title: 幸福里小区停车管理办法',
    'label: 停车办法',
    'publisher: 幸福里物业',
    'number: 幸物〔2024〕1号',
    'published: 2024-05-01',
    command('parking'),
  )}${PARKING.join('\n\n')}\n`,
  'faq/source.md': `${head('title: 网证问答')}${FAQ}`,
  'law/source.md': `${head('title: 办理规定', command('law'))}办理规定\n\n${LAW.join('\n\n')}\n`,
  'guide/source.md': `${head('title: 办事指南', command('guide'))}办事指南\n\n${GUIDE.join('\n\n')}\n`,
  'housing/source.md': `${head('title: 住房补贴办法', command('housing'))}${HOUSING.join('\n\n')}\n`,
  'notice/source.md': `${SOURCE.replace('---\n\n', `${command('notice')}\n---\n\n`)}\n业主大会每年召开一次，由业主委员会召集。\n`,
  'notice/questions.yaml': QUESTIONS,
  'slogans/source.md': `${head('title: 标语')}节约用水 从我做起\n`,
};

let harness: Harness;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-browse-'));
  await writeFiles(folder, FILES);
  harness = await startHarness({ environment: { KNOWLEDGE_DIR: folder } });
});
afterAll(async () => {
  await harness.close();
  await rm(folder, { recursive: true });
});

async function said({ chat, user }: Room, text: string): Promise<Message> {
  return only(await harness.replies(chat, () => harness.emulator.people.say(chat, user, text)));
}

/** Presses a button, and returns the message as it stands then. */
async function press({ user }: Room, message: Message, text: string): Promise<Message> {
  await harness.emulator.buttons.press(message, user, dataOf(message, text));
  await harness.settled();
  return harness.emulator.watch.message(message.chat, message.message_id)?.message as Message;
}

/** Presses a button that asks, and returns the answer. */
async function ask({ chat, user }: Room, message: Message, text: string): Promise<Message> {
  return only(await harness.replies(chat, () => harness.emulator.buttons.press(message, user, dataOf(message, text))));
}

describe('a document without sections is browsed by its own outline', () => {
  it('its card has its chapters, a chapter its articles, an article its words', async () => {
    const room = privately(harness);
    const card = await said(room, '/parking');
    expect(card.text).toBe('停车办法\n目录共3项，点开看原话：\n也可以直接查：/parking 加关键词');
    expect(buttonsOf(card)).toEqual([['第一章 总则', '第二章 收费'], ['第三章 附则']]);
    const chapter = await press(room, card, '第二章 收费');
    expect(chapter.text).toBe('第二章 收费\n目录共2项，点开看原话：');
    expect(buttonsOf(chapter)).toEqual([
      ['第三条 停车设施实行计时收费的，满一个计时单位…'],
      ['第四条 有下列情形之一的，免收停车费'],
      ['目录'],
    ]);
    const answer = await ask(room, chapter, '第三条 停车设施实行计时收费的，满一个计时单位…');
    expect(marked(answer, 'blockquote')).toEqual([PARKING[5]]);
    expect(answer.text).toMatch(/出处：停车办法（幸福里物业，幸物〔2024〕1号，2024-05-01） · 第二章 收费 · 第三条$/);
    const back = await press(room, chapter, '目录');
    expect([back.text, back.reply_markup]).toEqual([card.text, card.reply_markup]);
  });

  it('a chapter of one article opens it at once', async () => {
    const room = privately(harness);
    const answer = await ask(room, await said(room, '/parking'), '第三章 附则');
    expect(marked(answer, 'blockquote')).toEqual(['第五条　本办法自2024年5月1日起施行。']);
  });

  it('the items of an article stand below it by their numbers and words', async () => {
    const room = privately(harness);
    const chapter = await press(room, await said(room, '/parking'), '第二章 收费');
    const answer = await ask(room, chapter, '第四条 有下列情形之一的，免收停车费');
    expect(buttonsOf(answer).slice(1)).toEqual([
      ['第四条（一）执行任务的救护车、消防车'],
      ['第四条（二）残疾人驾驶的代步车'],
      ['第四条（三）停放不超过三十分钟的'],
    ]);
    const item = await ask(room, answer, '第四条（二）残疾人驾驶的代步车');
    expect(marked(item, 'blockquote')).toEqual([`${PARKING[6]}\n${PARKING[8]}`]);
  });

  it('where there are no chapters its articles, as many as a card holds', async () => {
    const room = privately(harness);
    const card = await said(room, '/law');
    expect(card.text).toContain('目录共120项，这里是前98项，其余请直接提问。');
    const buttons = buttonsOf(card).flat();
    expect(buttons).toHaveLength(98);
    const answer = await ask(room, card, '第98条 第98项');
    expect(marked(answer, 'blockquote')).toEqual(['第98条　第98项。']);
  });

  it('fewer where they are long: a keyboard has a limit in bytes, too', async () => {
    const card = await said(privately(harness), '/guide');
    const buttons = buttonsOf(card).flat();
    for (const text of buttons) expect(text).toHaveLength(24);
    expect(buttons.length).toBeGreaterThan(50);
    expect(card.text).toContain(`目录共120项，这里是前${buttons.length}项，`);
    expect(Buffer.byteLength(JSON.stringify(card.reply_markup))).toBeLessThan(8_200);
  });

  it.each([
    ['zh-hant', '目錄共3項，點開看原話：', '第二章 收費', '目錄'],
    ['en', 'Contents (3). Open one to read the words:', '第二章 收费', 'Contents'],
  ])('in %s', async (code, line, entry, back) => {
    const room = privately(harness, code);
    const card = await said(room, '/parking');
    expect(card.text).toContain(line);
    expect(buttonsOf(await press(room, card, entry)).at(-1)).toEqual([back]);
  });

  it('a document with sections keeps to them, though more text stands beside', async () => {
    const room = privately(harness);
    expect(buttonsOf(await said(room, '/notice'))).toEqual([['电梯', '停车']]);
    const answer = await said(room, '/notice 业主大会谁召集');
    expect(answer.text).toContain('业主大会每年召开一次，由业主委员会召集。');
  });

  it('its buttons last as long as its words, also over a restart', async () => {
    const room = privately(harness);
    const card = await said(room, '/parking');
    await writeFiles(folder, {
      'parking/source.md': FILES['parking/source.md'].replace('label: 停车办法', 'label: 停车'),
    });
    await harness.restart();
    expect((await said(room, '/parking')).reply_markup).toEqual(card.reply_markup);
    expect((await press(room, card, '第一章 总则')).text).toContain('第一章 总则');
    await writeFiles(folder, { 'parking/source.md': FILES['parking/source.md'] });
    await harness.restart();
  });
});

describe('/sources', () => {
  it('has a button for each document that can be browsed, with a command or without', async () => {
    const room = privately(harness);
    const sources = await said(room, '/sources');
    expect(sources.text).toContain('发布：幸福里物业\n文号：幸物〔2024〕1号\n发布日期：2024-05-01');
    expect(sources.text).toContain('标语');
    expect(buttonsOf(sources)).toEqual([
      ['网证问答', '办事指南'],
      ['住房补贴办法', '办理规定'],
      ['物业公告', '停车办法'],
    ]);
    const card = await press(room, sources, '网证问答');
    expect(card.text).toBe('网证问答\n目录共2项，点开看原话：');
    expect(buttonsOf(card)).toEqual([['网证是什么？', '怎么领网证？']]);
    const answer = await ask(room, card, '怎么领网证？');
    expect(marked(answer, 'blockquote')).toEqual([ANSWERS[1]]);
  });
});

describe('看原文 of a clause', () => {
  it('shows its article whole, the quoted words in bold, and leads on from its ends', async () => {
    const room = privately(harness);
    const chapter = await press(room, await said(room, '/parking'), '第二章 收费');
    const list = await ask(room, chapter, '第四条 有下列情形之一的，免收停车费');
    const answer = await ask(room, list, '第四条（二）残疾人驾驶的代步车');
    const opened = await press(room, answer, '看原文');
    expect(opened.text).toBe(`停车办法 · 第7–11段（共13段）\n${PARKING.slice(6, 11).join('\n')}`);
    expect(marked(opened, 'bold')).toEqual([PARKING[6], PARKING[8]]);
    expect(buttonsOf(opened)).toEqual([['◂ 上一段', '下一段 ▸'], ['返回']]);
    const earlier = await press(room, opened, '◂ 上一段');
    expect(earlier.text).toBe(`停车办法 · 第6段（共13段）\n${PARKING[5]}`);
    const again = await press(room, earlier, '下一段 ▸');
    expect([again.text, again.entities]).toEqual([opened.text, opened.entities]);
    const later = await press(room, again, '下一段 ▸');
    expect(later.text).toBe(`停车办法 · 第12段（共13段）\n${PARKING[11]}`);
    const back = await press(room, later, '返回');
    expect([back.text, back.reply_markup]).toEqual([answer.text, answer.reply_markup]);
  });

  it('shows of a long article what a message holds; every paragraph is but a few presses away', async () => {
    const room = privately(harness);
    const answer = await ask(room, await said(room, '/housing'), '第一条 本办法所称住房补贴如下');
    let page = await press(room, answer, '看原文');
    const seen = [page.text ?? ''];
    expect(seen[0]?.length).toBeGreaterThan(2_500);
    while (buttonsOf(page).flat().includes('下一段 ▸')) {
      page = await press(room, page, '下一段 ▸');
      seen.push(page.text ?? '');
    }
    for (const text of seen) expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT);
    for (const paragraph of HOUSING.slice(1)) expect(seen.filter((text) => text.includes(paragraph))).toHaveLength(1);
  });
});
