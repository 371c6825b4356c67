import { describe, expect, test } from 'vitest';
import { start } from './harness.ts';

/** A PNG of 2 × 3 pixels, as far as its header. */
const PNG = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 2, 0, 0, 0, 3,
]);

describe('parameters come in every form that Telegram takes', () => {
  const markup = JSON.stringify({ inline_keyboard: [[{ text: '按', callback_data: 'x' }]] });
  const encodings: readonly [name: string, request: (id: string) => { query?: string; init: RequestInit }][] = [
    [
      'a query string',
      (id) => ({ query: `?chat_id=${id}&text=好&reply_markup=${encodeURIComponent(markup)}`, init: {} }),
    ],
    [
      'a form',
      (id) => ({
        init: { method: 'POST', body: new URLSearchParams({ chat_id: id, text: '好', reply_markup: markup }) },
      }),
    ],
    [
      'multipart',
      (id) => {
        const body = new FormData();
        for (const [name, value] of Object.entries({ chat_id: id, text: '好', reply_markup: markup }))
          body.set(name, value);
        return { init: { method: 'POST', body } };
      },
    ],
    [
      'JSON',
      (id) => ({
        init: {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ chat_id: Number(id), text: '好', reply_markup: JSON.parse(markup) }),
        },
      }),
    ],
  ];
  test.each(encodings)('%s', async (_, request) => {
    const { emulator, api } = await start();
    const { id } = emulator.places.group();
    const { query = '', init } = request(String(id));
    const reply = await (await fetch(`${api}sendMessage${query}`, init)).json();
    expect(reply).toMatchObject({ ok: true, result: { text: '好', reply_markup: JSON.parse(markup) } });
    expect(emulator.watch.violations()).toEqual([]);
  });
});

describe('what is no call', () => {
  test('an unknown method, a wrong token, another path', async () => {
    const { url, api } = await start();
    const get = async (path: string) => (await (await fetch(path)).json()) as unknown;
    const notFound = { ok: false, error_code: 404, description: 'Not Found' };
    expect(await get(`${url}/`)).toEqual(notFound);
    expect(await get(`${api}sendNothing`)).toEqual({ ...notFound, description: 'Not Found: method not found' });
    const description = 'Not Found: the emulator does not play sendDice';
    expect(await get(`${api}sendDice`)).toEqual({ ...notFound, description });
    expect(await get(`${url}/bot123:abc/getMe`)).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  });

  test('a body that is no JSON', async () => {
    const { api } = await start();
    const response = await fetch(`${api}getMe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
  });

  test('the case of a method does not matter', async () => {
    expect(await (await start()).refused('GETME')).toBe('accepted');
  });
});

describe('photos', () => {
  async function upload(bytes: Uint8Array<ArrayBuffer>, caption = '说明') {
    const harness = await start();
    const chat = harness.emulator.places.group();
    const body = new FormData();
    body.set('chat_id', String(chat.id));
    body.set('caption', caption);
    body.set('photo', 'attach://part');
    body.set('part', new Blob([bytes], { type: 'image/png' }), 'a.png');
    const reply = await (await fetch(`${harness.api}sendPhoto`, { method: 'POST', body })).json();
    return { ...harness, chat, reply: reply as { description?: string; result: { photo: { file_id: string }[] } } };
  }

  test('an uploaded one can be sent again by its id, captioned anew, and downloaded', async () => {
    const { reply, chat, ok, url, emulator } = await upload(PNG);
    expect(reply).toMatchObject({
      result: { caption: '说明', photo: [{ width: 2, height: 3, file_size: PNG.length }] },
    });
    const file_id = reply.result.photo[0]?.file_id;
    const again = await ok<{ message_id: number }>('sendPhoto', { chat_id: chat.id, photo: file_id });
    await ok('editMessageCaption', { chat_id: chat.id, message_id: again.message_id, caption: '改' });
    expect(emulator.watch.messages(chat).map(({ caption }) => caption)).toEqual(['说明', '改']);
    const { file_path } = await ok<{ file_path: string }>('getFile', { file_id });
    const download = await fetch(`${url}/file/bot${emulator.token}/${file_path}`);
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(PNG);
    expect((await fetch(`${url}/file/bot${emulator.token}/photos/none.jpg`)).status).toBe(404);
    expect((await fetch(`${url}/file/bot1:x/${file_path}`)).status).toBe(401);
    expect(emulator.watch.violations()).toEqual([]);
  });

  test.each([
    ['no picture', Uint8Array.from([1, 2, 3]), 'Bad Request: IMAGE_PROCESS_FAILED'],
    ['nothing', new Uint8Array(), 'Bad Request: file must be non-empty'],
  ])('%s is refused', async (_, bytes, expected) => {
    expect((await upload(bytes)).reply.description).toBe(expected);
  });

  test('a caption takes 1,024 characters', async () => {
    expect((await upload(PNG, '字'.repeat(1_024))).reply.description).toBeUndefined();
    expect((await upload(PNG, '字'.repeat(1_025))).reply.description).toBe('Bad Request: message caption is too long');
  });

  test('an unknown id is refused, as is none', async () => {
    const { emulator, refused } = await start();
    const { id } = emulator.places.group();
    expect(await refused('sendPhoto', { chat_id: id, photo: 'x' })).toBe(
      '400 Bad Request: wrong file identifier/HTTP URL specified',
    );
    expect(await refused('sendPhoto', { chat_id: id })).toBe('400 Bad Request: there is no photo in the request');
  });

  test('the right to send photos is one of its own', async () => {
    const { emulator, refused } = await start();
    const { id } = emulator.places.supergroup();
    emulator.rule.permissions(id, { can_send_photos: false });
    const { people, places } = emulator;
    const user = places.user();
    const photo = people.say(places.privateChat(user), user, '图', { photo: true }).photo?.[0]?.file_id;
    expect(await refused('sendPhoto', { chat_id: id, photo })).toBe(
      '400 Bad Request: not enough rights to send photos to the chat',
    );
    expect(await refused('sendPhoto', { chat_id: user.id, photo })).toBe('accepted');
  });
});

test('typing is shown for five seconds', async () => {
  const { emulator, ok, clock } = await start();
  const { id } = emulator.places.group();
  const seen: unknown[] = [];
  emulator.watch.subscribe((event) => event.kind === 'action' && seen.push(event));
  await ok('sendChatAction', { chat_id: id, action: 'typing' });
  expect(seen).toEqual([
    { kind: 'action', chatId: id, threadId: undefined, action: 'typing', until: clock.now + 5_000 },
  ]);
});
