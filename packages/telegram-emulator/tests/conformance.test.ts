import type { Update } from '@grammyjs/types';
import { expect, test } from 'vitest';
import { generateTypes } from '../generator/generate.ts';
import { readSources } from '../generator/sources.ts';
import { createCompiler } from '../src/schema/compile.ts';
import type { Violation } from '../src/schema/violation.ts';
import { start } from './harness.ts';

const types = generateTypes(readSources().sources, ['Update', 'Message', 'ChatMember', 'ChatFullInfo']);
const compile = createCompiler(types);

/** What is wrong with a value of a type of `@grammyjs/types`; undefined fields count as absent. */
function faults(type: string, value: unknown): readonly Violation[] {
  const found: Violation[] = [];
  compile({ it: { type: { ref: type } } }).explain({ it: JSON.parse(JSON.stringify(value)) }, '', found);
  return found;
}

test('the check itself tells right from wrong', () => {
  const chat = { id: 1, type: 'private', first_name: '王' };
  const message = { message_id: 1, date: 1, chat, from: { id: 1, is_bot: false, first_name: '王' } };
  const paths = (update: object) => faults('Update', update).map(({ problem, path }) => `${problem} ${path}`);
  expect(paths({ update_id: 1, message })).toEqual([]);
  expect(paths({ update_id: 1, talk: 1 })).toEqual(['unknown parameter it.talk']);
  expect(paths({ update_id: 1, message: { ...message, from: { id: '1' } } })).toEqual([
    'wrong type it.message.from.id',
    'missing it.message.from.is_bot',
    'missing it.message.from.first_name',
  ]);
  expect(paths({ update_id: 1, message: { ...message, chat: { ...chat, title: '群' } } })).toEqual([
    'unknown parameter it.message.chat.title',
  ]);
  const reply = { ...message, reply_to_message: { ...message, reply_to_message: message } };
  expect(paths({ update_id: 1, message: reply })).toEqual([
    'unknown parameter it.message.reply_to_message.reply_to_message',
  ]);
});

test('every update and answer of the emulator has the shape that @grammyjs/types give it', async () => {
  const { emulator, ok, send } = await start();
  const { places, people, rule, buttons, watch } = emulator;
  const seen: Update[] = [];
  watch.subscribe((event) => event.kind === 'update' && seen.push(event.update));
  await ok('getUpdates', {
    allowed_updates: [
      ...['message', 'edited_message', 'channel_post', 'edited_channel_post', 'callback_query', 'inline_query'],
      ...['chosen_inline_result', 'my_chat_member', 'chat_member'],
    ],
  });

  const owner = places.user({ first_name: '群主', username: 'owner_1', language_code: 'zh-hans' });
  const user = places.user({ last_name: '王' });
  const stranger = places.user({ is_bot: true, username: 'other_bot' });
  const group = places.group({ creator: owner, members: [user, stranger], bot: false });
  const forum = places.supergroup({ creator: owner, members: [user], forum: true, bot: 'administrator' });
  const channel = places.channel({ creator: owner, discussion: forum, username: 'gonggao' });

  rule.bot(group, { status: 'member' });
  rule.bot(group, { status: 'administrator' });
  rule.role(group, user, { status: 'administrator', is_anonymous: true });
  const question = people.say(group, owner, '/ask 待遇 https://gov.cn #话题', { mentions: [{ text: '待遇', user }] });
  people.say(group, user, '匿名', { replyTo: question });
  people.say(group, stranger, '我是机器人');
  people.edit(people.say(group, owner, '图', { photo: true }), '新说明');
  people.say(group, owner, '转', { forwardOrigin: { type: 'hidden_user', date: 1, sender_user_name: '某人' } });
  people.say(group, owner, '频道说', { as: channel });
  rule.migrate(group);

  const topic = rule.openTopic(forum, '政策');
  people.say(forum, user, '在话题里', { topic });
  rule.closeTopic(forum, topic);
  rule.reopenTopic(forum, topic);
  rule.role(forum, user, { status: 'restricted' });
  rule.role(forum, user, { status: 'kicked' });
  people.edit(people.say(channel, owner, '公告'), '改过的公告');
  rule.bot(channel, { status: 'kicked' });

  people.start(user, 'q1');
  const answer = await send({
    chat_id: user.id,
    text: '引文',
    entities: [{ type: 'expandable_blockquote', offset: 0, length: 2 }],
    reply_markup: { inline_keyboard: [[{ text: '原文', callback_data: 'v' }]] },
  });
  void buttons.press(answer, user, 'v');
  void buttons.inline(user, '待遇', { chatType: 'sender' });
  const result = { type: 'article', id: '1', title: '题', input_message_content: { message_text: '文' } };
  buttons.choose(user.id, user, '待遇', { ...result, reply_markup: answer.reply_markup });
  people.block(user);

  expect(seen.length).toBeGreaterThan(30);
  for (const update of seen) expect(faults('Update', update), JSON.stringify(update)).toEqual([]);
  for (const chat of [forum, channel].map(({ id }) => id)) {
    for (const message of watch.messages(chat)) expect(faults('Message', message), JSON.stringify(message)).toEqual([]);
  }
  for (const { user: each } of watch.chat(forum).members) {
    const member = await ok('getChatMember', { chat_id: forum.id, user_id: each.id });
    expect(faults('ChatMember', member)).toEqual([]);
  }
  expect(faults('ChatFullInfo', await ok('getChat', { chat_id: forum.id }))).toEqual([]);
  expect(faults('ChatFullInfo', await ok('getChat', { chat_id: user.id }))).toEqual([]);
});
