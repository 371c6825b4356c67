import type { GivenFile } from '../importing/file.ts';
import { ImportError, type Refusal } from '../importing/refusal.ts';
import type { Trials } from '../storage/drafts.ts';
import type { Inbox, Job } from '../storage/inbox.ts';
import type { OutgoingRow } from '../storage/outbox-row.ts';
import type { Store } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';
import { createDrafts, type Draft, type Drafts } from './drafts.ts';
import type { KnownFolder } from './folders.ts';
import { createReader, type Reader } from './reader.ts';
import { ALONE, type Sharing } from './sharing.ts';
import { openShelf, type Shelf } from './shelf.ts';

/** What owners do to the knowledge from a chat. */
export interface Keeper {
  readonly drafts: Drafts;
  readonly shelf: Shelf;
  readonly trials: Trials;
  /** Notes what was sent, so that it is read whatever happens. */
  readonly put: Inbox['put'];
  /** Whether a chat's last text was as long as a message may be, so that what follows at once goes on with it. */
  expects(chatId: number): Promise<boolean>;
  /** Looks at what was put, also by an earlier process, or by another that is gone. */
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
  readonly store: Pick<Store, 'inbox' | 'drafts' | 'trials'>;
  /** Fetches a file from Telegram; rejects when that fails. */
  readonly download: (fileId: string) => Promise<Uint8Array>;
  /** What the owner is told. */
  readonly said: (job: Job, taken: Taken) => Promise<readonly OutgoingRow[]>;
  /** It is in the outbox. */
  readonly told: () => void;
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
    store: { inbox, trials, ...store },
    download,
    said,
    told,
    failed,
    now,
    sleep,
    gatherMs = GATHER_MS,
    idleMs = IDLE_MS,
    reader = createReader(),
    sharing = ALONE,
  } = options;
  const drafts = createDrafts(knowledge, store.drafts, sharing);
  let working: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let turns = 0;

  async function work(): Promise<void> {
    do {
      again = false;
      for (let jobs = await nextOf(inbox); jobs.length > 0 && !stopped; jobs = await nextOf(inbox)) {
        turns++;
        const [first] = jobs as [Job];
        if (first.content.kind === 'text') {
          const wait = (jobs.at(-1) as Job).at + gatherMs - now();
          if (wait > 0) {
            await sleep(Math.min(wait, gatherMs));
            continue;
          }
        }
        const taken = await take(jobs).catch((cause: unknown): Taken => {
          // It stays in the inbox until the database is back.
          if (cause instanceof StoreError && cause.code === 'away') throw cause;
          failed(cause);
          return { outcome: 'lost' };
        });
        if (stopped) return;
        const rows = await said(jobs.at(-1) as Job, taken);
        await inbox.end(
          jobs.map(({ id }) => id),
          rows,
        );
        told();
      }
    } while (again && !stopped);
  }

  async function take(jobs: readonly Job[]): Promise<Taken> {
    const [{ chatId }] = jobs as [Job];
    const file = await fileOf(jobs);
    if (!file) return { outcome: 'lost' };
    try {
      const found = [];
      for (const document of await reader.read(file)) {
        const draft = await drafts.add(document, file, chatId);
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
    const mine = turns;
    await sleep(idleMs);
    if (turns === mine) await reader.close();
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
    trials,
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

/** The earliest job that no other process has; a text with those that go on with it. */
async function nextOf({ waiting, claim }: Inbox): Promise<readonly Job[]> {
  for (const jobs of grouped(await waiting())) if (await claim((jobs[0] as Job).id)) return jobs;
  return [];
}

function grouped(all: readonly Job[]): readonly (readonly Job[])[] {
  const groups: Job[][] = [];
  for (const job of all) {
    const group = groups.at(-1);
    if (group && goesOn(group.at(-1) as Job, job)) group.push(job);
    else groups.push([job]);
  }
  return groups;
}

function goesOn(last: Job, { chatId, content }: Job): boolean {
  if (last.content.kind !== 'text' || content.kind !== 'text' || chatId !== last.chatId) return false;
  return last.content.text.length >= CUT_FROM;
}
