import type { Chat, Message, Update, User } from '@grammyjs/types';
import { createRandom } from '../src/random.ts';

const GROUPS = 3_000;
const PEOPLE = 20_000;
const BEGAN = 1_767_225_600;
const ME = '@wence_bot';
const CHATTER = [
  '大家晚上好',
  '电梯又坏了',
  '收到',
  '谢谢',
  '楼下谁的车挡路了',
  '快递放门口了',
  '+1',
  '😀',
  '明天停水吗',
  '哈哈哈',
];
const COMMANDS = [
  '/help',
  '/sources',
  '/measures',
  '/pilot',
  '/slogan',
  '/settings',
  '/start',
  '/pilot 海南',
  '/unknown',
];

/** Update `number` of a day of mixed traffic, the same each time it is asked for. */
export function trafficAt(
  number: number,
  questions: readonly string[],
  keys: readonly string[],
  perSecond: number,
): Update {
  const random = createRandom(number);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const from = person(Math.floor(random() * PEOPLE));
  const group = groupOf(Math.floor(random() * GROUPS));
  const date = BEGAN + Math.floor(number / perSecond);
  const said = (chat: Chat, text: string, entities: Message['entities'] = []) =>
    ({ message_id: number + 1, date, chat, from, text, ...(entities.length > 0 ? { entities } : {}) }) as Message;
  const update = (body: object) => ({ update_id: number + 1, ...body }) as Update;
  const kind = random();
  if (kind < 0.5) return update({ message: said(group, pick(CHATTER)) });
  if (kind < 0.65) return update({ message: said(privateChat(from), pick(questions)) });
  if (kind < 0.8) {
    const text = `${ME} ${pick(questions)}`;
    return update({ message: said(group, text, [{ type: 'mention', offset: 0, length: ME.length }]) });
  }
  if (kind < 0.85) {
    const text = pick(COMMANDS);
    const length = text.split(' ')[0]?.length ?? 0;
    return update({
      message: said(random() < 0.5 ? group : privateChat(from), text, [{ type: 'bot_command', offset: 0, length }]),
    });
  }
  if (kind < 0.92) {
    const data = `1${pick(['a', 'u', 'd', 'b', 't', 's'])}:${pick(keys)}`;
    return update({
      callback_query: { id: String(number), from, chat_instance: '1', data, message: said(group, '答') },
    });
  }
  if (kind < 0.96)
    return update({ inline_query: { id: String(number), from, query: pick(questions).slice(0, 20), offset: '' } });
  if (kind < 0.99) {
    // Now and then of a message that was answered: the private questions of people come again under their numbers.
    const edited = {
      ...said(privateChat(from), pick(questions)),
      message_id: Math.max(1, number - 40),
      edit_date: date,
    };
    return update({ edited_message: edited });
  }
  const member = (status: string) => ({ status, user: { id: 7_000_000_001, is_bot: true, first_name: '问策' } });
  const [before, after] = random() < 0.5 ? ['left', 'member'] : ['member', 'kicked'];
  return update({
    my_chat_member: { chat: group, from, date, old_chat_member: member(before), new_chat_member: member(after) },
  });
}

function person(number: number): User {
  return {
    id: 1_000_000 + number,
    is_bot: false,
    first_name: `居民${number}`,
    language_code: number % 9 === 0 ? 'zh-hant' : 'zh-hans',
  };
}

function privateChat({ id, first_name }: User): Chat {
  return { id, type: 'private', first_name };
}

function groupOf(number: number): Chat {
  return { id: -1_002_000_000_000 - number, type: 'supergroup', title: `小区${number}` };
}
