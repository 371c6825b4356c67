import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat, Message } from '@grammyjs/types';
import { expect, it, onTestFinished } from 'vitest';
import { createKeeper, type Taken } from '../../src/keeper/keeper.ts';
import { openStore } from '../../src/storage/store.ts';
import { freePort } from '../free-port.ts';
import { goodFiles, temporaryFolder, writeFiles } from '../knowledge/folders.ts';
import { type Child, createPlace } from '../process/child.ts';
import { silent } from '../storage/store-suite.ts';
import { buttonsOf, dataOf } from '../telegram/harness.ts';
import { borrowDatabase } from './database.ts';

const SAMPLES = new URL('../fixtures/importing/', import.meta.url);
const OWNER = 4242;
const ASK = '违规停放的共享单车多久移走';
const QUOTE = '2小时内将违规停放的车辆移走';
/** An owner's chat gets one message a second, and a process is thought dead after a quarter of a minute. */
const SLOW_MS = 180_000;
const MONTH_MS = 31 * 86_400_000;

type Name = 'one' | 'other';

/** Two processes behind a balancer that passes each update to the one that the test says, and an owner. */
async function startTwo() {
  const database = await borrowDatabase();
  onTestFinished(database.giveBack);
  const place = await createPlace(onTestFinished);
  const { emulator } = place;
  const ports = { one: await freePort(), other: await freePort() };
  let next: Name = 'one';
  const balancer = createServer(async (incoming, answer) => {
    const body = await buffer(incoming);
    const headers = { ...incoming.headers } as Record<string, string>;
    for (const name of ['host', 'connection', 'content-length']) delete headers[name];
    const passed = await fetch(`http://127.0.0.1:${ports[next]}${incoming.url}`, {
      method: 'POST',
      headers,
      body,
    }).catch(() => undefined);
    answer.writeHead(passed?.status ?? 502).end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => balancer.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    balancer.closeAllConnections();
    balancer.close();
  });
  const start = async (name: Name): Promise<Child> => {
    // Of each its own, begun from the same seed.
    const folder = join(place.folder, name);
    await writeFiles(folder, goodFiles({ 'notice/original.md': '# 物业公告\n' }));
    const child = place.start({
      DATABASE_URL: database.url,
      KNOWLEDGE_DIR: folder,
      OWNER_IDS: String(OWNER),
      WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
      WEBHOOK_SECRET: 'a-secret-that-only-Telegram-knows',
      PORT: String(ports[name]),
    });
    await child.says('机器人已启动');
    return child;
  };
  const children = { one: await start('one'), other: await start('other') };
  const user = emulator.places.user({ id: OWNER, first_name: '管理员', language_code: 'zh-hans' });
  const chat = emulator.places.privateChat(user);
  const fromBot = () => emulator.watch.fromBot(chat);
  const now = ({ message_id }: Message) => fromBot().find((each) => each.message_id === message_id) as Message;

  /** What the owner is told because of what they do at one of the two. */
  async function told(name: Name, act: () => unknown, fits: (message: Message) => boolean): Promise<Message> {
    const before = new Set(fromBot().map(({ message_id }) => message_id));
    next = name;
    await act();
    return await until(() => fromBot().find((each) => !before.has(each.message_id) && fits(each)));
  }
  const says = (words: string) => (message: Message) => (message.text ?? '').includes(words);
  const say = (text: string, more: object = {}) => emulator.people.say(chat, user, text, more);
  const send = async (file: string) => {
    const bytes = new Uint8Array(await readFile(new URL(file, SAMPLES)));
    say('', { document: { name: file, bytes } });
  };
  /** The words that show above the chat. */
  const press = async (name: Name, message: Message, button: string): Promise<string> => {
    next = name;
    const pressed = await emulator.buttons.pressData(message, user, dataOf(now(message), button));
    return pressed.answered ? (pressed.text ?? '') : 'nothing';
  };
  const documentsOf = (name: Name) => told(name, () => say('/documents'), says('共 '));
  return {
    ...{ place, emulator, children, start, told, says, say, send, press, now, documentsOf, database },
    async kill(name: Name) {
      children[name].kill('SIGKILL');
      await children[name].ended;
    },
    /** Opens the card of a document at one of the two. */
    async open(name: Name, label: string): Promise<Message> {
      const list = await documentsOf(name);
      const button = buttonsOf(list)
        .flat()
        .find((text) => text.includes(label));
      await press(name, list, button as string);
      return now(list);
    },
    /** Whether a member of a group is answered from the document, by one of the two. */
    async quotes(name: Name): Promise<boolean> {
      const member = emulator.places.user({ first_name: '小李', language_code: 'zh-hans' });
      const group: Chat = emulator.places.supergroup({ members: [member] });
      next = name;
      emulator.people.say(group, member, `@wence_bot ${ASK}`);
      const answer = await until(() => emulator.watch.fromBot(group)[0]);
      return (answer.text ?? '').includes(QUOTE);
    },
    /** The names and texts of the files that are handed out, by one of the two. */
    async download(name: Name, card: Message): Promise<Readonly<Record<string, string>>> {
      const before = fromBot().length;
      await press(name, card, '下载');
      const files = await until(() => {
        const since = fromBot().slice(before);
        return since.length === 2 ? since : undefined;
      });
      return Object.fromEntries(
        files.map(({ document }) => [
          document?.file_name ?? '',
          Buffer.from(emulator.watch.photo(document?.file_id ?? '')?.bytes ?? []).toString(),
        ]),
      );
    },
  };
}

async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(10);
  }
}

it(
  'an owner goes on with a document at whichever process each step meets',
  async () => {
    const { told, says, say, send, press, now, open, quotes, download, documentsOf } = await startTwo();
    const card = await told('one', () => send('notice.md'), says('清溪区共享单车停放管理办法的通知'));
    const prompt = await told('other', () => press('other', card, '改标题…'), says('写上新标题'));
    const renamed = await told('one', () => say('共享单车停放办法', { replyTo: prompt }), says('共享单车停放办法'));
    await told('other', () => press('other', renamed, '先试问'), says('开始试问'));
    for (const name of ['one', 'other'] as const) {
      const tried = await told(name, () => say(ASK), says('试问《共享单车停放办法》'));
      expect(tried.text).toContain(QUOTE);
    }
    expect(await quotes('one')).toBe(false);
    await press('other', renamed, '启用');
    expect(now(renamed).text).toContain('已启用《共享单车停放办法》');
    // At once, where nobody has heard of it yet.
    await told('one', () => press('one', renamed, '建议问法'), says('大家会不会这样问'));
    expect(await press('one', card, '启用')).toContain('要用就再发一次');
    // Both answer from it, and nobody tries it any more.
    for (const name of ['one', 'other'] as const) await until(() => quotes(name));
    expect((await told('one', () => say(ASK), says(QUOTE))).text).not.toContain('试问');

    // What it was made from came in at the one and went live at the other; each has it.
    const original = await readFile(new URL('notice.md', SAMPLES), 'utf8');
    for (const name of ['one', 'other'] as const) {
      const files = await download(name, await open(name, '共享单车'));
      const [named = ''] = Object.keys(files).filter((file) => file.endsWith('original.md'));
      expect(files[named]).toBe(original);
    }

    // On the shelf at once, wherever it was switched.
    await press('one', await open('one', '共享单车'), '停用');
    const off = await open('other', '共享单车');
    expect(off.text).toContain('已停用');
    for (const name of ['one', 'other'] as const) await until(async () => !(await quotes(name)));
    await press('other', off, '启用');
    for (const name of ['one', 'other'] as const) await until(() => quotes(name));

    // A seed keeps its original, whoever says what took its place.
    const seed = await open('one', '物业公告');
    await press('one', seed, '标为已被取代…');
    await press('other', seed, '共享单车停放办法');
    expect(now(seed).text).toContain('已被取代：共享单车停放办法');
    for (const name of ['one', 'other'] as const)
      expect(Object.keys(await download(name, await open(name, '物业公告')))).toContain('notice-original.md');

    // A newer file takes its place, at the other.
    const title = '共享单车停放办法';
    const again = await told(
      'other',
      () => say(`${title}\n\n${'第一条　违规停放的，运营企业应当在3小时内移走。\n'.repeat(12)}`),
      says(title),
    );
    expect(again.text).toContain(`已经有《${title}》`);
    await press('one', again, '启用');
    for (const name of ['one', 'other'] as const) {
      await until(async () => !(await quotes(name)));
      const files = await download(name, await open(name, '共享单车'));
      expect(Object.keys(files).some((file) => file.endsWith('original.txt'))).toBe(true);
    }
    await press('other', await open('other', '共享单车'), '撤下…');
    const gone = await documentsOf('other');
    await press(
      'one',
      gone,
      buttonsOf(gone)
        .flat()
        .find((text) => text.includes('共享单车')) as string,
    );
    await press('one', gone, '撤下…');
    await press('other', gone, '确定撤下');
    expect((await documentsOf('one')).text).toContain('共 1 份');
  },
  SLOW_MS,
);

it('a text that Telegram cut in two is one document, whichever process takes each half', async () => {
  const database = await borrowDatabase();
  onTestFinished(database.giveBack);
  const knowledge = await temporaryFolder(goodFiles());
  const taken: Taken[] = [];
  const start = async () => {
    const store = await openStore({ url: database.url, now: Date.now, log: silent });
    await store.outbox.recover(60_000);
    const keeper = createKeeper({
      ...{ knowledge, store, now: Date.now, sleep, gatherMs: 2_000, idleMs: 0, told: () => {} },
      download: async () => new Uint8Array(),
      said: async (_, what) => {
        taken.push(what);
        return [];
      },
      failed: (cause) => {
        throw cause;
      },
    });
    onTestFinished(store.close);
    onTestFinished(keeper.stop);
    return { keeper, store };
  };
  const [one, other] = [await start(), await start()];
  const text = `关于停水的通知\n\n${'本周六上午停水，请提前储水。\n'.repeat(400)}`;
  const put = async ({ keeper }: typeof one, id: number, part: string) => {
    await keeper.put({ id, chatId: OWNER, messageId: id, at: Date.now(), content: { kind: 'text', text: part } });
    keeper.wake();
  };
  await put(one, 1, text.slice(0, 4_096));
  expect(await other.keeper.expects(OWNER)).toBe(true);
  await put(other, 2, text.slice(4_096));
  await until(async () => (await one.store.inbox.waiting()).length === 0);
  expect(taken).toMatchObject([{ outcome: 'drafts', drafts: [{ draft: { document: { title: '关于停水的通知' } } }] }]);
  const [first] = taken;
  expect(first?.outcome === 'drafts' && first.drafts[0]?.draft.document.paragraphs.length).toBe(401);
});

it(
  'a process that is killed takes no draft with it, and no file that it was about to read',
  async () => {
    const { kill, children, start, emulator, told, says, say, send, press, now, quotes, open, download, database } =
      await startTwo();
    const card = await told('one', () => send('notice.html'), says('清溪区共享单车停放管理办法的通知'));
    await told('one', () => press('one', card, '先试问'), says('开始试问'));
    await kill('one');
    // What it had in the air is sent once more.
    expect((await told('other', () => say(ASK), says(QUOTE))).text).toContain('试问《');
    await press('other', card, '启用');
    expect(now(card).text).toContain('已启用');
    await until(() => quotes('other'));
    const files = await download('other', await open('other', '共享单车'));
    expect(Object.keys(files).some((file) => file.endsWith('original.html'))).toBe(true);

    children.one = await start('one');
    expect(await quotes('one')).toBe(true);
    emulator.faults.add({ method: 'getFile', outcome: { kind: 'hang' } });
    const late = await told(
      'one',
      async () => {
        await send('answers-gb18030.txt');
        await until(() => emulator.faults.left().length === 0);
        await kill('one');
      },
      says('暖心食堂'),
    );
    // Left for a month, it is gone.
    const store = await openStore({ url: database.url, now: () => Date.now() + MONTH_MS, log: silent });
    await store.prune();
    await store.close();
    expect(await press('other', late, '启用')).toContain('要用就再发一次');
  },
  SLOW_MS,
);
