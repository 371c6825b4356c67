import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, createBench, DAY, PNG, subscribe } from './fixture.ts';

let bench: Bench;
afterEach(() => bench.close());

function photos(): readonly unknown[] {
  return bench.got
    .filter(({ row }) => row.kind === 'broadcast')
    .map(({ row }) => row.payload.photo ?? row.payload.text);
}

async function subscribeAll(count: number) {
  const bot = await bench.boot();
  for (let chat = 1; chat <= count; chat++) await subscribe(bot, chat, '08:30', { sloganForm: 'poster' });
  return bot;
}

describe('a poster', () => {
  it('is drawn once a day, and goes by its file_id once Telegram has given it one', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    await subscribeAll(60);
    await bench.until('2026-11-22T01:00Z');
    const uploads = photos().filter((photo) => photo instanceof Uint8Array);
    expect(photos()).toHaveLength(60);
    expect(uploads.length).toBeGreaterThan(0);
    // Those in the air before the first answer: as many as may be.
    expect(uploads.length).toBeLessThanOrEqual(24);
    expect(photos().at(-1)).toMatch(/^file-/);
    await bench.clock.advance(DAY);
    expect(bench.drawn).toHaveLength(2);
  });

  it('is not drawn when nobody wants one', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    await subscribe(await bench.boot(), 1, '08:30');
    await bench.until('2026-11-22T01:00Z');
    expect(photos()).toHaveLength(1);
    expect(bench.drawn).toEqual([]);
  });

  it('keeps its file_id over a restart', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await subscribeAll(1);
    await subscribe(bot, 2, '09:30', { sloganForm: 'poster' });
    await bench.until('2026-11-22T01:00Z');
    await bot.kill();
    await bench.boot();
    await bench.until('2026-11-22T02:00Z');
    expect(photos()).toEqual([PNG, 'file-1']);
    expect(bench.drawn).toHaveLength(1);
  });

  it('is uploaded again when Telegram does not know its file_id', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    const bot = await subscribeAll(1);
    await subscribe(bot, 2, '09:30', { sloganForm: 'poster' });
    await bench.until('2026-11-22T01:00Z');
    bench.answer(({ payload }) =>
      payload.photo === 'file-1'
        ? { kind: 'refused', code: 400, description: 'Bad Request: wrong file identifier/HTTP URL specified' }
        : { kind: 'delivered', messageId: 3, fileId: 'new' },
    );
    await bench.until('2026-11-22T02:00Z');
    expect(photos()).toEqual([PNG, 'file-1', PNG]);
    const depth = await bot.store.outbox.depth();
    expect(depth.broadcasts).toBe(0);
  });

  it('gives way to its words where photos are forbidden', async () => {
    bench = await createBench('2026-11-22T00:00Z');
    await subscribeAll(1);
    bench.answer(({ method }) =>
      method === 'sendPhoto'
        ? { kind: 'refused', code: 400, description: 'Bad Request: not enough rights to send photos to the chat' }
        : { kind: 'delivered', messageId: 3 },
    );
    await bench.until('2026-11-22T01:00Z');
    const [tried, sent] = bench.got.map(({ row }) => row);
    expect(tried?.payload.photo).toEqual(PNG);
    expect(sent).toMatchObject({ method: 'sendMessage', payload: { text: tried?.payload.caption } });
    expect(sent?.payload).not.toHaveProperty('photo');
    expect(sent?.payload).not.toHaveProperty('caption');
  });

  it.each([
    ['the font lacks a character', () => ({ kind: 'missing', characters: '𠮷' }) as const],
    ['there are too many words', () => ({ kind: 'too-long' }) as const],
    [
      'drawing fails',
      () => {
        throw new Error('no memory');
      },
    ],
  ])('gives way to its words when %s', async (_, draw) => {
    bench = await createBench('2026-11-22T00:00Z');
    bench.draw(draw);
    await subscribeAll(2);
    await bench.until('2026-11-22T01:00Z');
    expect(bench.got.filter(({ row }) => row.kind === 'broadcast').map(({ row }) => row.method)).toEqual([
      'sendMessage',
      'sendMessage',
    ]);
    expect(bench.drawn).toHaveLength(1);
  });
});
