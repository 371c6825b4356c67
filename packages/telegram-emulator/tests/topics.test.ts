import { describe, expect, test } from 'vitest';
import { Refusal } from '../src/controls/refs.ts';
import { start, summary } from './harness.ts';

describe('topics of a forum', () => {
  async function forum() {
    const harness = await start();
    const user = harness.emulator.places.user();
    const chat = harness.emulator.places.supergroup({ forum: true, members: [user] });
    const topic = harness.emulator.rule.openTopic(chat, '政策问答');
    const send = (params: object) => harness.refused('sendMessage', { chat_id: chat.id, text: '好', ...params });
    return { ...harness, user, chat, topic, trySend: send };
  }

  test('a message in a topic answers the message that opened it', async () => {
    const { emulator, chat, user, topic, updates } = await forum();
    expect(emulator.people.say(chat, user, '/ask 待遇', { topic })).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      reply_to_message: { message_id: topic, forum_topic_created: { name: '政策问答' } },
    });
    const general = emulator.people.say(chat, user, '/ask 待遇');
    expect(general).not.toHaveProperty('message_thread_id');
    expect((await updates()).map(summary)).toEqual([
      'message forum_topic_created',
      'message /ask 待遇',
      'message /ask 待遇',
    ]);
  });

  test('the bot answers in the topic, by its id or by replying', async () => {
    const { emulator, chat, user, topic, send } = await forum();
    const question = emulator.people.say(chat, user, '/ask 待遇', { topic });
    const inTopic = { message_thread_id: topic, is_topic_message: true };
    expect(await send({ chat_id: chat.id, text: '答', message_thread_id: topic })).toMatchObject(inTopic);
    const reply_parameters = { message_id: question.message_id };
    expect(await send({ chat_id: chat.id, text: '答', reply_parameters })).toMatchObject(inTopic);
    expect(await send({ chat_id: chat.id, text: '答' })).not.toHaveProperty('message_thread_id');
  });

  test('closed, reopened and deleted', async () => {
    const { emulator, chat, topic, trySend, updates, user } = await forum();
    await updates();
    emulator.rule.closeTopic(chat, topic);
    expect(await trySend({ message_thread_id: topic })).toBe('400 Bad Request: TOPIC_CLOSED');
    expect(() => emulator.people.say(chat, user, '喂', { topic })).toThrow(Refusal);
    expect(await trySend({})).toBe('accepted');
    emulator.rule.reopenTopic(chat, topic);
    expect(await trySend({ message_thread_id: topic })).toBe('accepted');
    emulator.rule.deleteTopic(chat, topic);
    expect(await trySend({ message_thread_id: topic })).toBe('400 Bad Request: message thread not found');
    expect((await updates()).map(summary)).toEqual(['message forum_topic_closed', 'message forum_topic_reopened']);
  });

  test('General can not be named by its number, except to show that the bot types', async () => {
    const { emulator, chat, trySend, ok } = await forum();
    expect(await trySend({ message_thread_id: 1 })).toBe('400 Bad Request: message thread not found');
    await ok('sendChatAction', { chat_id: chat.id, action: 'typing', message_thread_id: 1 });
    emulator.rule.closeTopic(chat, 1);
    expect(await trySend({})).toBe('400 Bad Request: TOPIC_CLOSED');
    emulator.rule.bot(chat, { status: 'administrator' });
    expect(await trySend({})).toBe('accepted');
  });
});
