import { Kysely } from 'kysely';
import { type Allowances, openAllowances } from './allowances.ts';
import { type Answers, createAnswers } from './answers.ts';
import type { Bell } from './bell.ts';
import { type Campaigns, createCampaigns } from './campaigns.ts';
import { type Chats, createChats } from './chats.ts';
import { createDocuments, type StoredDocuments } from './documents.ts';
import { createDrafts, createTrials, type StoredDrafts, type Trials } from './drafts.ts';
import { type Driver, driverFor } from './driver.ts';
import { createFeedback, type Feedback } from './feedback.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { type Lease, type LeaseLimits, SHARED, takeLease } from './lease.ts';
import { createMarks, type Marks } from './marks.ts';
import { migrate } from './migrations.ts';
import { createOutboxStore, type Outbox } from './outbox.ts';
import { openPeople, type People } from './people.ts';
import { createPointings, type Pointings } from './pointings.ts';
import { KEEPING, type Keeping, prune } from './prune.ts';
import { joinReplicas } from './replicas.ts';
import { createSeenChats } from './seen-chats.ts';
import { createStatistics, type Statistics } from './statistics.ts';
import { createSubscribers, type Subscribers } from './subscribers.ts';
import type { Tables } from './tables.ts';
import { createTransact } from './transact.ts';
import { openTurns } from './turns.ts';
import { createUnanswered, type Unanswered } from './unanswered.ts';
import { createUpdates, type Updates } from './updates.ts';

/** Everything that outlives a restart. */
export interface Store {
  readonly updates: Updates;
  readonly outbox: Outbox;
  readonly chats: Chats;
  readonly answers: Answers;
  readonly feedback: Feedback;
  readonly unanswered: Unanswered;
  readonly allowances: Allowances;
  readonly people: People;
  readonly campaigns: Campaigns;
  readonly subscribers: Subscribers;
  readonly marks: Marks;
  readonly statistics: Statistics;
  readonly pointings: Pointings;
  readonly inbox: Inbox;
  readonly drafts: StoredDrafts;
  readonly trials: Trials;
  /** Rings for the other processes on this database; undefined where there is none. */
  readonly bell: Bell | undefined;
  /** What owners changed for all processes on this database; undefined where there is one: its folder is enough. */
  readonly documents: StoredDocuments | undefined;
  /** To be the one process that works on it: see lease.ts. To be taken before any work. */
  lease(signal?: AbortSignal): Promise<Lease>;
  /** Deletes what is past its time, a little at a time; to be called about once an hour. Returns how many rows. */
  prune(): Promise<number>;
  /** Writes what is still in memory and closes the database. */
  close(): Promise<void>;
}

/** The few words of a pino logger that are needed here. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StoreOptions {
  /** sqlite:data/wence.db, sqlite::memory: or postgres://user:password@host/database */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly keeping?: Keeping | undefined;
  readonly leaseLimits?: LeaseLimits | undefined;
}

/**
 * Opens the database that a URL names, creating it and its folder, and brings its tables up to date.
 *
 * @throws StoreError with a sentence for the keeper when it can't be used
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return openDriver(await driverFor(options.url), options);
}

/** Opens a database by its driver: what `openStore` does once it has read the URL. */
export async function openDriver(driver: Driver, options: Omit<StoreOptions, 'url'>): Promise<Store> {
  const { now, log, keeping = KEEPING, leaseLimits } = options;
  const db = new Kysely<Tables>({ dialect: driver.dialect });
  try {
    await migrate(db, driver.types, driver.place);
    const [allowances, people] = [await openAllowances(db, now), await openPeople(db)];
    const transact = createTransact(db);
    const replica = driver.sharedAt === undefined ? undefined : joinReplicas(db, now);
    const turns = await openTurns(db);
    const parts = { db, transact, now, seen: createSeenChats(), allowances, turns, replica };
    const bell = replica && (await import('./bell.ts')).openBell(driver.sharedAt as string, replica.id);
    log.info({ database: driver.place }, '数据库已打开');
    return {
      updates: createUpdates(parts),
      outbox: createOutboxStore(parts),
      chats: createChats(parts),
      answers: createAnswers(parts),
      feedback: createFeedback(parts),
      unanswered: createUnanswered(parts),
      allowances,
      people,
      campaigns: createCampaigns(parts),
      subscribers: createSubscribers(parts),
      marks: createMarks(parts),
      statistics: createStatistics(parts),
      pointings: createPointings(parts),
      inbox: createInbox(parts),
      drafts: createDrafts(parts),
      trials: createTrials(parts),
      bell,
      documents: replica && createDocuments(parts, driver.place),
      // Several processes share a database on the network by its rows: see replicas.ts.
      lease: async (signal) => (replica ? SHARED : takeLease(db, driver.place, leaseLimits, signal)),
      prune: () => prune(db, now(), keeping),
      async close() {
        try {
          await bell?.close();
          await transact((trx) => allowances.flush(trx));
          await replica?.leave();
        } finally {
          await db.destroy();
        }
      },
    };
  } catch (cause) {
    await db.destroy();
    throw cause;
  }
}
