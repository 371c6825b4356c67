import { describe, expect, it } from 'vitest';
import { judge, RETRY_LIMITS, type SendResult, type Verdict } from '../../src/delivery/outcome.ts';
import type { OutboxRow } from '../../src/storage/outbox-row.ts';

const AT = 1_000_000;
const REPLY: OutboxRow = {
  id: 1,
  chatId: -5,
  kind: 'reply',
  method: 'sendMessage',
  payload: {},
  state: 'sending',
  attempts: 1,
  ambiguities: 0,
  createdAt: 0,
  notBefore: 0,
};
const AGAIN: OutboxRow = { ...REPLY, attempts: 2, ambiguities: 1 };
const SLOGAN: OutboxRow = { ...REPLY, kind: 'broadcast' };
const EDIT: OutboxRow = { ...REPLY, method: 'editMessageText', messageId: 9 };

const refused = (code: number, description: string, more = {}): SendResult => ({
  kind: 'refused',
  code,
  description,
  ...more,
});
const ambiguous: SendResult = { kind: 'ambiguous', reason: 'ECONNRESET' };

type Row = readonly [what: string, result: SendResult, row: OutboxRow, verdict: Partial<Verdict> & { kind: string }];

const TABLE: readonly Row[] = [
  ['200', { kind: 'delivered', messageId: 7 }, REPLY, { kind: 'sent', messageId: 7 }],
  [
    '429 with retry_after',
    refused(429, 'Too Many Requests: retry after 35', { retryAfter: 35 }),
    REPLY,
    { kind: 'again', because: 'too-many', at: AT + 35_000 },
  ],
  [
    '429 without',
    refused(429, 'Too Many Requests'),
    SLOGAN,
    { kind: 'again', because: 'too-many', at: AT + RETRY_LIMITS.tooManyMs },
  ],
  [
    'kicked from a group',
    refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
    REPLY,
    { kind: 'failed', reason: 'no-access' },
  ],
  ['blocked', refused(403, 'Forbidden: bot was blocked by the user'), SLOGAN, { kind: 'failed', reason: 'no-access' }],
  [
    'not a member',
    refused(403, 'Forbidden: bot is not a member of the channel chat'),
    REPLY,
    { kind: 'failed', reason: 'no-access' },
  ],
  [
    'a deactivated person',
    refused(403, 'Forbidden: user is deactivated'),
    REPLY,
    { kind: 'failed', reason: 'no-access' },
  ],
  [
    'a deleted group',
    refused(403, 'Forbidden: the group chat was deleted'),
    REPLY,
    { kind: 'failed', reason: 'no-access' },
  ],
  ['chat not found', refused(400, 'Bad Request: chat not found'), REPLY, { kind: 'failed', reason: 'chat-not-found' }],
  [
    'not enough rights',
    refused(400, 'Bad Request: not enough rights to send text messages to the chat'),
    REPLY,
    { kind: 'failed', reason: 'no-rights' },
  ],
  ['CHAT_RESTRICTED', refused(400, 'Bad Request: CHAT_RESTRICTED'), SLOGAN, { kind: 'failed', reason: 'no-rights' }],
  [
    'CHAT_WRITE_FORBIDDEN as a 403',
    refused(403, 'Forbidden: CHAT_WRITE_FORBIDDEN'),
    SLOGAN,
    { kind: 'failed', reason: 'no-rights' },
  ],
  ['TOPIC_CLOSED', refused(400, 'Bad Request: TOPIC_CLOSED'), SLOGAN, { kind: 'failed', reason: 'topic-closed' }],
  [
    'a topic that is gone',
    refused(400, 'Bad Request: message thread not found'),
    SLOGAN,
    { kind: 'failed', reason: 'topic-closed' },
  ],
  [
    'a migration',
    refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrateToChatId: -1005 }),
    REPLY,
    { kind: 'rekey', to: -1005, at: AT },
  ],
  [
    'a migration to itself',
    refused(400, 'Bad Request: group chat was upgraded', { migrateToChatId: -5 }),
    REPLY,
    { kind: 'failed', reason: 'rejected' },
  ],
  [
    'a migration in a circle',
    refused(400, 'Bad Request: group chat was upgraded', { migrateToChatId: -6 }),
    { ...REPLY, attempts: 50 },
    { kind: 'failed', reason: 'rejected' },
  ],
  [
    'never left',
    { kind: 'unreached', reason: 'ECONNREFUSED' },
    SLOGAN,
    { kind: 'again', because: 'unreached', at: AT + RETRY_LIMITS.unreachedMs },
  ],
  ['an ambiguous answer', ambiguous, REPLY, { kind: 'again', because: 'ambiguous', at: AT + RETRY_LIMITS.ambiguousMs }],
  ['an answer ambiguous twice', ambiguous, AGAIN, { kind: 'unknown' }],
  ['an ambiguous slogan', ambiguous, SLOGAN, { kind: 'unknown' }],
  ['an ambiguous notice', ambiguous, { ...REPLY, kind: 'notice' }, { kind: 'again', because: 'ambiguous' }],
  ['a 502', refused(502, 'Bad Gateway'), SLOGAN, { kind: 'unknown' }],
  ['a 500 for an answer', refused(500, 'Internal Server Error'), REPLY, { kind: 'again', because: 'ambiguous' }],
  ['a wrong token', refused(401, 'Unauthorized'), REPLY, { kind: 'again', because: 'unauthorized' }],
  ['a malformed token', refused(404, 'Not Found'), SLOGAN, { kind: 'again', because: 'unauthorized' }],
  ['a wrong method', refused(404, 'Not Found: method not found'), REPLY, { kind: 'failed', reason: 'rejected' }],
  ['our own mistake', refused(400, "Bad Request: can't parse entities"), REPLY, { kind: 'failed', reason: 'rejected' }],
  [
    'an edit without a change',
    refused(400, 'Bad Request: message is not modified: specified new message content'),
    EDIT,
    { kind: 'sent', messageId: 9 },
  ],
  [
    'an edit of nothing',
    refused(400, 'Bad Request: message to edit not found'),
    EDIT,
    { kind: 'failed', reason: 'nothing-to-edit' },
  ],
];

describe('what a send can end in', () => {
  it.each(TABLE)('%s', (_, result, row, verdict) => {
    expect(judge(result, row, AT)).toMatchObject(verdict);
  });

  it('keeps no token, and no more of an error than is needed', () => {
    const reason = `request to https://api.telegram.org/bot123456:AA-bb_CC/sendMessage failed ${'x'.repeat(999)}`;
    const verdict = judge({ kind: 'ambiguous', reason }, REPLY, AT);
    const error = 'error' in verdict ? verdict.error : '';
    expect(error).toContain('https://api.telegram.org/bot…/sendMessage failed');
    expect(error).not.toContain('AA-bb_CC');
    expect(error.length).toBeLessThanOrEqual(300);
  });
});
