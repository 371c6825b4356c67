import type { Update } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { createTimers, start, summary } from './harness.ts';

const DAY = 24 * 3_600_000;

async function withMessages(count: number, options = {}) {
  const harness = await start(options);
  const user = harness.emulator.places.user();
  const say = (text: string) => harness.emulator.people.say(harness.emulator.places.privateChat(user), user, text);
  for (let i = 1; i <= count; i++) say(`第${i}条`);
  const texts = async (params: object) =>
    (await harness.ok<Update[]>('getUpdates', params)).map((u) => u.message?.text);
  return { ...harness, user, say, texts };
}

describe('getUpdates confirms by its offset', () => {
  test('without one it repeats what is unconfirmed', async () => {
    const { texts } = await withMessages(2);
    expect(await texts({})).toEqual(['第1条', '第2条']);
    expect(await texts({})).toEqual(['第1条', '第2条']);
  });

  test('ids ascend by one, and an offset confirms what lies before', async () => {
    const { ok, texts } = await withMessages(3);
    const [first, second, third] = await ok<Update[]>('getUpdates');
    const id = first?.update_id ?? 0;
    expect([second?.update_id, third?.update_id]).toEqual([id + 1, id + 2]);
    expect(await texts({ offset: id + 2 })).toEqual(['第3条']);
    expect(await texts({ offset: id })).toEqual(['第3条']);
  });

  const offsets: readonly [name: string, params: object, expected: string[]][] = [
    ['a negative offset counts from the end and forgets the rest', { offset: -2 }, ['第2条', '第3条']],
    ['a negative offset beyond the queue takes all', { offset: -9 }, ['第1条', '第2条', '第3条']],
    ['a limit', { limit: 2 }, ['第1条', '第2条']],
    ['a limit of nothing means the default', { limit: 0 }, ['第1条', '第2条', '第3条']],
    ['an offset far ahead confirms nothing', { offset: 2_000_000_000 }, ['第1条', '第2条', '第3条']],
  ];
  test.each(offsets)('%s', async (_, params, expected) => {
    const { texts } = await withMessages(3);
    expect(await texts(params)).toEqual(expected);
  });

  test('at most a hundred come at once', async () => {
    const { texts } = await withMessages(150);
    expect(await texts({ limit: 1_000 })).toHaveLength(100);
  });
});

describe('updates grow old', () => {
  test('a message is kept for 24 hours', async () => {
    const { texts, clock } = await withMessages(1);
    clock.now += DAY - 1;
    expect(await texts({})).toHaveLength(1);
    clock.now += 1;
    expect(await texts({})).toHaveLength(0);
  });

  test('a press is kept for 150 seconds, behind a message that is kept longer', async () => {
    const { emulator, user, ok, send, clock } = await withMessages(1);
    const sent = await send({
      chat_id: user.id,
      text: '选',
      reply_markup: { inline_keyboard: [[{ text: '甲', callback_data: 'a' }]] },
    });
    void emulator.buttons.press(sent, user, 'a');
    expect((await ok<Update[]>('getUpdates')).map(summary)).toEqual(['message 第1条', 'callback_query a']);
    clock.now += 150_000;
    expect((await ok<Update[]>('getUpdates')).map(summary)).toEqual(['message 第1条']);
  });

  test('after a quiet week the ids start again at random', async () => {
    const draws = [0.5, 0.1];
    const { ok, say, clock } = await withMessages(1, { random: () => draws.shift() ?? 0 });
    const [before] = await ok<Update[]>('getUpdates');
    clock.now += 8 * DAY;
    say('久违');
    const [after] = await ok<Update[]>('getUpdates', { offset: (before?.update_id ?? 0) + 1 });
    expect(before?.update_id).toBe(500_000_000);
    expect(after?.update_id).toBe(180_000_000);
  });
});

describe('allowed_updates', () => {
  test('holds for what comes later and is remembered', async () => {
    const { say, texts, ok, user, emulator } = await withMessages(1);
    expect(await texts({ allowed_updates: ['callback_query'] })).toEqual(['第1条']);
    say('第2条');
    expect(await texts({})).toEqual(['第1条']);
    expect(await ok('getWebhookInfo')).toMatchObject({ allowed_updates: ['callback_query'] });
    await ok('getUpdates', { allowed_updates: [] });
    say('第3条');
    expect(await texts({})).toEqual(['第1条', '第3条']);
    expect(user.id).toBe(emulator.places.privateChat(user).id);
  });

  test('chat_member comes only when asked for', async () => {
    const { emulator, ok, updates } = await start();
    const user = emulator.places.user();
    const chat = emulator.places.supergroup({ members: [user], bot: 'administrator' });
    emulator.rule.role(chat, user, { status: 'administrator' });
    expect(await updates()).toEqual([]);
    await ok('getUpdates', { allowed_updates: ['chat_member'] });
    emulator.rule.role(chat, user, { status: 'member' });
    expect((await updates()).map(summary)).toEqual(['chat_member administrator>member']);
  });
});

describe('long polling', () => {
  test('waits for the first update, and takes all that come with it', async () => {
    const { ok, say, emulator } = await withMessages(0);
    const waiting = ok<Update[]>('getUpdates', { timeout: 30 });
    await polling(emulator);
    say('甲');
    say('乙');
    expect((await waiting).map(summary)).toEqual(['message 甲', 'message 乙']);
  });

  test('ends empty-handed when the time is over', async () => {
    const timers = createTimers();
    const { ok, emulator } = await withMessages(0, { after: timers.after });
    const waiting = ok<Update[]>('getUpdates', { timeout: 5 });
    await polling(emulator);
    timers.advance(5_000);
    expect(await waiting).toEqual([]);
  });

  test('a second poller ends the first with a conflict', async () => {
    const { call, emulator } = await withMessages(0);
    const first = call('getUpdates', { timeout: 30 });
    await polling(emulator);
    const second = call('getUpdates', { timeout: 30 });
    expect(await first).toEqual({
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    await emulator.close();
    await second.catch(() => {});
  });

  test('a webhook ends it with a conflict, and keeps polling away', async () => {
    const { call, ok, emulator } = await withMessages(0);
    const waiting = call('getUpdates', { timeout: 30 });
    await polling(emulator);
    await ok('setWebhook', { url: 'http://127.0.0.1:9' });
    expect(await waiting).toMatchObject({ error_code: 409, description: 'Conflict: terminated by setWebhook request' });
    expect(await call('getUpdates')).toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    await ok('deleteWebhook');
    expect((await call('getUpdates')).ok).toBe(true);
  });
});

/** Gives a request that was just made the time to arrive. */
async function polling(emulator: { watch: { waiting(): boolean } }): Promise<void> {
  while (!emulator.watch.waiting()) await new Promise((resolve) => setTimeout(resolve, 1));
}
