import type { Recovered } from '../storage/outbox.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';
import type { Log } from '../storage/store.ts';
import type { Ended } from './consequences.ts';

/** A row that has come to its final state. */
export interface Settled {
  readonly row: OutboxRow;
  readonly state: 'sent' | 'unknown' | 'failed' | 'expired';
  readonly messageId?: number | undefined;
  readonly reason?: string | undefined;
}

export interface Counts {
  readonly sent: number;
  readonly unknown: number;
  readonly failed: number;
  readonly expired: number;
  /** Tries that didn't end the row: it went out again. */
  readonly retried: number;
}

/** Counts what was written, and tells others of it. */
export interface Tally {
  settled(ended: readonly Ended[]): void;
  expired(rows: readonly OutboxRow[]): void;
  recovered(recovered: Recovered): void;
  counts(): Counts;
}

export function createTally(onSettled: (settled: Settled) => void, log: Log): Tally {
  const counts = { sent: 0, unknown: 0, failed: 0, expired: 0, retried: 0 };

  function end(settled: Settled): void {
    counts[settled.state]++;
    try {
      onSettled(settled);
    } catch (cause) {
      // A listener's fault must not hold up the sending.
      log.error({ row: settled.row.id, err: cause }, '处理发送结果时出错');
    }
  }

  return {
    settled(ended) {
      for (const { row, settlement } of ended) {
        if (settlement.to === 'pending') counts.retried++;
        else if (settlement.to === 'sent') end({ row, state: 'sent', messageId: settlement.messageId });
        else end({ row, state: settlement.to, reason: settlement.reason });
      }
    },
    expired(rows) {
      for (const row of rows) end({ row, state: 'expired', reason: 'expired' });
      const answers = rows.filter(({ kind }) => kind !== 'broadcast').length;
      if (answers > 0) log.warn({ answers }, '有些回答等了一天还没能发出去，不再发了');
    },
    recovered({ again, unknown }) {
      if (again + unknown.length === 0) return;
      log.warn({ again, unknown: unknown.length }, '上次停下时有消息正在发送：回答会再发一次，口号不再发');
      counts.retried += again;
      for (const row of unknown) end({ row, state: 'unknown', reason: 'interrupted' });
    },
    counts: () => ({ ...counts }),
  };
}
