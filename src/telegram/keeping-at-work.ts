import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import { MOST_BYTES } from '../importing/limits.ts';
import { createKeeper } from '../keeper/keeper.ts';
import { type Lesson, writeLesson } from '../keeper/lessons.ts';
import { type Sharing, textsOf } from '../keeper/sharing.ts';
import type { BotDeps, Keeping, Learned } from './deps.ts';
import { takenRows } from './keeping.ts';
import { notice } from './reply.ts';

export interface KeepingOptions extends Pick<BotDeps, 'token' | 'apiRoot' | 'store' | 'log' | 'now' | 'engine'> {
  readonly api: Api;
  readonly knowledge: string;
  readonly reload: Keeping['reload'];
  readonly sharing: Sharing;
  /** Says that something is in the outbox. */
  readonly notify: () => void;
  /** When it is over, so is every download. */
  readonly life: AbortSignal;
  readonly gatherMs?: number | undefined;
}

/** In milliseconds: 20 MB over a slow line. */
const DOWNLOAD_MS = 60_000;

/** The keeper of documents, with Telegram to fetch files from and the outbox to tell owners by. */
export function createKeeping(options: KeepingOptions): Keeping {
  const { token, apiRoot, store, log, now, engine, api, knowledge, reload, sharing, notify, life, gatherMs } = options;
  const until = () => AbortSignal.any([life, AbortSignal.timeout(DOWNLOAD_MS)]);

  const keeper = createKeeper({
    knowledge,
    store,
    sharing,
    now,
    ...(gatherMs === undefined ? {} : { gatherMs }),
    sleep: (ms) => sleep(ms, undefined, { signal: life, ref: false }).catch(() => {}),
    failed: (err) => log.warn({ err }, '一份发来的文件没有处理好'),
    async download(fileId) {
      const { file_path: path = '' } = await api.getFile(fileId);
      // A Bot API server of one's own, run with --local, tells where on this machine the file is.
      if (path.startsWith('/')) return new Uint8Array(await readFile(path));
      const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: until() });
      if (!response.ok) throw new Error(`file: status ${response.status}`);
      return await bytesOf(response);
    },
    said: takenRows,
    told: notify,
  });

  async function learnNow(lesson: Lesson, force: boolean): Promise<Learned> {
    const written = await writeLesson(knowledge, engine(), lesson);
    if (written.outcome !== 'written') return written;
    const reloaded = await reload({ force });
    if (reloaded.outcome === 'live' || reloaded.outcome === 'unchanged') {
      // What was taken here is taken there.
      const { document, title } = written;
      await sharing.put(document, 'enabled', () => textsOf(join(knowledge, document)), { forced: true });
      return { outcome: 'learned', title };
    }
    await written.undo();
    await reload();
    return reloaded.outcome === 'withheld' ? reloaded : { outcome: 'broken' };
  }

  let lessons: Promise<unknown> = Promise.resolve();

  return {
    keeper,
    async reload(wish) {
      const reloaded = await reload(wish);
      if (wish?.force) await sharing.force();
      return reloaded;
    },
    // One after the other: a lesson that is taken back must not take the next one with it.
    learn(lesson, { force = false } = {}) {
      const learned = lessons.then(() => sharing.turn(() => learnNow(lesson, force)));
      lessons = learned.catch(() => {});
      return learned;
    },
    tell(chatId, message) {
      store.outbox.enqueue([notice(chatId, message)]).then(notify, (err: unknown) => {
        log.warn({ err }, '没能告诉管理员资料的改动怎么样了');
      });
    },
  };
}

/** No more than a file may have: what is longer is refused by its first bytes too many. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) break;
  }
  return new Uint8Array(Buffer.concat(chunks));
}
