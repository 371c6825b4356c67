import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSchema } from '../src/schema/load.ts';
import { start } from './harness.ts';

test('whatever a call carries, the emulator answers it as Telegram would, and never breaks', async () => {
  const { emulator, call, send } = await start();
  const user = emulator.places.user();
  const chat = emulator.places.supergroup({ members: [user], bot: 'administrator' });
  const { message_id } = await send({ chat_id: chat.id, text: '好' });
  const { methods } = loadSchema();
  const emulated = [];
  for (const name of Object.keys(methods)) {
    if (name === 'logOut' || name === 'setWebhook') continue;
    if (!(await call(name)).description?.startsWith('Not Found')) emulated.push(name);
  }
  expect(emulated).toHaveLength(32);

  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('', '[]', '{}', '[[]]', '{"inline_keyboard":[[{}]]}', -1, 1e20, '@x'),
  );
  const calls = fc.constantFrom(...emulated).chain((method) => {
    const names = Object.keys(methods[method] ?? {});
    const values = fc.dictionary(fc.constantFrom(...names, 'unknown'), anything, { maxKeys: 5 });
    return fc.record({ method: fc.constant(method), values });
  });
  await fc.assert(
    fc.asyncProperty(calls, async ({ method, values }) => {
      const known = method === 'leaveChat' ? {} : { chat_id: chat.id, message_id };
      const reply = await call(method, { ...known, ...values, timeout: 0 });
      expect(reply.ok || reply.error_code < 500, `${method} ${JSON.stringify(reply)}`).toBe(true);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('an update of any shape can be queued', async () => {
  const { emulator, updates } = await start();
  const queued = emulator.raw({
    message: { message_id: 1, date: 0, chat: { id: 5, type: 'private', first_name: '' }, future: 1 } as never,
  });
  expect(await updates()).toEqual([queued]);
  expect(emulator.raw({})).toBeUndefined();
});
