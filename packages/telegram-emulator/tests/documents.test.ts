import { Api, InputFile } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../src/emulator.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

test('a file that a person sends can be fetched; one that the bot sends keeps its name', async () => {
  emulator = createEmulator();
  const { url } = await emulator.listen();
  const api = new Api(emulator.token, { apiRoot: url });
  const user = emulator.places.user();
  const chat = emulator.places.privateChat(user);
  const bytes = new TextEncoder().encode('通知\n明日停水。');
  const said = emulator.people.say(chat, user, '请看', { document: { name: '通知.txt', bytes, type: 'text/plain' } });
  expect(said).toMatchObject({
    caption: '请看',
    document: { file_name: '通知.txt', file_size: bytes.length, mime_type: 'text/plain' },
  });
  const { file_path: path } = await api.getFile(said.document?.file_id ?? '');
  const response = await fetch(`${url}/file/bot${emulator.token}/${path}`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);

  const sent = await api.sendDocument(chat.id, new InputFile(bytes, 'reply.txt'));
  expect(sent.document).toMatchObject({ file_name: 'reply.txt', file_size: bytes.length });
  expect((await api.sendDocument(chat.id, sent.document.file_id)).document.file_name).toBe('reply.txt');
  await expect(api.sendDocument(chat.id, 'nothing')).rejects.toThrow('wrong file identifier');
  expect(emulator.watch.violations()).toEqual([]);
});
