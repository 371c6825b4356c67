import type { Message } from '@grammyjs/types';
import { Api } from 'grammy';
import type { FaultOutcome } from 'telegram-emulator/faults';
import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/delivery/outcome.ts';
import type { OutboxRow } from '../../src/storage/outbox-row.ts';
import { createFetch } from '../../src/telegram/http.ts';
import { createSender } from '../../src/telegram/sender.ts';
import { emulateTelegram } from '../emulated.ts';
import { inGroup, privately, UNPACED, useBot } from './harness.ts';

const ASK = '社区工作者有体检吗';
const QUICK = { ...UNPACED, retry: { ...UNPACED.retry, ambiguousMs: 20, unreachedMs: 20, unauthorizedMs: 20 } };
const bot = useBot({ limits: QUICK });

async function answersAfter(...outcomes: readonly FaultOutcome[]): Promise<readonly Message[]> {
  const { chat, user } = privately(bot());
  const { emulator, replies } = bot();
  for (const outcome of outcomes) emulator.faults.add({ method: 'sendMessage', chatId: chat.id, outcome });
  return await replies(chat, () => emulator.people.say(chat, user, ASK));
}

describe('an answer whose send', () => {
  it.each<[string, readonly FaultOutcome[], number]>([
    ['is refused for a second (429) comes after it', [{ kind: '429', retryAfter: 1 }], 1],
    ['is reset before it arrives comes once', [{ kind: 'drop-before' }], 1],
    ['is reset after it arrived comes twice: nobody can know', [{ kind: 'drop-after' }], 2],
    ['meets a 500 comes once', [{ kind: '500' }], 1],
    ['meets a 502 in HTML comes once', [{ kind: 'html' }], 1],
    ['is in doubt twice is not tried a third time', [{ kind: 'drop-before' }, { kind: 'html' }], 0],
    [
      'is in doubt twice, and arrived each time, comes no third time',
      [{ kind: 'drop-after' }, { kind: 'drop-after' }],
      2,
    ],
    ['is not accepted is given up', [{ kind: '400', description: 'message is too long' }], 0],
  ])('%s', async (_, outcomes, times) => {
    expect(await answersAfter(...outcomes)).toHaveLength(times);
  });

  it('goes to a chat that must wait holds up no other chat', async () => {
    const slow = privately(bot());
    const quick = privately(bot());
    const { emulator, settled } = bot();
    emulator.faults.add({ method: 'sendMessage', chatId: slow.chat.id, outcome: { kind: '429', retryAfter: 1 } });
    const order: number[] = [];
    const stop = emulator.watch.subscribe((event) => {
      if (event.kind === 'message' && event.message.from?.is_bot) order.push(event.message.chat.id);
    });
    emulator.people.say(slow.chat, slow.user, ASK);
    emulator.people.say(slow.chat, slow.user, ASK);
    emulator.people.say(quick.chat, quick.user, ASK);
    await settled();
    stop();
    expect(order).toEqual([quick.chat.id, slow.chat.id, slow.chat.id]);
  });

  it('meets slow mode waits as people do, and comes in order', async () => {
    const { chat, user } = inGroup(bot());
    const { emulator, replies } = bot();
    const questions = [ASK, '外资可以独资做物联网平台吗'].map((text) =>
      emulator.people.say(chat, user, `@wence_bot ${text}`),
    );
    emulator.rule.slowMode(chat, 1);
    const answers = await replies(chat, () => {});
    expect(answers.map(({ reply_to_message: to }) => to?.message_id)).toEqual(questions.map((each) => each.message_id));
  });

  it('follows another in its chat keeps its place, whatever happens to the first', async () => {
    const { chat, user } = privately(bot());
    const { emulator, replies } = bot();
    emulator.faults.add({ method: 'sendMessage', chatId: chat.id, outcome: { kind: '500' } });
    const asked: Message[] = [];
    const answers = await replies(chat, () => {
      for (const text of [ASK, '哪几个地区先试点', ASK]) asked.push(emulator.people.say(chat, user, text));
    });
    expect(answers.map(({ reply_to_message: to }) => to?.message_id)).toEqual(asked.map((each) => each.message_id));
  });
});

describe('the sender tells', () => {
  const row: OutboxRow = {
    id: 1,
    chatId: 5,
    kind: 'reply',
    method: 'sendMessage',
    payload: { text: '答' },
    state: 'sending',
    attempts: 1,
    ambiguities: 0,
    createdAt: 0,
    notBefore: 0,
  };

  async function sendTo(url: string, changes: Partial<OutboxRow> = {}): Promise<SendResult> {
    const send = createSender(
      new Api('1:token-that-must-not-show', { apiRoot: url, timeoutSeconds: 1, fetch: createFetch() }),
    );
    return await send({ ...row, ...changes }, new AbortController().signal);
  }

  it('a server that is not there from one that may have taken the message', async () => {
    const emulator = emulateTelegram({ token: '1:token-that-must-not-show' });
    const { url } = await emulator.listen();
    for (const kind of ['drop-before', 'hang', 'html', '500'] as const) {
      emulator.faults.add({ outcome: { kind } });
      expect(await sendTo(url), kind).toMatchObject({ kind: 'ambiguous' });
    }
    await emulator.close();
    expect(await sendTo('http://127.0.0.1:2')).toEqual({ kind: 'unreached', reason: 'ECONNREFUSED' });
    expect(await sendTo('http://nowhere.invalid')).toMatchObject({ kind: 'unreached' });
  });

  it('a group that became a supergroup, and how long to wait', async () => {
    const emulator = emulateTelegram({ token: '1:token-that-must-not-show' });
    const { url } = await emulator.listen();
    const group = emulator.places.group();
    const supergroup = emulator.rule.migrate(group);
    expect(await sendTo(url, { chatId: group.id })).toMatchObject({
      kind: 'refused',
      code: 400,
      migrateToChatId: supergroup.id,
    });
    emulator.faults.add({ outcome: { kind: '429', retryAfter: 7 } });
    expect(await sendTo(url, { chatId: supergroup.id })).toMatchObject({ kind: 'refused', code: 429, retryAfter: 7 });
    await emulator.close();
  });

  it('nothing of the token', async () => {
    expect(JSON.stringify(await sendTo('http://127.0.0.1:1'))).not.toContain('token-that');
  });
});
