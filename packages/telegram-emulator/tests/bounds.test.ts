import { expect, test } from 'vitest';
import { createHistory } from '../src/history.ts';
import { start } from './harness.ts';

test('a chat keeps its latest messages, and the log its latest calls', async () => {
  const { emulator, ok } = await start({ historyLimit: 20, callLimit: 10 });
  const user = emulator.places.user();
  const chat = emulator.places.group({ members: [user] });
  for (let i = 1; i <= 100; i++) emulator.people.say(chat, user, `第${i}条`);
  for (let i = 1; i <= 30; i++) await ok('getMe');
  const texts = emulator.watch.messages(chat).map(({ text }) => text);
  expect(texts).toHaveLength(20);
  expect(texts.at(-1)).toBe('第100条');
  expect(emulator.watch.calls().map(({ number }) => number)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
});

test('a forgotten message is no longer replied to', async () => {
  const { emulator, refused } = await start({ historyLimit: 5 });
  const user = emulator.places.user();
  const chat = emulator.places.supergroup({ members: [user] });
  const first = emulator.people.say(chat, user, '第一条');
  for (let i = 0; i < 20; i++) emulator.people.say(chat, user, '又一条');
  const reply_parameters = { message_id: first.message_id };
  expect(await refused('sendMessage', { chat_id: chat.id, text: '答', reply_parameters })).toBe(
    '400 Bad Request: message to be replied not found',
  );
});

test('a message keeps its last ten versions', () => {
  const history = createHistory(10);
  const message = (text: string) => ({
    message_id: 1,
    date: 0,
    chat: { id: 1, type: 'private' as const, first_name: '王' },
    text,
  });
  history.add(message('0'));
  for (let i = 1; i <= 25; i++) history.replace(message(String(i)));
  expect(history.get(1)?.message.text).toBe('25');
  expect(history.get(1)?.earlier.map(({ text }) => text)).toEqual([
    '15',
    '16',
    '17',
    '18',
    '19',
    '20',
    '21',
    '22',
    '23',
    '24',
  ]);
});
