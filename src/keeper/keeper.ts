import type { GivenFile } from '../importing/file.ts';
import { ImportError, type Refusal } from '../importing/refusal.ts';
import { type Draft, type Drafts, openDrafts } from './drafts.ts';
import type { KnownFolder } from './folders.ts';
import { type Inbox, type Job, openInbox } from './inbox.ts';
import { createReader, type Reader } from './reader.ts';
import { ALONE, type Sharing } from './sharing.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { openTrials, type Trials } from './trials.ts';

/** What owners do to the knowledge from a chat. */
export interface Keeper {
  readonly drafts: Drafts;
  readonly shelf: Shelf;
  readonly trials: Trials;
  /** Notes what was sent, so that it is read whatever happens. */
  readonly put: Inbox['put'];
  /** Whether a chat's last text was as long as a message may be, so that what follows at once goes on with it. */
  expects(chatId: number): Promise<boolean>;
  /** Looks at what was put, also by an earlier process. */
  wake(): void;
  stop(): Promise<void>;
}

/** What became of something that was sent. */
export type Taken =
  | {
      readonly outcome: 'drafts';
      readonly drafts: readonly { readonly draft: Draft; readonly twin: KnownFolder | undefined }[];
    }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'lost' };

export interface KeeperOptions {
  readonly knowledge: string;
  /** Fetches a file from Telegram; rejects when that fails. */
  readonly download: (fileId: string) => Promise<Uint8Array>;
  /** Tells the owner. What it puts into the outbox must be safe once it resolves. */
  readonly told: (job: Job, taken: Taken) => Promise<void>;
  readonly failed: (cause: unknown) => void;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Milliseconds to wait for the rest of a text that Telegram's apps cut into several messages. */
  readonly gatherMs?: number;
  /** Milliseconds after which the reading process ends when nothing more comes. */
  readonly idleMs?: number;
  readonly reader?: Reader;
  /** Tells other processes what owners change; absent: there are none. */
  readonly sharing?: Sharing;
}

/** A pasted text longer than a message is sent as several, each as long as one may be. */
const CUT_FROM = 3_800;
const GATHER_MS = 1_500;
const IDLE_MS = 5_000;
/** In milliseconds. */
const DOWNLOAD_AGAIN = [1_000, 5_000, 20_000] as const;

export function createKeeper(options: KeeperOptions): Keeper {
  const {
    knowledge,
    download,
    told,
    failed,
    now,
    sleep,
    gatherMs = GATHER_MS,
    idleMs = IDLE_MS,
    reader = createReader(),
    sharing = ALONE,
  } = options;
  const inbox = openInbox(knowledge);
  const drafts = openDrafts(knowledge, sharing);
  let working: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let turns = 0;

  async function work(): Promise<void> {
    do {
      again = false;
      for (let jobs = await nextOf(inbox); jobs.length > 0 && !stopped; jobs = await nextOf(inbox)) {
        const [first] = jobs as [Job];
        if (first.content.kind === 'text') {
          const wait = (jobs.at(-1) as Job).at + gatherMs - now();
          if (wait > 0) {
            await sleep(Math.min(wait, gatherMs));
            continue;
          }
        }
        const taken = await take(jobs).catch((cause: unknown): Taken => {
          failed(cause);
          return { outcome: 'lost' };
        });
        if (stopped) return;
        await told(jobs.at(-1) as Job, taken);
        for (const { id } of jobs) await inbox.remove(id);
      }
    } while (again && !stopped);
  }

  async function take(jobs: readonly Job[]): Promise<Taken> {
    const file = await fileOf(jobs);
    if (!file) return { outcome: 'lost' };
    try {
      const found = [];
      for (const document of await reader.read(file)) {
        const draft = await drafts.add(document, file);
        found.push({ draft, twin: await drafts.twin(draft) });
      }
      return { outcome: 'drafts', drafts: found };
    } catch (cause) {
      if (cause instanceof ImportError) return { outcome: 'refused', refusal: cause.refusal };
      throw cause;
    }
  }

  async function fileOf(jobs: readonly Job[]): Promise<GivenFile | undefined> {
    const [first] = jobs as [Job];
    if (first.content.kind === 'text') {
      const text = jobs.map(({ content }) => (content.kind === 'text' ? content.text : '')).join('');
      return { name: 'pasted.txt', bytes: new TextEncoder().encode(text) };
    }
    const { fileId, name } = first.content;
    for (const wait of [0, ...DOWNLOAD_AGAIN]) {
      if (wait > 0) await sleep(wait);
      if (stopped) return undefined;
      const bytes = await download(fileId).catch(failed);
      if (bytes) return { name, bytes };
    }
    return undefined;
  }

  /** Whoever sends one file often sends another. */
  async function closeWhenIdle(): Promise<void> {
    turns++;
    const mine = turns;
    await sleep(idleMs);
    if (turns === mine && !working) await reader.close();
  }

  function wake(): void {
    again = true;
    working ??= work()
      .catch(failed)
      .finally(() => {
        working = undefined;
        // Something came while the last of it was put away.
        if (again && !stopped) wake();
        else void closeWhenIdle();
      });
  }

  return {
    drafts,
    shelf: openShelf(knowledge, sharing),
    trials: openTrials(knowledge),
    put: inbox.put,
    async expects(chatId) {
      const last = (await inbox.waiting()).findLast((job) => job.chatId === chatId);
      return last?.content.kind === 'text' && last.content.text.length >= CUT_FROM;
    },
    wake,
    async stop() {
      stopped = true;
      await reader.close();
      await working;
    },
  };
}

/** The earliest job; a text with those that go on with it. */
async function nextOf({ waiting }: Inbox): Promise<readonly Job[]> {
  const [first, ...others] = await waiting();
  if (!first) return [];
  if (first.content.kind !== 'text') return [first];
  const jobs = [first];
  for (const job of others) {
    const last = jobs.at(-1) as Job;
    if (last.content.kind !== 'text' || job.content.kind !== 'text' || job.chatId !== first.chatId) break;
    if (last.content.text.length < CUT_FROM) break;
    jobs.push(job);
  }
  return jobs;
}
