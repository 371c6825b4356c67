import type { ExpressionBuilder } from 'kysely';
import { padded } from './batches.ts';
import type { ChatEffect } from './chat-effect.ts';
import { applyEffects } from './chat-effects.ts';
import { type ClaimWish, claim, type Outlook, outlook } from './claim.ts';
import { age, expire, release } from './due.ts';
import { isFreshReply, isOpen, isSending } from './open-rows.ts';
import { insertRows, LANES, type OutboxRow, type OutgoingRow, rowOf } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import type { Flood, News, Replica, Try } from './replicas.ts';
import { type Settlement, settle } from './settle.ts';
import type { Tables, Trx } from './tables.ts';

/** The queue of calls to Telegram that are still to be made, and the record of those that were. */
export interface Outbox {
  /** Rows that answer no update: notices, mostly. Those that do go through `Updates.commit`. */
  enqueue(rows: readonly OutgoingRow[]): Promise<void>;
  /** Whether other processes work on the same outbox. */
  readonly isShared: boolean;
  /** What those know us by. */
  readonly replica?: string | undefined;
  /** One transaction: writes what became of earlier claims, lets what is overdue expire, claims the next. */
  turn(work: TurnWork): Promise<TurnResult>;
  /**
   * Takes back rows that were claimed and never settled. Of these nobody knows whether they arrived: a reply goes
   * out again, but not after the third time; anything else becomes `unknown`. The only worker takes back everything
   * when it starts; one of several takes back what was claimed at least `heldMs` milliseconds ago, or by a process that
   * has given no sign of life for a quarter of a minute, so it is to be called every few seconds.
   */
  recover(heldMs?: number): Promise<Recovered>;
  /** Tries that began since then, oldest first: what a new worker that is the only one has to know of the pace. */
  tries(since: number): Promise<readonly Try[]>;
  /** What is under way; it counts rows, so ask seldom. */
  depth(): Promise<OutboxDepth>;
  /** When the oldest reply that waits was put in; undefined when none does. */
  oldest(): Promise<number | undefined>;
}

export interface TurnWork {
  readonly settle: readonly Settlement[];
  /** What the settled sends said of their chats; applied after settling, in this order. */
  readonly effects: readonly ChatEffect[];
  /** What is wished for, once it is known what other processes did meanwhile. */
  readonly claim?: ((news: News) => ClaimWish | undefined) | undefined;
  /** For other processes: what is about to be sent, and whether Telegram asks everybody to slow down. */
  readonly tell?: ((claimed: readonly OutboxRow[]) => Told) | undefined;
  /** Whether there is a pace to be kept together with other processes. */
  readonly paced?: boolean | undefined;
  /**
   * All the claims that we know of, given after a turn of which nobody knows whether it was committed: what else stands
   * under our name was never sent.
   */
  readonly holding?: readonly number[] | undefined;
}

export interface Told {
  readonly sends: readonly Try[];
  readonly flood: Flood | 'over' | 'unchanged';
}

export interface TurnResult {
  readonly claimed: readonly OutboxRow[];
  readonly expired: readonly OutboxRow[];
  /** Looked up only when nothing was claimed: otherwise the end of a send is the next occasion. */
  readonly outlook: Outlook | undefined;
}

export interface Recovered {
  readonly again: number;
  readonly unknown: readonly OutboxRow[];
}

export interface OutboxDepth {
  readonly replies: number;
  readonly broadcasts: number;
  readonly sending: number;
}

/** Rows that one turn lets expire; a whole campaign that missed its window takes several turns. */
const EXPIRED_A_TURN = 500;
/** A database on the network is spared looking for what is overdue or has come due while more is claimed, in milliseconds. */
const KEPT_EVERY = 100;
/** Rows that one turn lets go behind the fresh ones, or gives a turn now that they are due. */
const MOVED_A_TURN = 500;

/**
 * Doubtful tries after which an interrupted reply is left alone. A time-out allows one (delivery/outcome.ts); a kill
 * mostly falls before the call has left, and a second one soon after a restart is likely, so here it is one more.
 */
const INTERRUPTIONS = 2;

export function createOutboxStore(parts: Parts): Outbox {
  const { db, transact, now, seen, allowances, turns, replica } = parts;
  const isShared = replica !== undefined;
  /** When rows were last looked through for what is overdue or due, and whether there was nothing to claim since. */
  let keptAt = Number.NEGATIVE_INFINITY;
  let isIdle = true;
  return {
    isShared,
    replica: replica?.id,
    async enqueue(rows) {
      await transact((trx) =>
        insertRows(
          trx,
          rows.map((row) => ({ row })),
          now(),
          turns,
        ),
      );
    },
    turn: (work) =>
      transact(async (trx) => {
        const at = now();
        await settle(trx, work.settle, at, replica);
        if (replica && work.holding) await letGo(trx, replica, work.holding, at);
        await applyEffects(trx, work.effects, { now: at, seen, allowances, turns });
        const isTime = !isShared || isIdle || !work.claim || Math.abs(at - keptAt) >= KEPT_EVERY;
        if (isTime) keptAt = at;
        const expired = isTime ? await expire(trx, EXPIRED_A_TURN, at, isShared) : [];
        const aged = isTime ? await age(trx, MOVED_A_TURN, at, isShared) : 0;
        const released = isTime ? await release(trx, MOVED_A_TURN, at, parts) : 0;
        // From here on nothing waits for another process: see `Replica.hear`.
        const news = replica ? await replica.hear(trx, work.paced === true) : NOTHING_NEW;
        const wish = work.claim?.(news);
        const claimed = wish ? await claim(trx, wish, at, parts) : [];
        const told = replica && work.tell?.(claimed);
        if (told) await replica.tell(trx, told.sends, told.flood);
        isIdle = claimed.length === 0;
        const isPartial = expired.length === EXPIRED_A_TURN || Math.max(aged, released) === MOVED_A_TURN;
        const full = claimed.length > 0 || isPartial;
        return { claimed, expired, outlook: full ? undefined : await outlook(trx) };
      }),
    recover: (heldMs) =>
      transact(async (trx) => {
        const at = now();
        const dead = (await replica?.beat(trx, at)) ?? [];
        const isAbandoned = (eb: ExpressionBuilder<Tables, 'outbox'>) =>
          eb.or([
            eb('claimed_at', '<=', at - (heldMs ?? 0)),
            ...(dead.length > 0 ? [eb('claimed_by', 'in', dead)] : []),
          ]);
        const abandoned = trx
          .updateTable('outbox')
          .where(isSending)
          .$if(heldMs !== undefined, (query) => query.where(isAbandoned));
        const again = await abandoned
          .set((eb) => ({
            state: 'pending',
            not_before: at,
            turn: null,
            ambiguities: eb('ambiguities', '+', 1),
          }))
          .where('lane', '!=', LANES.broadcasts)
          .where('ambiguities', '<', INTERRUPTIONS)
          .returning('id')
          .execute();
        const unknown = await abandoned
          .set({ state: 'unknown', reason: 'interrupted', finished_at: at })
          .returningAll()
          .execute();
        return { again: again.length, unknown: unknown.map(rowOf) };
      }),
    async tries(since) {
      const found = await db
        .selectFrom('outbox')
        .select(['chat_id', 'kind', 'claimed_at'])
        .where('claimed_at', '>', since)
        .orderBy('claimed_at')
        .orderBy('id')
        .execute();
      return found.map(({ chat_id, kind, claimed_at }) => ({ chatId: chat_id, kind, at: claimed_at ?? since }));
    },
    async oldest() {
      const found = await db
        .selectFrom('outbox')
        .select((eb) => eb.fn.min('created_at').as('at'))
        .where(isFreshReply)
        .executeTakeFirst();
      return found?.at ?? undefined;
    },
    async depth() {
      const counts = await db
        .selectFrom('outbox')
        .select((eb) => ['lane', 'state', eb.fn.countAll<number>().as('rows')])
        .where(isOpen)
        .groupBy(['lane', 'state'])
        .execute();
      const of = (lane: number) =>
        Number(counts.find((count) => count.lane === lane && count.state === 'pending')?.rows ?? 0);
      const sending = counts.filter(({ state }) => state === 'sending');
      return {
        replies: of(LANES.replies) + of(LANES.late),
        broadcasts: of(LANES.broadcasts),
        sending: sending.reduce((sum, { rows }) => sum + Number(rows), 0),
      };
    },
  };
}

const NOTHING_NEW: News = { tries: [], flood: undefined };

/** Rows that were claimed in a transaction of which we never heard that it was committed: nobody has sent them. */
async function letGo(trx: Trx, { id }: Replica, holding: readonly number[], now: number): Promise<void> {
  await trx
    .updateTable('outbox')
    .set((eb) => ({ state: 'pending', not_before: now, turn: null, attempts: eb('attempts', '-', 1) }))
    .where(isSending)
    .where('claimed_by', '=', id)
    .where('id', 'not in', padded(holding, 0))
    .execute();
}
