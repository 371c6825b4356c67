import type { Update, UserFromGetMe } from '@grammyjs/types';
import fc from 'fast-check';
import { createCheck } from 'telegram-emulator/schema/check';
import { loadSchema } from 'telegram-emulator/schema/load';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentKey, keyOf } from '../../src/answering/key.ts';
import { phrasedOf } from '../../src/phrasings/targets.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { createBot, type WenceBot } from '../../src/telegram/bot.ts';
import { emulateTelegram } from '../emulated.ts';
import { shippedEngine } from '../shipped.ts';
import { anyUpdate } from './any-update.ts';

/** `UPDATES=10000 npx vitest run tests/telegram/updates.property.test.ts` is the full run. */
const RUNS = Number(process.env.UPDATES ?? 3_000);

const me: UserFromGetMe = emulateTelegram().bot();
const check = createCheck(loadSchema());
const MUST_BE_CALLED = ['sendMessage', 'editMessageText', 'answerCallbackQuery', 'answerInlineQuery', 'getChatMember'];
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe('updates of every kind that the types allow', () => {
  let store: Store;
  let bot: WenceBot;
  /** Of points, sections and documents. */
  let keys: readonly string[];
  /** Every call that the bot makes by itself. */
  const made: { method: string; payload: object }[] = [];

  beforeAll(async () => {
    let now = 1_767_225_600_000;
    store = await openStore({ url: 'sqlite::memory:', now: () => (now += 1_000), log: silent });
    const engine = await shippedEngine();
    keys = phrasedOf(engine.library.documents)
      .map(({ target }) => keyOf(target))
      .concat(engine.library.documents.map(({ id }) => documentKey(id)));
    const deps = {
      token: '1:x',
      apiRoot: 'http://127.0.0.1:9',
      engine: () => engine,
      slogans: { today: async () => undefined, subscribersChanged: () => {} },
      store,
      now: () => now,
      log: silent,
    };
    bot = createBot({ ...deps, owners: [], timeZone: 'Asia/Shanghai', sloganTime: '08:30' });
    bot.bot.botInfo = me;
    // Here calls go nowhere: what counts is what they would have carried.
    bot.bot.api.config.use((_, method, payload) => {
      made.push({ method, payload });
      const admin = { status: 'administrator', user: me };
      const result = method === 'getChatMember' ? admin : method === 'getMe' ? me : true;
      return Promise.resolve({ ok: true, result } as never);
    });
  });
  afterAll(() => store.close());

  it(`${RUNS} of them: no exception, no call that the schema refuses, everything can be committed`, async () => {
    let updateId = 0;
    const kinds = new Map<string, number>();
    const methods = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyUpdate(me, keys), async (body) => {
        const update = { update_id: ++updateId, ...body } as Update;
        const kind = Object.keys(body)[0] ?? '';
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        made.length = 0;
        const decision = await bot.decide(update);
        const [result] = await store.updates.commit([{ ...decision, updateId }]);
        const vote = result?.outcome === 'committed' ? result.vote : undefined;
        for (const call of decision.after) await call({ vote });
        for (const { method, chatId, threadId, payload } of decision.outgoing) {
          const edited = method.startsWith('edit') ? { message_id: 1 } : {};
          const thread = threadId === undefined ? {} : { message_thread_id: threadId };
          made.push({ method, payload: { ...payload, ...edited, ...thread, chat_id: chatId } });
        }
        for (const { method, payload } of made) {
          methods.set(method, (methods.get(method) ?? 0) + 1);
          const params = JSON.parse(JSON.stringify(payload));
          expect(check(method, { params, uploads: new Map(), textual: false }), method).toEqual([]);
        }
      }),
      { numRuns: RUNS, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
    );
    // A generator that never gets through to the bot would prove nothing.
    expect([...kinds.keys()]).toEqual(
      expect.arrayContaining(['callback_query', 'edited_message', 'message', 'my_chat_member']),
    );
    expect([...methods.keys()]).toEqual(expect.arrayContaining(MUST_BE_CALLED));
  }, 600_000);
});
