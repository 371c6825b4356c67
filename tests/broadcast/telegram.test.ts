import { Api, GrammyError, InputFile } from 'grammy';
import type { Emulator } from 'telegram-emulator';
import { afterEach, describe, expect, it } from 'vitest';
import { drawInWorker } from '../../src/broadcast/poster/thread.ts';
import type { SendPhoto } from '../../src/broadcast/posters.ts';
import { emulateTelegram } from '../emulated.ts';
import { type Bench, createBench, MAKER } from './fixture.ts';

let bench: Bench;
let emulator: Emulator;
afterEach(async () => {
  await bench.close();
  await emulator.close();
});

/** The least that a sender has to be: src/telegram has the real one. */
function senderTo(url: string): SendPhoto {
  const api = new Api(emulator.token, { apiRoot: url });
  return async ({ chatId, threadId, method, payload }) => {
    const photo = payload.photo instanceof Uint8Array ? new InputFile(payload.photo, 'poster.png') : payload.photo;
    const place = { chat_id: chatId, ...(threadId === undefined ? {} : { message_thread_id: threadId }) };
    const call = (api.raw as unknown as Record<string, (params: object) => Promise<Record<string, unknown>>>)[method];
    try {
      const message = await call?.({ ...payload, ...place, ...(photo === undefined ? {} : { photo }) });
      const sizes = (message?.photo ?? []) as readonly { readonly file_id: string }[];
      const fileId = sizes.at(-1)?.file_id;
      return { kind: 'delivered', messageId: Number(message?.message_id), ...(fileId === undefined ? {} : { fileId }) };
    } catch (cause) {
      if (!(cause instanceof GrammyError)) throw cause;
      return { kind: 'refused', code: cause.error_code, description: cause.description };
    }
  };
}

describe('over the Bot API', () => {
  it('a real poster goes up once and then by its file_id, to a chat and to a topic, with its words below', async () => {
    emulator = emulateTelegram();
    const { url } = await emulator.listen();
    const send = senderTo(url);
    const person = emulator.places.user({ first_name: '王敏' });
    const private_ = emulator.places.privateChat(person, { started: true });
    const forum = emulator.places.supergroup({ title: '社区', creator: person, forum: true });
    const topic = emulator.rule.openTopic(forum, '每日标语');
    bench = await createBench('2026-11-22T00:00Z');
    const drawn = await drawInWorker({ words: '森林草原防火 人人有责', maker: MAKER, number: 20_779 });
    bench.draw(() => drawn);
    const bot = await bench.boot();
    const sending = bot.posters.sending(send);
    const results = [];
    for (const [chatId, threadId] of [
      [private_.id, undefined],
      [forum.id, topic],
    ] as const) {
      const call = await bot.broadcaster.today('Asia/Shanghai', 'poster');
      if (!call) throw new Error('no slogan');
      const row = {
        ...call,
        id: 1,
        chatId,
        threadId,
        kind: 'reply',
        state: 'sending',
        attempts: 1,
        ambiguities: 0,
        createdAt: 0,
        notBefore: 0,
      } as const;
      results.push(await sending(row, new AbortController().signal));
    }
    expect(results.map(({ kind }) => kind)).toEqual(['delivered', 'delivered']);
    expect(emulator.watch.violations()).toEqual([]);
    const messages = [private_, forum].map((chat) => emulator.watch.fromBot(chat).at(-1));
    for (const message of messages) {
      expect(message?.caption).toBe(`森林草原防火 人人有责\n—— ${MAKER}`);
      expect(message?.caption_entities).toEqual([{ type: 'bold', offset: 0, length: 11 }]);
      expect(message?.photo?.at(-1)).toMatchObject({ width: 1080, height: 1350 });
    }
    expect(messages[0]?.photo?.at(-1)?.file_id).toBe(messages[1]?.photo?.at(-1)?.file_id);
    expect(messages[1]?.message_thread_id).toBe(topic);
  });
});
