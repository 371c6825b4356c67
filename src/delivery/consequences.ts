import type { ChatEffect } from '../storage/chat-effect.ts';
import type { OutboxRow } from '../storage/outbox-row.ts';
import type { Settlement } from '../storage/settle.ts';
import type { Log } from '../storage/store.ts';
import { createBreaker } from './breaker.ts';
import type { Halt } from './halt.ts';
import type { DeliveryLimits } from './limits.ts';
import { type FailureReason, judge, type SendResult, type Verdict } from './outcome.ts';

/** A send that has come to its end, and what is to be written about it. */
export interface Ended {
  readonly row: OutboxRow;
  readonly verdict: Verdict;
  readonly settlement: Settlement;
  readonly effects: readonly ChatEffect[];
}

export interface Consequences {
  /** Draws from one result what concerns the row, its chat, and everybody. */
  draw(row: OutboxRow, result: SendResult, at: number): Ended;
}

/** Failures that speak of the chat and not of what was sent. */
const BY_CHAT: ReadonlySet<FailureReason> = new Set(['no-access', 'chat-not-found', 'no-rights', 'topic-closed']);

export function createConsequences(halt: Halt, limits: DeliveryLimits, log: Log): Consequences {
  const breaker = createBreaker(limits.breaker);
  let open = false;
  /** Chats given up lately: given back should the breaker open. */
  let givenUp: { readonly chatId: number; readonly at: number }[] = [];

  /** Returns what is to be undone. */
  function note(refusedByChat: boolean, at: number): readonly ChatEffect[] {
    const wasOpen = open;
    open = breaker.note(refusedByChat, at);
    if (open && !wasOpen) {
      const undone = givenUp.filter((chat) => at - chat.at <= limits.breaker.ms);
      givenUp = [];
      log.error({ restored: undone.length }, '大多数发送都被拒绝，可能是 Telegram 出了故障：暂不停用任何群');
      return undone.map(({ chatId }) => ({ kind: 'restore', chatId }));
    }
    if (wasOpen && !open) log.info({}, '发送恢复正常');
    return [];
  }

  function giveUp(effect: ChatEffect & { readonly chatId: number }, at: number): readonly ChatEffect[] {
    if (open) return [];
    givenUp = [...givenUp.filter((chat) => at - chat.at <= limits.breaker.ms), { chatId: effect.chatId, at }];
    return [effect];
  }

  function effectsOf(row: OutboxRow, verdict: Verdict, at: number): readonly ChatEffect[] {
    const { chatId } = row;
    switch (verdict.kind) {
      case 'sent':
        return [...note(false, at), ...topicOf(row)];
      case 'rekey':
        return [{ kind: 'migrate', from: chatId, to: verdict.to }];
      case 'unknown':
        return [];
      case 'again':
        return verdict.because === 'too-many' ? [{ kind: 'pause', chatId, until: verdict.at }] : [];
      case 'failed': {
        const restored = note(BY_CHAT.has(verdict.reason), at);
        return [...restored, ...consequencesOfFailure(row, verdict.reason, verdict.error, at)];
      }
    }
  }

  function consequencesOfFailure(
    row: OutboxRow,
    reason: FailureReason,
    error: string,
    at: number,
  ): readonly ChatEffect[] {
    const { chatId } = row;
    switch (reason) {
      case 'no-access':
        return giveUp({ kind: 'deactivate', chatId, reason: error }, at);
      case 'chat-not-found':
        return giveUp({ kind: 'not-found', chatId, days: limits.notFoundDays }, at);
      case 'topic-closed':
        return row.kind === 'broadcast'
          ? giveUp({ kind: 'slogan-off', chatId, reason, days: limits.topicClosedDays }, at)
          : [];
      case 'no-rights':
      case 'nothing-to-edit':
        return [];
      case 'damaged':
        log.error({ row: row.id }, '一条待发的消息在数据库里已损坏，不再发');
        return [];
      case 'rejected':
        log.warn({ row: row.id, method: row.method, error }, 'Telegram 不接受这条消息');
        return [];
    }
  }

  return {
    draw(row, result, at) {
      const verdict = judge(result, row, at, limits.retry, halt.trouble() === 'ambiguous');
      return { row, verdict, settlement: settlementOf(row.id, verdict), effects: effectsOf(row, verdict, at) };
    },
  };
}

/** Where a slogan could go: whatever got through to a topic, and the slogan itself. */
function topicOf({ chatId, threadId, kind }: OutboxRow): readonly ChatEffect[] {
  const isTold = threadId !== undefined || kind === 'broadcast';
  return isTold ? [{ kind: 'topic-works', chatId, topic: threadId ?? null }] : [];
}

function settlementOf(id: number, verdict: Verdict): Settlement {
  switch (verdict.kind) {
    case 'sent':
      return { id, to: 'sent', messageId: verdict.messageId };
    case 'again':
    case 'rekey': {
      const ambiguous = verdict.kind === 'again' && verdict.because === 'ambiguous';
      return { id, to: 'pending', notBefore: verdict.at, error: verdict.error, ambiguous };
    }
    case 'unknown':
      return { id, to: 'unknown', reason: 'ambiguous', error: verdict.error };
    case 'failed':
      return { id, to: 'failed', reason: verdict.reason, error: verdict.error };
  }
}
