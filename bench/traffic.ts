import type { Chat, Message, Update, User } from '@grammyjs/types';
import { DAY } from '../src/durations.ts';
import { createRandom } from '../src/random.ts';

/** Where the traffic begins, in milliseconds since 1970. */
export const BEGAN_MS = 1_767_225_600_000;
/** Of so many people there is one group. */
const PEOPLE_A_GROUP = 7;
/** Within a year as many people and groups move away as there are, and others come. */
const TURNOVER_MS = 365 * DAY;
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

export interface Traffic {
  readonly updates: number;
  /** From the first to the last, in milliseconds. */
  readonly lastsMs: number;
  /** Who may write at any one time. */
  readonly people: number;
  readonly question: (random: () => number) => string;
  /** What people vote about. */
  readonly keys: readonly string[];
}

/** When update `number` comes, in milliseconds since 1970. */
export function timeOf(number: number, { updates, lastsMs }: Pick<Traffic, 'updates' | 'lastsMs'>): number {
  return BEGAN_MS + Math.floor((number / updates) * lastsMs);
}

/** Update `number` of mixed traffic, the same each time it is asked for. */
export function trafficAt(number: number, traffic: Traffic): Update {
  const { people, question, keys } = traffic;
  const random = createRandom(number);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const at = timeOf(number, traffic);
  const moved = (at - BEGAN_MS) / TURNOVER_MS;
  const from = person(Math.floor((random() + moved) * people));
  const group = groupOf(Math.floor(((random() + moved) * people) / PEOPLE_A_GROUP));
  const date = Math.floor(at / 1_000);
  const said = (chat: Chat, text: string, entities: Message['entities'] = []) =>
    ({ message_id: number + 1, date, chat, from, text, ...(entities.length > 0 ? { entities } : {}) }) as Message;
  const update = (body: object) => ({ update_id: number + 1, ...body }) as Update;
  const kind = random();
  if (kind < 0.5) return update({ message: said(group, pick(CHATTER)) });
  if (kind < 0.65) return update({ message: said(privateChat(from), question(random)) });
  if (kind < 0.8) {
    const text = `${ME} ${question(random)}`;
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
    return update({ inline_query: { id: String(number), from, query: question(random).slice(0, 20), offset: '' } });
  if (kind < 0.99) {
    // Of what was said a moment ago, if that was a message.
    const { message } = trafficAt(Math.max(0, number - 40), traffic);
    const edited = { ...(message ?? said(privateChat(from), '')), text: question(random), edit_date: date };
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
