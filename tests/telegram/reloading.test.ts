import type { Update } from '@grammyjs/types';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Engine, openEngine } from '../../src/engine.ts';
import { openStore, type Store } from '../../src/storage/store.ts';
import { createBot, type WenceBot } from '../../src/telegram/bot.ts';
import { emulateTelegram } from '../emulated.ts';
import { QUESTIONS, SOURCE, temporaryFolder } from '../knowledge/folders.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const chat = { id: 7, type: 'private', first_name: '小王' } as const;
const from = { id: 7, is_bot: false, first_name: '小王', language_code: 'zh-hans' } as const;
const ASK = '停车多少钱';

let store: Store;
let bot: WenceBot;
let taken: number;
/** Everything that was said, as replies or by calls of the bot's own. */
let said: string;
/** Of the point that tells the fee, in the first edition. */
let key: string;

/** The same notice, published anew with another fee and in another folder. */
async function edition(name: string, fee: string): Promise<Engine> {
  const command = '\ncommand:\n  name: notice\n  description: { zh: 物业公告, en: Notice }\n---\n\n';
  return await openEngine(
    await temporaryFolder({
      [`${name}/source.md`]: SOURCE.replace('\n---\n\n', command).replace('80元', fee),
      [`${name}/questions.yaml`]: QUESTIONS.replaceAll('80元', fee),
    }),
  );
}

beforeEach(async () => {
  const editions = await Promise.all([edition('old', '80元'), edition('new', '90元')]);
  const answer = editions[0].answerer.answer(ASK);
  key = answer.outcome === 'answered' ? answer.key : '';
  store = await openStore({ url: 'sqlite::memory:', now: Date.now, log: silent });
  onTestFinished(() => store.close());
  taken = 0;
  said = '';
  bot = createBot({
    token: '1:x',
    apiRoot: 'http://127.0.0.1:9',
    // The knowledge changes whenever somebody looks.
    engine: () => editions[taken++ % 2] as Engine,
    slogans: { today: async () => undefined, subscribersChanged: () => {} },
    ...{ store, now: Date.now, log: silent, owners: [], timeZone: 'Asia/Shanghai', sloganTime: '08:30' },
  });
  bot.bot.botInfo = emulateTelegram().bot();
  bot.bot.api.config.use((_, __, payload) => {
    said += JSON.stringify(payload);
    return Promise.resolve({ ok: true, result: true } as never);
  });
});

async function take(update: Omit<Update, 'update_id'>): Promise<void> {
  taken = 0;
  const decision = await bot.decide({ update_id: 1, ...update });
  for (const { payload } of decision.outgoing) said += JSON.stringify(payload);
  for (const call of decision.after) await call({ vote: undefined });
}

const message = (text: string) => {
  const command = { type: 'bot_command', offset: 0, length: text.length } as const;
  return { message_id: 1, date: 1, chat, from, text, ...(text.startsWith('/') ? { entities: [command] } : {}) };
};
const press = (data: string) => ({
  callback_query: { id: '1', from, chat_instance: '1', data, message: message('答') },
});

it.each<[string, () => Omit<Update, 'update_id'>, string]>([
  ['a question', () => ({ message: message(ASK) }), '80元'],
  ["a document's card", () => ({ message: message('/notice') }), '电梯'],
  ['the list of sources', () => ({ message: message('/sources') }), '幸福小区'],
  ['a related question', () => press(`1a:${key}`), '80元'],
  ['the source around a quote', () => press(`1o:${key}:1`), '80元'],
  ['the way back', () => press(`1b:${key}`), '80元'],
  ['an inline query', () => ({ inline_query: { id: '1', from, query: '停车', offset: '' } }), '80元'],
  ['an edited question', () => ({ edited_message: { ...message(ASK), edit_date: 2 } }), '80元'],
])('%s is of one edition, though the knowledge changes meanwhile', async (_, update, words) => {
  // For the edit: what was answered before.
  const content = { version: 1, outcome: 'unanswered', key: null, related: [], messages: 1 };
  await store.updates.commit([{ updateId: 1, outgoing: [], answers: [{ chatId: chat.id, questionId: 1, content }] }]);
  await take(update());
  expect(taken).toBe(1);
  expect(said).toContain(words);
  expect(said).not.toContain('90元');
});
