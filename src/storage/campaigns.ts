import type { Selectable } from 'kysely';
import { readJson } from './json.ts';
import { insertRows, type OutgoingRow } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import type { OutboxState, Tables } from './tables.ts';

/** Campaigns, each one row by name and local date. Their deliveries are outbox rows, one per chat. */
export interface Campaigns {
  /** The campaign of that name and date, made now if it isn't there: whoever asks gets the same row. */
  begin(name: string, localDate: string, content: unknown): Promise<Begun>;
  /**
   * Puts deliveries into the outbox; a chat that has one already gets no second. Returns how many are new. So it may
   * be repeated after a crash, or called with those that are due by now, minute after minute.
   */
  deliver(campaignId: number, rows: readonly Delivery[]): Promise<number>;
  /** What became of the deliveries so far. */
  summary(campaignId: number): Promise<CampaignSummary>;
  /** Keeps what was learned (such as a file_id), or that the campaign is over. */
  update(campaignId: number, change: { readonly content?: unknown; readonly finishedAt?: number }): Promise<void>;
  /** The latest ones of that name, latest date first. */
  latest(name: string, limit: number): Promise<readonly Campaign[]>;
}

export type Delivery = Omit<OutgoingRow, 'kind' | 'campaignId'>;

export interface Campaign {
  readonly id: number;
  readonly name: string;
  /** YYYY-MM-DD */
  readonly localDate: string;
  /** JSON of the caller's own shape; let it carry a version. Undefined when the row is damaged. */
  readonly content: unknown;
  readonly createdAt: number;
  readonly finishedAt?: number | undefined;
}

export interface Begun {
  readonly campaign: Campaign;
  /** Whether this call made it. */
  readonly fresh: boolean;
}

export interface CampaignSummary {
  readonly states: Readonly<Record<OutboxState, number>>;
  /** Failed, unknown and expired ones by their reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** When the first delivery was put in and the last one was finished. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

const NONE: Readonly<Record<OutboxState, number>> = {
  pending: 0,
  sending: 0,
  sent: 0,
  unknown: 0,
  failed: 0,
  expired: 0,
};

export function createCampaigns({ db, transact, now, turns }: Parts): Campaigns {
  return {
    async begin(name, localDate, content) {
      const made = await db
        .insertInto('campaigns')
        .values({ name, local_date: localDate, content: JSON.stringify(content), created_at: now() })
        .onConflict((conflict) => conflict.columns(['name', 'local_date']).doNothing())
        .returning('id')
        .executeTakeFirst();
      const found = await db
        .selectFrom('campaigns')
        .selectAll()
        .where('name', '=', name)
        .where('local_date', '=', localDate)
        .executeTakeFirstOrThrow();
      return { campaign: campaignOf(found), fresh: made !== undefined };
    },
    deliver: (campaignId, rows) =>
      transact((trx) =>
        insertRows(
          trx,
          rows.map((row) => ({ row: { ...row, kind: 'broadcast', campaignId } })),
          now(),
          turns,
        ),
      ),
    async summary(campaignId) {
      const found = await db
        .selectFrom('outbox')
        .select((eb) => [
          'state',
          'reason',
          eb.fn.countAll<number>().as('rows'),
          eb.fn.min('created_at').as('startedAt'),
          eb.fn.max('finished_at').as('endedAt'),
        ])
        .where('campaign_id', '=', campaignId)
        .groupBy(['state', 'reason'])
        .execute();
      const states = { ...NONE };
      const reasons: Record<string, number> = {};
      for (const { state, reason, rows } of found) {
        states[state] += Number(rows);
        if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + Number(rows);
      }
      const times = (all: readonly (number | null)[]) => all.filter((time) => time !== null);
      const started = times(found.map(({ startedAt }) => startedAt));
      const ended = times(found.map(({ endedAt }) => endedAt));
      return {
        states,
        reasons,
        startedAt: started.length > 0 ? Math.min(...started) : undefined,
        endedAt: ended.length > 0 ? Math.max(...ended) : undefined,
      };
    },
    async update(campaignId, { content, finishedAt }) {
      if (content === undefined && finishedAt === undefined) return;
      await db
        .updateTable('campaigns')
        .set({
          ...(content === undefined ? {} : { content: JSON.stringify(content) }),
          ...(finishedAt === undefined ? {} : { finished_at: finishedAt }),
        })
        .where('id', '=', campaignId)
        .execute();
    },
    async latest(name, limit) {
      const found = await db
        .selectFrom('campaigns')
        .selectAll()
        .where('name', '=', name)
        .orderBy('local_date', 'desc')
        .limit(limit)
        .execute();
      return found.map(campaignOf);
    },
  };
}

function campaignOf(found: Selectable<Tables['campaigns']>): Campaign {
  return {
    id: found.id,
    name: found.name,
    localDate: found.local_date,
    content: readJson(found.content),
    createdAt: found.created_at,
    finishedAt: found.finished_at ?? undefined,
  };
}
