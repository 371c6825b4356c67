import type { Message } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { start, summary } from './harness.ts';

const keyboard = {
  inline_keyboard: [
    [
      { text: '原文', callback_data: 'v:1' },
      { text: '网页', url: 'https://gov.cn' },
    ],
  ],
};

async function withButton(options = {}) {
  const harness = await start(options);
  const user = harness.emulator.places.user();
  const chat = harness.emulator.places.supergroup({ members: [user] });
  const message = await harness.send({ chat_id: chat.id, text: '答', reply_markup: keyboard });
  const query = async () => {
    const [update] = await harness.updates();
    return update?.callback_query ?? { id: 'none' };
  };
  return { ...harness, user, chat, message, query };
}

describe('the bot edits its messages', () => {
  const notModified =
    '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
  const edits: readonly [name: string, method: string, params: object, expected: string][] = [
    ['a new text', 'editMessageText', { text: '新' }, 'accepted'],
    ['the same text and keyboard', 'editMessageText', { text: '答', reply_markup: keyboard }, notModified],
    ['the same text without the keyboard', 'editMessageText', { text: '答' }, 'accepted'],
    ['the same text, trimmed to the same', 'editMessageText', { text: '答 \n', reply_markup: keyboard }, notModified],
    ['a text too long', 'editMessageText', { text: '字'.repeat(4_097) }, '400 Bad Request: MESSAGE_TOO_LONG'],
    ['no text', 'editMessageText', {}, '400 Bad Request: message text is empty'],
    [
      'another message',
      'editMessageText',
      { text: '新', message_id: 999 },
      '400 Bad Request: message to edit not found',
    ],
    [
      'no message',
      'editMessageText',
      { text: '新', message_id: undefined },
      '400 Bad Request: message identifier is not specified',
    ],
    [
      'a caption where there is none',
      'editMessageCaption',
      { caption: '新' },
      '400 Bad Request: there is no caption in the message to edit',
    ],
    ['the same keyboard', 'editMessageReplyMarkup', { reply_markup: keyboard }, notModified],
    ['no keyboard any more', 'editMessageReplyMarkup', {}, 'accepted'],
  ];
  test.each(edits)('%s', async (_, method, params, expected) => {
    const { chat, message, refused } = await withButton();
    expect(await refused(method, { chat_id: chat.id, message_id: message.message_id, ...params })).toBe(expected);
  });

  test('an edit keeps what came before, and is told', async () => {
    const { emulator, chat, message, ok, clock } = await withButton();
    const told: string[] = [];
    emulator.watch.subscribe(({ kind }) => told.push(kind));
    clock.now += 5_000;
    const edited = await ok<Message>('editMessageText', {
      chat_id: chat.id,
      message_id: message.message_id,
      text: '新',
    });
    expect(edited).toMatchObject({ text: '新', edit_date: message.date + 5 });
    expect(edited).not.toHaveProperty('reply_markup');
    expect(emulator.watch.message(chat, message.message_id)).toEqual({ message: edited, earlier: [message] });
    expect(told).toEqual(['edited', 'call']);
  });

  test('not those of people', async () => {
    const { emulator, chat, user, refused } = await withButton();
    const { message_id } = emulator.people.say(chat, user, '问');
    expect(await refused('editMessageText', { chat_id: chat.id, message_id, text: '新' })).toBe(
      "400 Bad Request: message can't be edited",
    );
    expect(await refused('deleteMessage', { chat_id: chat.id, message_id })).toBe(
      "400 Bad Request: message can't be deleted",
    );
    emulator.rule.bot(chat, { status: 'administrator' });
    expect(await refused('deleteMessage', { chat_id: chat.id, message_id })).toBe('accepted');
  });

  test('its own can be deleted for two days', async () => {
    const { chat, message, refused, clock } = await withButton();
    clock.now += 49 * 3_600_000;
    const params = { chat_id: chat.id, message_id: message.message_id };
    expect(await refused('deleteMessage', params)).toBe("400 Bad Request: message can't be deleted");
    clock.now -= 2 * 3_600_000;
    expect(await refused('deleteMessage', params)).toBe('accepted');
    expect(await refused('deleteMessage', params)).toBe('400 Bad Request: message to delete not found');
  });

  test('pins and reacts where it may', async () => {
    const { emulator, chat, message, refused, updates } = await withButton();
    const params = { chat_id: chat.id, message_id: message.message_id };
    expect(await refused('pinChatMessage', params)).toBe(
      '400 Bad Request: not enough rights to manage pinned messages in the chat',
    );
    emulator.rule.bot(chat, { status: 'administrator' });
    expect(await refused('pinChatMessage', params)).toBe('accepted');
    expect(emulator.watch.chat(chat).pinned).toBe(message.message_id);
    expect((await updates()).map(summary)).toContain('message pinned_message');
    const react = (emoji: string) => refused('setMessageReaction', { ...params, reaction: [{ type: 'emoji', emoji }] });
    expect(await react('👍')).toBe('accepted');
    expect(await react('x')).toBe('400 Bad Request: REACTION_INVALID');
  });
});
