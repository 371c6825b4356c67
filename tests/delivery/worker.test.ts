import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import type { SendResult } from '../../src/delivery/outcome.ts';
import { type Bench, broadcast, createBench, DELIVERED, later, refused, reply, START } from './fixture.ts';

const MINUTE = 60_000;

describe('the outbox worker', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench();
    await bench.worker.start();
  });
  afterEach(() => bench.close());

  it('sends what is put in at once, and tells what became of it', async () => {
    bench.answer(() => ({ kind: 'delivered', messageId: 77 }));
    await bench.enqueue(reply(1, '答'));
    expect(bench.texts()).toEqual(['答']);
    expect(bench.settled).toMatchObject([{ state: 'sent', messageId: 77, row: { chatId: 1 } }]);
    expect(await bench.worker.stats()).toEqual({
      sent: 1,
      unknown: 0,
      failed: 0,
      expired: 0,
      retried: 0,
      inAir: 0,
      queue: { replies: 0, broadcasts: 0, sending: 0 },
    });
  });

  it('keeps the order within a chat while other chats go ahead', async () => {
    bench.answer(({ row }) => (row.chatId === 1 ? later(bench.clock, 5_000, DELIVERED) : DELIVERED));
    await bench.enqueue(reply(1, '甲1'), reply(1, '甲2'), reply(2, '乙1'), reply(2, '乙2'), reply(1, '甲3'));
    expect(bench.texts()).toEqual(['甲1', '乙1', '乙2']);
    await bench.clock.advance(5_000);
    expect(bench.texts().slice(3)).toEqual(['甲2']);
    await bench.clock.advance(10_000);
    expect(bench.texts().slice(4)).toEqual(['甲3']);
  });

  it('delays nobody else when one chat gets a long 429, and sends there when it is over', async () => {
    const until = START + 3_600_000;
    bench.answer(({ row, at }) =>
      row.chatId === -1 && at < until ? refused(429, 'Too Many Requests', { retryAfter: 3_600 }) : DELIVERED,
    );
    await bench.enqueue(reply(-1, '甲1'), reply(-1, '甲2'), broadcast(-1, '口号'), reply(2, '乙'));
    for (let minute = 0; minute < 59; minute++) {
      await bench.enqueue(reply(3, `丙${minute}`));
      await bench.clock.advance(MINUTE);
    }
    expect(bench.calls.filter(({ row }) => row.chatId === -1)).toHaveLength(1);
    expect(bench.calls).toHaveLength(61);
    await bench.clock.advance(2 * MINUTE);
    const late = bench.calls.filter(({ row }) => row.chatId === -1).slice(1);
    expect(late.map(({ text }) => text)).toEqual(['甲1', '甲2', '口号']);
    expect(late[0]?.at).toBe(until);
  });

  it('pauses everything but a probe when Telegram asks everybody to slow down, and then sends it all', async () => {
    bench.answer(({ at }) => (at < START + 10_000 ? refused(429, 'Too Many Requests', { retryAfter: 10 }) : DELIVERED));
    await bench.enqueue(...[1, 2, 3].map((chatId) => reply(chatId, '答')));
    await bench.enqueue(reply(4, '答'));
    expect(bench.calls).toHaveLength(3);
    expect(bench.said).toEqual(['Telegram 要求放慢：全部暂停，隔一会儿试一条']);
    await bench.clock.advance(11_000);
    expect(bench.calls.map(({ row, at }) => [row.chatId, (at - START) / 1_000]).slice(3)).toEqual([
      [4, 1],
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 11],
    ]);
    expect(await bench.worker.stats()).toMatchObject({ sent: 4, retried: 4 });
  });

  it('holds nobody up for groups in slow mode, but for themselves', async () => {
    const spoken = new Map<number, number>();
    bench.answer(({ row, at }) => {
      const free = row.chatId > 0 ? at : (spoken.get(row.chatId) ?? at);
      if (at < free) return refused(429, 'Too Many Requests', { retryAfter: Math.ceil((free - at) / 1_000) });
      spoken.set(row.chatId, at + 3_600_000);
      return DELIVERED;
    });
    const groups = Array.from({ length: 50 }, (_, index) => -index - 1);
    for (let round = 0; round < 2; round++) await bench.enqueue(...groups.map((chatId) => reply(chatId, '群')));
    const asked = bench.clock.now();
    await bench.enqueue(reply(5, '答'));
    expect(bench.calls.at(-1)).toMatchObject({ text: '答', at: asked });
    await bench.clock.advance(60 * MINUTE);
    expect(bench.calls).toHaveLength(50 + 50 + 1 + 50);
    expect(bench.said).toEqual([]);
  });

  it('pauses nobody else when several chats are told to slow down while others get through', async () => {
    bench.answer(({ row }) => (row.chatId < 0 ? refused(429, 'Too Many Requests', { retryAfter: 60 }) : DELIVERED));
    for (const chatId of [-1, 5, -2, 5, -3, 5, -4, 5]) await bench.enqueue(reply(chatId, '答'));
    expect(bench.calls).toHaveLength(8);
    expect(bench.said).toEqual([]);
  });

  it('remembers a chat’s 429 across a crash, for all that waits there', async () => {
    bench.answer(() => refused(429, 'Too Many Requests', { retryAfter: 60 }));
    await bench.enqueue(broadcast(-1, '口号'), reply(-1, '答'));
    await bench.crash();
    bench.answer(() => DELIVERED);
    await bench.clock.advance(59_999);
    expect(bench.texts()).toEqual(['答']);
    await bench.clock.advance(1);
    expect(bench.texts()).toEqual(['答', '答', '口号']);
  });

  it('has at most 32 calls in the air, of which at most 24 are broadcasts', async () => {
    bench.answer(() => later(bench.clock, 1_000, DELIVERED));
    const chats = Array.from({ length: 60 }, (_, index) => index + 1);
    await bench.enqueue(...chats.map((chatId) => broadcast(chatId, '口号')));
    expect(bench.calls).toHaveLength(24);
    await bench.enqueue(broadcast(61, '口号'));
    expect(bench.calls).toHaveLength(24);
    await bench.enqueue(...chats.map((chatId) => reply(chatId, '答')));
    expect(bench.calls).toHaveLength(32);
    expect((await bench.worker.stats()).inAir).toBe(32);
    await bench.clock.advance(60_000);
    expect(await bench.worker.stats()).toMatchObject({ sent: 121, inAir: 0 });
  });

  it('waits longer and longer while Telegram is out of reach, loses nothing, and gives no one up', async () => {
    bench.answer(({ at }) => (at < START + 100_000 ? { kind: 'unreached', reason: 'ENOTFOUND' } : DELIVERED));
    await bench.enqueue(...Array.from({ length: 50 }, (_, index) => broadcast(index + 1, '口号')));
    await bench.clock.advance(100_000);
    const times = [...new Set(bench.calls.map(({ at }) => (at - START) / 1_000))];
    expect(times).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    await bench.clock.advance(30_000);
    expect(await bench.worker.stats()).toMatchObject({ sent: 50, failed: 0 });
  });

  it('keeps everything while the token is not accepted', async () => {
    bench.answer(({ at }) => (at < START + MINUTE ? refused(401, 'Unauthorized') : DELIVERED));
    await bench.enqueue(reply(1, '甲'), reply(2, '乙'));
    await bench.clock.advance(2 * MINUTE);
    expect(bench.said[0]).toContain('BOT_TOKEN');
    expect(await bench.worker.stats()).toMatchObject({ sent: 2, failed: 0 });
  });

  it('sends an ambiguous answer once more and an ambiguous slogan never again', async () => {
    bench.answer(() => ({ kind: 'ambiguous', reason: 'ECONNRESET' }));
    await bench.enqueue(reply(1, '答'), broadcast(2, '口号'), reply(1, '答2'));
    await bench.clock.advance(MINUTE);
    expect(bench.texts().toSorted()).toEqual(['口号', '答', '答', '答2', '答2']);
    expect(bench.states()).toEqual({ 1: 'unknown', 2: 'unknown', 3: 'unknown' });
  });

  it('gives up a call that never comes back, and asks it to stop', async () => {
    bench.answer(() => new Promise(() => {}));
    await bench.enqueue(broadcast(1, '口号'));
    await bench.clock.advance(DELIVERY_LIMITS.sendTimeoutMs - 1);
    expect(bench.calls[0]?.signal.aborted).toBe(false);
    await bench.clock.advance(1);
    expect(bench.calls[0]?.signal.aborted).toBe(true);
    expect(bench.states()).toEqual({ 1: 'unknown' });
  });

  it('follows a group into its supergroup, with what waits there', async () => {
    bench.answer(({ row }) =>
      row.chatId === -1 ? refused(400, 'Bad Request: group chat was upgraded', { migrateToChatId: -1001 }) : DELIVERED,
    );
    await bench.store.updates.commit([{ updateId: 1, outgoing: [], chat: { id: -1, type: 'group' } }]);
    await bench.enqueue(reply(-1, '甲'), reply(-1, '乙'), broadcast(-1, '口号'));
    await bench.clock.advance(MINUTE);
    expect(bench.calls.map(({ row, text }) => [row.chatId, text])).toEqual([
      [-1, '甲'],
      [-1001, '甲'],
      [-1001, '乙'],
      [-1001, '口号'],
    ]);
    expect(await bench.store.chats.get(-1001)).toMatchObject({ type: 'supergroup' });
  });

  it('survives a sender that throws, as something ambiguous', async () => {
    bench.answer(() => {
      throw new TypeError('undefined is not a function');
    });
    await bench.enqueue(reply(1, '答'));
    await bench.clock.advance(MINUTE);
    expect(bench.calls).toHaveLength(2);
    expect(bench.states()).toEqual({ 1: 'unknown' });
  });

  it('is not held up by a listener that throws', async () => {
    bench.listen(() => {
      throw new Error('a fault of somebody else');
    });
    await bench.enqueue(reply(1, '甲'), reply(1, '乙'));
    expect(bench.texts()).toEqual(['甲', '乙']);
    expect(bench.said).toHaveLength(2);
  });

  it('lets nothing out after its time', async () => {
    bench.answer(() => refused(429, 'Too Many Requests', { retryAfter: 600 }));
    await bench.enqueue(broadcast(1, '口号', { expiresAt: START + 5 * MINUTE }));
    await bench.clock.advance(20 * MINUTE);
    expect(bench.calls).toHaveLength(1);
    expect(bench.settled).toMatchObject([{ state: 'expired' }]);
  });

  it('lets rows expire in time even while everything is paused', async () => {
    bench.answer(() => refused(429, 'Too Many Requests', { retryAfter: 3_600 }));
    const expiresAt = START + 5 * MINUTE;
    await bench.enqueue(...[1, 2, 3].map((chatId) => broadcast(chatId, '口号', { expiresAt })));
    await bench.clock.advance(5 * MINUTE + 30_000);
    expect(bench.settled.map(({ state }) => state)).toEqual(['expired', 'expired', 'expired']);
  });

  it('edits the answer that was sent, and nothing when there is none', async () => {
    await bench.store.updates.commit([
      {
        updateId: 1,
        outgoing: [reply(1, '答', { questionId: 9 })],
        answers: [{ chatId: 1, questionId: 9, content: '甲' }],
      },
      { updateId: 2, outgoing: [reply(1, '改', { questionId: 9, method: 'editMessageText' })] },
      { updateId: 3, outgoing: [reply(2, '改', { questionId: 9, method: 'editMessageText' })] },
    ]);
    bench.answer(() => ({ kind: 'delivered', messageId: 70 }));
    bench.worker.notify();
    await bench.clock.settle();
    expect(bench.calls.map(({ text, row }) => [text, row.messageId])).toEqual([
      ['答', undefined],
      ['改', 70],
    ]);
    expect(bench.settled.find(({ row }) => row.chatId === 2)).toMatchObject({
      state: 'failed',
      reason: 'nothing-to-edit',
    });
  });

  it('does next to nothing while there is nothing to do', async () => {
    await bench.clock.advance(MINUTE);
    const before = bench.clock.runs();
    await bench.clock.advance(60 * MINUTE);
    // A turn each 30 s, and the breath after it.
    expect(bench.clock.runs() - before).toBeLessThanOrEqual(2 * 120 + 2);
  });

  it('wakes for a row’s time, and no later than 30 s after a clock that jumped over it', async () => {
    await bench.enqueue(reply(1, '准时', { notBefore: START + 12_345 }), reply(2, '明天', { notBefore: START + 9e7 }));
    await bench.clock.advance(20_000);
    expect(bench.calls.map(({ at }) => at - START)).toEqual([12_345]);
    bench.clock.jump(1e8);
    await bench.clock.advance(30_000);
    expect(bench.texts()).toEqual(['准时', '明天']);
  });

  it('goes on when the clock is put back', async () => {
    await bench.enqueue(reply(1, '甲'));
    bench.clock.jump(-3_600_000);
    await bench.enqueue(reply(1, '乙'));
    await bench.clock.advance(30_000);
    expect(bench.texts()).toEqual(['甲', '乙']);
  });
});

describe('the common pace', () => {
  it('is kept while calls go past the outbox in the middle of a claim', async () => {
    const bench = await createBench(DELIVERY_LIMITS);
    await bench.worker.start();
    await bench.clock.settle();
    await bench.store.outbox.enqueue(Array.from({ length: 40 }, (_, index) => reply(index + 1, '答')));
    const { count } = DELIVERY_LIMITS.pace.all;
    bench.worker.notify();
    expect(bench.pace.direct(1, bench.clock.now())).toBe(false);
    await bench.clock.settle();
    expect(bench.calls).toHaveLength(count);
    await bench.clock.advance(DELIVERY_LIMITS.pace.all.ms);
    expect(bench.calls).toHaveLength(40);
    expect(bench.pace.direct(1, bench.clock.now())).toBe(true);
    await bench.close();
  });
});

describe('an outage of sending', () => {
  const PAGE: SendResult = { kind: 'ambiguous', reason: '502 Bad Gateway', answered: true };
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench(DELIVERY_LIMITS);
    await bench.worker.start();
  });
  afterEach(() => bench.close());

  async function outage(minutes: number, end: (call: { readonly at: number }) => SendResult | Promise<SendResult>) {
    const over = START + minutes * MINUTE;
    bench.answer((call) => (call.at < over ? end(call) : DELIVERED));
    await bench.clock.advance(minutes * MINUTE);
    const calls = bench.calls.length;
    await bench.clock.advance(15 * MINUTE);
    return { calls, ...(await bench.worker.stats()) };
  }

  it('loses no answer while every send is answered with an error, and tells of it once', async () => {
    bench.answer(() => PAGE);
    await bench.enqueue(...Array.from({ length: 300 }, (_, index) => reply(index + 1, '答')));
    const { calls, sent, unknown } = await outage(60, () => PAGE);
    expect([sent, unknown]).toEqual([300, 0]);
    expect(calls).toBeLessThan(30 + 70);
    expect(bench.said).toHaveLength(1);
    expect(bench.outages).toHaveLength(1);
  });

  it('keeps nearly all slogans', async () => {
    bench.answer(() => PAGE);
    await bench.enqueue(...Array.from({ length: 1_000 }, (_, index) => broadcast(index + 1, '口号')));
    const { sent, unknown } = await outage(20, () => PAGE);
    expect(sent + unknown).toBe(1_000);
    expect(unknown).toBeLessThan(24 + 25);
  });

  it('keeps nearly everything while nothing is answered at all', async () => {
    bench.answer(() => new Promise(() => {}));
    await bench.enqueue(...Array.from({ length: 300 }, (_, index) => reply(index + 1, '答')));
    const { sent, unknown } = await outage(20, () => new Promise(() => {}));
    expect(sent + unknown).toBe(300);
    expect(unknown).toBeLessThan(20);
  });
});

describe('chats that refuse', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench();
    await bench.worker.start();
    const chats = Array.from({ length: 40 }, (_, index) => -(index + 1));
    await bench.store.updates.commit(
      chats.map((id) => ({ updateId: -id, outgoing: [], chat: { id, type: 'supergroup' } })),
    );
    for (const id of chats) await bench.store.chats.set(id, { sloganTime: '08:30' });
  });
  afterEach(() => bench.close());

  const chat = async (id: number) => bench.store.chats.get(id);
  const send = async (...chats: number[]) => {
    await bench.enqueue(...chats.map((id) => broadcast(id, '口号')));
    await bench.clock.advance(MINUTE);
  };

  it('are given up when we were kicked, and only they', async () => {
    bench.answer(({ row }) => (row.chatId === -1 ? refused(403, 'Forbidden: bot was kicked') : DELIVERED));
    await send(-1, -2, -3);
    expect((await chat(-1))?.inactive?.reason).toContain('kicked');
    expect((await chat(-2))?.inactive).toBeUndefined();
  });

  it('get no more slogans when their topic was closed on three days, while a reply there changes nothing', async () => {
    bench.answer(() => refused(400, 'Bad Request: TOPIC_CLOSED'));
    await bench.enqueue(reply(-1, '答'));
    expect((await chat(-1))?.sloganOff).toBeUndefined();
    for (let day = 1; day <= 3; day++) {
      await send(-1);
      expect((await chat(-1))?.sloganOff).toBe(day === 3 ? 'topic-closed' : undefined);
      bench.clock.jump(86_400_000);
    }
    expect((await chat(-1))?.inactive).toBeUndefined();
  });

  it('get them again once something gets through to the topic', async () => {
    await bench.store.chats.set(-1, { sloganTime: '08:30', sloganTopic: 8 });
    await bench.store.chats.apply([{ kind: 'slogan-off', chatId: -1, reason: 'topic-closed', days: 1 }]);
    await bench.enqueue({ ...reply(-1, '答'), threadId: 7 });
    await bench.clock.advance(MINUTE);
    expect((await chat(-1))?.sloganOff).toBe('topic-closed');
    await bench.enqueue({ ...reply(-1, '答'), threadId: 8 });
    await bench.clock.advance(MINUTE);
    expect((await chat(-1))?.sloganOff).toBeUndefined();
  });

  it('are given up when they were not found on three days', async () => {
    bench.answer(() => refused(400, 'Bad Request: chat not found'));
    for (let day = 1; day <= 3; day++) {
      await send(-1);
      expect((await chat(-1))?.inactive !== undefined).toBe(day === 3);
      bench.clock.jump(86_400_000);
    }
  });

  it('are skipped and counted when rights are missing', async () => {
    bench.answer(() => refused(400, 'Bad Request: not enough rights to send text messages to the chat'));
    await send(-1);
    expect(await chat(-1)).toMatchObject({ inactive: undefined, sloganOff: undefined });
    expect(bench.settled).toMatchObject([{ state: 'failed', reason: 'no-rights' }]);
  });

  it('keep their place when nearly all refuse at once, even those given up before it was noticed', async () => {
    bench.answer(() => refused(403, 'Forbidden: bot was kicked from the supergroup chat'));
    await send(...Array.from({ length: 40 }, (_, index) => -(index + 1)));
    const inactive = [];
    for (let id = 1; id <= 40; id++) if ((await chat(-id))?.inactive) inactive.push(id);
    expect(inactive).toEqual([]);
    expect(bench.said.filter((line) => line.includes('暂不停用任何群'))).toHaveLength(1);
    expect(await bench.worker.stats()).toMatchObject({ failed: 40 });
  });
});

describe('pace at work', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench(DELIVERY_LIMITS);
  });
  afterEach(() => bench.close());

  it('answers in the middle of a broadcast at once', async () => {
    await bench.worker.start();
    await bench.enqueue(...Array.from({ length: 500 }, (_, index) => broadcast(index + 1, '口号')));
    await bench.clock.advance(5_500);
    const asked = bench.clock.now();
    await bench.enqueue(reply(9_999, '答'));
    expect(bench.calls.find(({ text }) => text === '答')?.at).toBe(asked);
    await bench.clock.advance(30_000);
    expect(bench.calls).toHaveLength(501);
  });

  /** Puts in answers as if they had been asked for, each by somebody somewhere. */
  const ask = async (asked: readonly { readonly asker: number; readonly chatId: number }[]) => {
    const [first = 0] = bench.calls.length > 0 ? [bench.calls.length * 1_000] : [];
    await bench.store.updates.commit(
      asked.map(({ asker, chatId }, index) => ({
        updateId: first + index,
        asker,
        outgoing: [reply(chatId, `${asker}`)],
      })),
    );
    bench.worker.notify();
    await bench.clock.settle();
  };

  it.each([
    ['one account in 225 groups of its own', 225, (chat: number) => ({ asker: 7, chatId: -chat - 1 }), 8],
    ['a hundred accounts in private', 100, (chat: number) => ({ asker: chat + 1, chatId: chat + 1 }), 30],
  ])('%s keeps nobody else waiting for longer than a round', async (_, chats, to, times) => {
    await bench.worker.start();
    const all = Array.from({ length: chats }, (__, chat) => to(chat));
    await ask(Array.from({ length: times }, () => all).flat());
    await bench.clock.advance(10_000);
    const since = bench.clock.now();
    await ask([{ asker: 9_999, chatId: 9_999 }]);
    await bench.clock.advance(120_000);
    const answered = bench.calls.find(({ row }) => row.chatId === 9_999)?.at ?? Number.POSITIVE_INFINITY;
    expect(answered - since).toBeLessThan(5_000);
    expect(await bench.worker.stats()).toMatchObject({ sent: chats * times + 1 });
  });

  it('drops answers that are a day old, counts them and says so', async () => {
    await bench.close();
    // In a day of half minutes there is little to see.
    bench = await createBench({ ...DELIVERY_LIMITS, longestSleepMs: 15 * MINUTE });
    const refusal = refused(429, 'Too Many Requests', { retryAfter: 50_000 });
    bench.answer(({ row }) => (row.chatId < 0 ? refusal : DELIVERED));
    await bench.worker.start();
    await ask([{ asker: 1, chatId: -1 }]);
    await bench.clock.advance(25 * 60 * MINUTE);
    expect(await bench.worker.stats()).toMatchObject({ sent: 0, expired: 1 });
    expect(bench.said.at(-1)).toContain('等了一天');
  });

  it('does not begin anew after a restart: what was sent before it counts', async () => {
    await bench.worker.start();
    await bench.enqueue(...Array.from({ length: 6 }, (_, index) => reply(5, String(index))));
    await bench.clock.advance(1_000);
    await bench.crash();
    await bench.clock.advance(10_000);
    expect(bench.calls.map(({ at }) => at - START)).toEqual([0, 0, 0, 3_100, 3_100, 3_100]);
  });

  it('finishes a queue in one chat as fast as the chat allows, and no faster', async () => {
    await bench.worker.start();
    await bench.enqueue(...Array.from({ length: 6 }, (_, index) => reply(5, String(index))));
    await bench.clock.advance(10_000);
    expect(bench.calls.map(({ at }) => at - START)).toEqual([0, 0, 0, 3_100, 3_100, 3_100]);
  });
});

describe('shutting down', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench(DELIVERY_LIMITS);
    await bench.worker.start();
  });
  afterEach(() => bench.close());

  /** When it is over, in milliseconds from now; undefined when it isn't within a minute. */
  async function drain(ms: number): Promise<number | undefined> {
    const from = bench.clock.now();
    let end: number | undefined;
    void bench.worker.drain(ms).then(() => {
      end = bench.clock.now() - from;
    });
    await bench.clock.advance(MINUTE);
    return end;
  }

  it('is over at once when there is nothing to do', async () => {
    expect(await drain(5_000)).toBe(0);
    expect(await drain(5_000)).toBe(0);
  });

  it('waits for what is in the air, and writes down its end', async () => {
    bench.answer(() => later(bench.clock, 8_000, DELIVERED));
    await bench.enqueue(reply(1, '答'), reply(1, '下一条'));
    expect(await drain(2_000)).toBe(8_000);
    expect(bench.states()).toEqual({ 1: 'sent', 2: 'pending' });
  });

  it('still sends replies until the deadline, and no broadcasts', async () => {
    await bench.enqueue(...Array.from({ length: 9 }, (_, index) => reply(1, String(index))));
    await bench.enqueue(...Array.from({ length: 40 }, (_, index) => broadcast(index + 2, '口号')));
    expect(bench.calls).toHaveLength(3 + 25);
    expect(await drain(4_000)).toBe(4_000);
    expect(bench.calls).toHaveLength(6 + 25);
    expect(await bench.store.outbox.depth()).toEqual({ replies: 3, broadcasts: 15, sending: 0 });
  });

  it('does not wait for what is due after the deadline', async () => {
    await bench.enqueue(reply(1, '迟', { notBefore: bench.clock.now() + 5_000 }));
    expect(await drain(4_000)).toBe(0);
  });

  it('sends nothing more afterwards', async () => {
    await drain(0);
    await bench.enqueue(reply(1, '答'));
    await bench.clock.advance(MINUTE);
    expect(bench.calls).toEqual([]);
  });
});
