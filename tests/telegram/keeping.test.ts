import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message, User } from '@grammyjs/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import * as hostile from '../keeper/hostile.ts';
import { silent } from '../storage/store-suite.ts';
import {
  buttonsOf,
  dataOf,
  type Harness,
  inGroup,
  marked,
  only,
  privately,
  type Room,
  startHarness,
} from './harness.ts';

const SAMPLES = new URL('../fixtures/importing/', import.meta.url);
const OWNER = 4242;

let knowledge: string;
let bot: Harness;
let owner: Room;
beforeAll(async () => {
  knowledge = await mkdtemp(join(tmpdir(), 'wence-keeping-'));
  const { cp } = await import('node:fs/promises');
  await cp(new URL('../../knowledge/slogans', import.meta.url), join(knowledge, 'slogans'), { recursive: true });
  bot = await startHarness({ environment: { KNOWLEDGE_DIR: knowledge, OWNER_IDS: String(OWNER) }, gatherMs: 500 });
  const user = bot.emulator.places.user({ id: OWNER, first_name: '管理员', language_code: 'zh-hans' });
  owner = { user, chat: bot.emulator.places.privateChat(user) };
});
afterAll(async () => {
  await bot.close();
  await rm(knowledge, { recursive: true, force: true });
});

const say = (text: string, options: object = {}) => bot.emulator.people.say(owner.chat, owner.user, text, options);
const send = (name: string, bytes: Uint8Array) => say('', { document: { name, bytes } });
const sample = async (name: string) => new Uint8Array(await readFile(new URL(name, SAMPLES)));

/** What the owner is told because of what they do, once it comes: reading takes its time. */
async function told(act: () => unknown, count = 1): Promise<readonly Message[]> {
  const before = new Set(bot.emulator.watch.fromBot(owner.chat).map(({ message_id }) => message_id));
  await act();
  for (;;) {
    const since = bot.emulator.watch.fromBot(owner.chat).filter(({ message_id }) => !before.has(message_id));
    if (since.length >= count) return since;
    await sleep(5);
  }
}

async function press(message: Message, button: string, by: User = owner.user): Promise<void> {
  await bot.emulator.buttons.pressData(message, by, dataOf(message, button));
  await bot.settled();
}

/** The message as it is now. */
const now = ({ chat, message_id }: Message) =>
  bot.emulator.watch.fromBot(chat as Chat).find((each) => each.message_id === message_id) as Message;

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(10);
  }
}

describe('a document from the owner’s phone', () => {
  it.each(['notice.docx', 'notice.html', 'notice.pdf', 'notice.md', 'notice.txt'])(
    '%s: card, tried alone, enabled for all, disabled again',
    async (name) => {
      const card = only(await told(async () => send(name, await sample(name))));
      expect(card.text).toContain('清溪区共享单车停放管理办法的通知');
      expect(card.text).toContain('文号：清府办规〔2023〕12号');
      expect(card.text).toMatch(/共 \d+ 段，目录 \d+ 项：/);
      expect(buttonsOf(card)).toEqual([
        ['启用', '先试问'],
        ['改标题…', '丢弃'],
      ]);

      const group = inGroup(bot);
      const ask = () =>
        bot.replies(group.chat, () =>
          bot.emulator.people.say(group.chat, group.user, '@wence_bot 违规停放的共享单车多久移走'),
        );
      await press(card, '先试问');
      const tried = only(await bot.replies(owner.chat, () => say('违规停放的共享单车多久移走')));
      expect(tried.text).toContain('试问《');
      expect(tried.text).toContain('2小时内将违规停放的车辆移走');
      expect(only(await ask()).text).not.toContain('2小时内');

      await press(tried, '启用');
      await until(async () =>
        (await readdir(knowledge)).some((each) => each.startsWith('notice')) ? true : undefined,
      );
      const answer = await until(async () => {
        const reply = only(await ask());
        return reply.text?.includes('2小时内') ? reply : undefined;
      });
      expect(answer.text).toContain('第四条');
      if (name === 'notice.html')
        expect(answer.entities).toContainEqual(
          expect.objectContaining({ url: 'https://www.qingxi.example/zwgk/1234.html' }),
        );

      const list = only(await bot.replies(owner.chat, () => say('/documents')));
      const label = buttonsOf(list)
        .flat()
        .find((text) => text.includes('共享单车') || text.includes('清溪区')) as string;
      await press(list, label);
      await press(now(list), '停用');
      expect(now(list).text).toContain('已停用');
      await until(async () => (only(await ask()).text?.includes('2小时内') ? undefined : true));
      await press(now(list), '撤下…');
      await press(now(list), '确定撤下');
      expect((await readdir(knowledge)).filter((each) => each.startsWith('notice'))).toEqual([]);
    },
  );

  it('a text pasted in two messages is one document; its title can be changed; what is dropped is gone', async () => {
    const long = `清溪区夜市管理规定\n\n${Array.from({ length: 90 }, (_, at) => `第${at + 1}条 夜市的摊位应当在每晚十一点前收摊，并把地面清扫干净，垃圾装袋后放到指定的位置，不得占用消防通道和盲道。`).join('\n')}`;
    const cut = 4_096;
    const card = only(
      await told(() => {
        say(long.slice(0, cut));
        say(long.slice(cut));
      }),
    );
    expect(card.text).toContain('共 91 段');
    const prompt = only(await bot.replies(owner.chat, () => press(card, '改标题…')));
    const renamed = only(await bot.replies(owner.chat, () => say('清溪区夜市收摊规定', { replyTo: prompt })));
    expect(marked(renamed, 'bold')).toEqual(['清溪区夜市收摊规定']);
    await press(renamed, '丢弃');
    expect(now(renamed).text).toContain('已丢弃');
    const pressed = await bot.emulator.buttons.pressData(card, owner.user, dataOf(card, '启用'));
    expect(pressed).toMatchObject({ text: expect.stringContaining('要用就再发一次') });
  });

  it('a forwarded text and each file of an album become drafts', async () => {
    const origin = { type: 'hidden_user', sender_user_name: '街道办', date: 1 };
    const text =
      '关于停水的通知。因为管道检修，本周六上午八点到十二点，东街和西街停水，请各家各户提前储水，给您带来不便，敬请谅解，联系电话见社区公告栏。';
    const [card] = await told(() => say(text, { forwardOrigin: origin }));
    expect(card?.text).toContain('收到 粘贴的文字');
    const album = { extra: { media_group_id: '77' } };
    const cards = await told(async () => {
      for (const name of ['answers-gb18030.txt', 'act-big5.txt'])
        say('', { document: { name, bytes: await sample(name) }, ...album });
    }, 2);
    expect(cards.map((each) => marked(each, 'bold')[0]).toSorted()).toEqual(
      ['关于“暖心食堂”有关问题的解答', '青川市自行車停放自治條例'].toSorted(),
    );
    for (const each of [card as Message, ...cards]) await press(each, '丢弃');
  });

  it('a successor is named, and the replaced one is answered with a notice', async () => {
    const card = only(await told(async () => send('notice.docx', await sample('notice.docx'))));
    await press(card, '启用');
    const list = only(await bot.replies(owner.chat, () => say('/documents')));
    await press(
      list,
      buttonsOf(list)
        .flat()
        .find((text) => text.includes('清溪区')) as string,
    );
    await press(now(list), '标为已被取代…');
    await press(now(list), '公益广告标语');
    expect(now(list).text).toContain('已被取代：公益广告标语');
    const { chat, user } = privately(bot);
    await until(async () => {
      const replies = await bot.replies(chat, () => bot.emulator.people.say(chat, user, '违规停放的共享单车多久移走'));
      return replies.some(({ text }) => text?.includes('已被取代，请以《公益广告标语》为准')) ? true : undefined;
    });
    const files = await told(() => press(now(list), '下载'), 2);
    expect(files.map(({ document }) => document?.file_name).toSorted()).toEqual([
      'notice-original.docx',
      'notice-source.md',
    ]);
    await press(now(list), '没有被取代');
    expect(now(list).text).not.toContain('已被取代');
    // A second form of the same document takes the place of the first.
    const again = only(await told(async () => send('notice.html', await sample('notice.html'))));
    expect(again.text).toContain('启用后由这一份替换它');
    await press(again, '启用');
    expect((await readdir(knowledge)).filter((each) => each.startsWith('notice'))).toEqual(['notice']);
    expect(await readdir(join(knowledge, 'notice'))).toContain('original.html');
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['pages.pdf', () => hostile.manyPages(10_000), '有 10000 页'],
    ['entities.docx', hostile.withEntities, '文件损坏'],
    ['large.html', () => hostile.blankPage(21), '最大 20 MB'],
    ['picture.pdf', () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...new Array(100).fill(1)]), '图片'],
  ])('%s is refused in a word, and the bot goes on', async (name, make, words) => {
    const message = only(await told(async () => send(name, await make())));
    expect(message.text).toContain(words);
    expect(buttonsOf(message)).toEqual([]);
  });
});

describe('the menu of commands', () => {
  it('of an owner in private names what only owners do', () => {
    const names = (room: Room) => bot.emulator.watch.menu(room.chat, room.user).map(({ command }) => command);
    expect(names(owner)).toEqual(expect.arrayContaining(['ask', 'documents', 'whoami']));
    expect(names(privately(bot))).not.toContain('documents');
  });
});

describe('others', () => {
  it('learn their number by /whoami, and cannot add or manage documents', async () => {
    const { chat, user } = privately(bot);
    const replies = await bot.replies(chat, async () => {
      bot.emulator.people.say(chat, user, '/whoami');
      bot.emulator.people.say(chat, user, '', { document: { name: 'a.txt', bytes: await sample('notice.txt') } });
      bot.emulator.people.say(chat, user, '/documents');
    });
    expect(replies.map(({ text }) => text)).toEqual([
      expect.stringContaining(`你的 Telegram 用户号是 ${user.id}`),
      expect.stringContaining('只有管理员'),
      expect.stringContaining('只有管理员'),
    ]);
    expect(only(await bot.replies(owner.chat, () => say('/whoami'))).text).toContain('你是这个机器人的管理员');
  });
});

describe('after a crash', () => {
  it('what was sent and not yet read is read, and a trial goes on', async () => {
    const card = only(await told(async () => send('answers-gb18030.txt', await sample('answers-gb18030.txt'))));
    await press(card, '先试问');
    // As a kill leaves it between the update and the reading.
    const text = '关于路灯检修的通知\n\n东街路灯检修期间，请夜间出行的居民注意安全。';
    const [after] = await told(() =>
      bot.restart(async () => {
        const store = await openStore({ url: `sqlite:${bot.database}`, now: Date.now, log: silent });
        await store.inbox.put({ id: 99, chatId: OWNER, messageId: 1, at: 0, content: { kind: 'text', text } });
        await store.close();
      }),
    );
    expect(after?.text).toContain('关于路灯检修的通知');
    const tried = only(await bot.replies(owner.chat, () => say('在哪里登记领卡')));
    expect(tried.text).toContain('社区服务站登记');
    await press(tried, '结束试问');
    expect(only(await bot.replies(owner.chat, () => say('在哪里登记领卡'))).text).not.toContain('试问');
  });
});
