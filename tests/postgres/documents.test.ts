import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemTimers } from '../../src/delivery/timers.ts';
import { createDrafts, type Drafts } from '../../src/keeper/drafts.ts';
import { followOthers } from '../../src/keeper/following.ts';
import { createSharing, type Sharing } from '../../src/keeper/sharing.ts';
import { openShelf, type Shelf } from '../../src/keeper/shelf.ts';
import { openLive } from '../../src/live/live-knowledge.ts';
import type { StoredDocuments } from '../../src/storage/documents.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { emulateTelegram } from '../emulated.ts';
import { goodFiles, lines, temporaryFolder, writeFiles } from '../knowledge/folders.ts';
import { silent } from '../storage/store-suite.ts';
import { UNPACED } from '../telegram/harness.ts';
import { borrowDatabase, type Database } from './database.ts';

const OWNER = 4242;
const TITLE = '清溪区共享单车停放管理办法';
const CLAUSE = '违规停放的共享单车，运营企业应当在2小时内移走。';
/** Whatever was seen. */
const ANY = Number.MAX_SAFE_INTEGER;
const ASK = '违规停放的共享单车多久移走';

let cleaning: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.toReversed()) await clean();
  cleaning = [];
});

async function lend(): Promise<Database> {
  const database = await borrowDatabase();
  cleaning.push(database.giveBack);
  return database;
}

interface Replica {
  readonly store: Store;
  readonly documents: StoredDocuments;
  readonly sharing: Sharing;
  readonly shelf: Shelf;
  readonly drafts: Drafts;
  readonly damaged: readonly string[];
  /** What is quoted. */
  ask(question: string): string;
}

/** What a process has of the documents: a connection and a folder of its own, and what answers from it. */
async function startReplica({ url }: Database, knowledge: string): Promise<Replica> {
  const store = await openStore({ url, now: Date.now, log: silent });
  const { documents } = store;
  if (!documents) throw new Error('not shared');
  const damaged: string[] = [];
  const sharing = createSharing({
    knowledge,
    documents,
    ring: () => store.bell?.ring(),
    damaged: (id) => damaged.push(id),
  });
  await sharing.catchUp();
  const live = await openLive({ folder: knowledge, told: () => {}, failed: () => {} });
  const following = followOthers({
    sharing,
    live,
    looked: () => {},
    log: silent,
    after: systemTimers.after,
  });
  store.bell?.onRing(following.rung);
  cleaning.push(store.close, live.stop, following.stop);
  return {
    store,
    documents,
    sharing,
    damaged,
    shelf: openShelf(knowledge, sharing),
    drafts: createDrafts(knowledge, store.drafts, sharing),
    ask(question) {
      const answer = live.engine().answerer.answer(question);
      return JSON.stringify(answer);
    },
  };
}

async function draft(drafts: Drafts, clause = CLAUSE, title = TITLE): Promise<string> {
  const text = `${title}\n\n第一条　${clause}\n`;
  const nothing = {
    ...{ subtitle: undefined, label: undefined, publisher: undefined, number: undefined, published: undefined },
    ...{ url: undefined, effective: undefined, expires: undefined, region: undefined, audience: undefined },
  };
  const document = { title, ...nothing, reporters: [], about: [], doubts: [] };
  const { key } = await drafts.add(
    { ...document, paragraphs: [`第一条　${clause}`] },
    { name: 'rules.txt', bytes: new TextEncoder().encode(text) },
    OWNER,
  );
  return key;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

const says = (replica: Replica) => replica.ask(ASK).includes('2小时内移走');

describe('a document that an owner changes on one of several processes', () => {
  it('is enabled, replaced and disabled on all within seconds, also on one that comes later', async () => {
    const database = await lend();
    const [here, there] = [await temporaryFolder(goodFiles()), await temporaryFolder(goodFiles())];
    const one = await startReplica(database, here);
    const other = await startReplica(database, there);
    const accepted = await one.drafts.accept(await draft(one.drafts));
    const name = accepted?.folder ?? '';
    const began = performance.now();
    await until(() => says(one) && says(other));
    expect(performance.now() - began).toBeLessThan(20_000);
    process.stdout.write(`swapped on the other after ${Math.round(performance.now() - began)} ms\n`);
    expect(await readFile(join(there, name, 'source.md'), 'utf8')).toBe(
      await readFile(join(here, name, 'source.md'), 'utf8'),
    );

    const late = await startReplica(database, await temporaryFolder(goodFiles()));
    expect(says(late)).toBe(true);

    // The other may go on where the one began.
    await other.drafts.accept(await draft(other.drafts, CLAUSE.replace('2小时', '3小时')));
    await until(() => [one, other, late].every((each) => each.ask(ASK).includes('3小时内移走')));
    expect(says(one)).toBe(false);

    await late.shelf.disable(name);
    await until(() => [one, other, late].every((each) => !each.ask(ASK).includes('小时内移走')));
    expect((await one.shelf.list()).find((each) => each.name === name)?.enabled).toBe(false);
    await one.shelf.withdraw(name);
    await until(async () => (await late.shelf.list()).length === 1);
    expect((await readdir(there)).filter((each) => each.startsWith('.incoming'))).toEqual([]);
  });

  it('is there after a start, when the process was killed between storing and writing it', async () => {
    const database = await lend();
    const folder = await temporaryFolder(goodFiles());
    const store = await openStore({ url: database.url, now: Date.now, log: silent });
    const key = await draft(createDrafts(folder, store.drafts));
    await store.close();
    const before = await readdir(folder);
    const child = fork(new URL('./documents-child.ts', import.meta.url), [folder, database.url, key], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await readdir(folder)).toEqual(before);
    expect(says(await startReplica(database, folder))).toBe(true);
  });

  it('has versions that only grow, whoever writes, and never an older text after a newer', async () => {
    const database = await lend();
    const [one, other] = [
      await startReplica(database, await temporaryFolder(goodFiles())),
      await startReplica(database, await temporaryFolder(goodFiles())),
    ];
    const text = (count: number) => lines('---', `title: ${TITLE}`, '---', '', `第一条　第${count}稿。`);
    const put = ({ documents }: Replica, id: string, count: number) =>
      documents.put({ id, state: 'enabled', forced: false, texts: { 'source.md': text(count) } }, ANY);
    await Promise.all(
      Array.from({ length: 20 }, (_, count) => put(count % 2 ? one : other, `rules-${count % 4}`, count)),
    );
    const stored = await one.documents.since(0);
    expect(stored.map(({ version }) => version)).toEqual(
      stored.map(({ version }) => version).toSorted((a, b) => a - b),
    );
    expect([stored.length, stored.at(-1)?.version]).toEqual([4, 20]);
    await Promise.all([one.sharing.catchUp(), other.sharing.catchUp()]);
    const shelves = await Promise.all([one, other].map(async ({ shelf }) => await shelf.files('rules-0')));
    expect(shelves[0]).toEqual(shelves[1]);
    expect(await one.documents.since(20)).toEqual([]);
    const tooLong = { 'source.md': 'a'.repeat(17 * 1_048_576) };
    await expect(
      one.documents.put({ id: 'long', state: 'enabled', forced: false, texts: tooLong }, ANY),
    ).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is lost to nobody when two change it, or take another in by the same name, at the same moment', async () => {
    const database = await lend();
    const one = await startReplica(database, await temporaryFolder(goodFiles()));
    const other = await startReplica(database, await temporaryFolder(goodFiles()));
    const keys = await Promise.all([
      draft(one.drafts, CLAUSE, '通知（甲）'),
      draft(other.drafts, CLAUSE, '通知（乙）'),
    ]);
    const accepted = await Promise.all([one.drafts.accept(keys[0]), other.drafts.accept(keys[1])]);
    expect(accepted.map((each) => each?.folder).toSorted()).toEqual(['rules', 'rules-2']);
    await Promise.all([one.shelf.disable('rules'), other.shelf.supersede('rules', 'notice')]);
    for (const { shelf } of [one, other]) {
      const shelved = (await shelf.list()).find(({ name }) => name === 'rules');
      expect(shelved).toMatchObject({ enabled: false, frontMatter: { superseded_by: 'notice' } });
    }
  });

  it('wins over the folder where the database has it, and writes nowhere else', async () => {
    const database = await lend();
    const folder = await temporaryFolder(goodFiles());
    const one = await startReplica(database, folder);
    await one.shelf.supersede('notice', 'nothing');
    const stored = await readFile(join(folder, 'notice/source.md'), 'utf8');
    const later = await temporaryFolder(
      goodFiles({ 'own/source.md': lines('---', 'title: 自己的', '---', '', '一句。') }),
    );
    await writeFiles(later, { 'notice/questions.yaml': 'sections: []\n' });
    const row = (id: string, path: string) =>
      database.query('insert into documents values ($1, $2, $3, 0, $4, 0)', [
        id,
        id.length + 100,
        'enabled',
        JSON.stringify({ 'source.md': '', [path]: 'x' }),
      ]);
    await row('../away', 'questions.yaml');
    await row('paths', '../../away.md');
    const other = await startReplica(database, later);
    expect(other.damaged.toSorted()).toEqual(['../away', 'paths']);
    expect(await readFile(join(later, 'notice/source.md'), 'utf8')).toBe(stored);
    expect(await readFile(join(later, 'notice/questions.yaml'), 'utf8')).toContain('电梯多久检修');
    expect(await readdir(join(later, 'own'))).toEqual(['source.md']);
  });
});

it('the bot takes over what is stored, and says what to do where it cannot write', async () => {
  const database = await lend();
  const folder = await temporaryFolder(goodFiles());
  const other = await startReplica(database, await temporaryFolder(goodFiles()));
  await other.drafts.accept(await draft(other.drafts));
  const emulator = emulateTelegram();
  const { url } = await emulator.listen();
  const said: string[] = [];
  const note = (_: object, message: string) => void said.push(message);
  const start = () =>
    startApp({
      config: readConfig({ DATABASE_URL: database.url, KNOWLEDGE_DIR: folder }),
      token: emulator.token,
      apiRoot: url,
      log: { info: note, warn: note, error: note },
      limits: UNPACED,
    });
  cleaning.push(() => emulator.close());
  const mayWriteAnyway = process.getuid?.() === 0;
  if (!mayWriteAnyway) {
    await chmod(folder, 0o500);
    const app = await start();
    await app.stop(1_000);
    await chmod(folder, 0o700);
    expect(said.filter((line) => line.includes('KNOWLEDGE_DIR'))).toHaveLength(1);
  }
  const app = await start();
  cleaning.push(() => app.stop(1_000));
  const user = emulator.places.user({ first_name: '小王' });
  const chat = emulator.places.privateChat(user);
  const heard = () => emulator.watch.fromBot(chat).map(({ text }) => text ?? '');
  emulator.people.say(chat, user, ASK);
  await until(() => heard().length > 0);
  expect(heard()[0]).toContain('2小时内移走');
  await other.shelf.disable((await other.shelf.list()).find(({ title }) => title === TITLE)?.name ?? '');
  await until(() => said.includes('资料的改动已生效'));
  emulator.people.say(chat, user, ASK);
  await until(() => heard().length > 1);
  expect(heard()[1]).not.toContain('2小时内移走');
});
