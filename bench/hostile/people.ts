import type { Chat, Message, Update, User } from '@grammyjs/types';
import { HOUR } from '../../src/durations.ts';
import type { Clock } from './clock.ts';
import type { Telegram } from './telegram.ts';

/** Who asks as anybody would, and who does all that may harm others. */
export interface PeopleOptions {
  readonly clock: Clock;
  readonly telegram: Telegram;
  /** 0 to 1. */
  readonly random: () => number;
  readonly questions: readonly string[];
  /** Chats with a question each `everyMs` milliseconds, on average; half of them groups. */
  readonly ordinary: number;
  readonly everyMs: number;
  readonly hostile: number;
  /** When nobody says anything any more, in milliseconds since 1970. */
  readonly until: number;
  /** Told of each ordinary question. */
  readonly onAsked: (chatId: number, messageId: number) => void;
}

const ME = '@wence_bot';
const GROUPS_OF_ONE = 225;
const GROUPS_PUT_OFF = 50;

export function letLoose(options: PeopleOptions): void {
  const { clock, telegram, random, questions, until } = options;
  let messageId = 0;
  let numbers = 1_000_000;
  let stranger = 0;

  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const person = (): User => ({ id: ++numbers, is_bot: false, first_name: `居民${numbers}`, language_code: 'zh-hans' });
  const group = (title = '居民群'): Chat => ({ id: -1_000_000_000_000 - ++numbers, type: 'supergroup', title });
  const privately = ({ id, first_name }: User): Chat => ({ id, type: 'private', first_name });
  const date = () => Math.floor(clock.now() / 1_000);

  function written(chat: Chat, from: User, text: string): Message {
    const isCommand = text.startsWith('/');
    const mention = text.startsWith(ME) ? [{ type: 'mention', offset: 0, length: ME.length }] : [];
    const command = isCommand ? [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length ?? 0 }] : [];
    const entities = [...mention, ...command];
    return {
      message_id: ++messageId,
      date: date(),
      chat,
      from,
      text,
      ...(entities.length > 0 ? { entities } : {}),
    } as Message;
  }

  function say(chat: Chat, from: User, text: string): Message {
    const message = written(chat, from, text);
    telegram.tell({ message } as Update);
    return message;
  }

  function press(chat: Chat, from: User, data: string): void {
    const message = { ...written(chat, from, '答'), from: { id: 1, is_bot: true, first_name: '问策' } };
    telegram.tell({ callback_query: { id: String(messageId), from, chat_instance: '1', data, message } } as Update);
  }

  function join(chat: Chat, from: User): void {
    const member = (status: string) => ({ status, user: { id: 7_000_000_001, is_bot: true, first_name: '问策' } });
    const change = { chat, from, date: date(), old_chat_member: member('left'), new_chat_member: member('member') };
    telegram.tell({ my_chat_member: change } as unknown as Update);
  }

  /** Does something again and again, at intervals around so many milliseconds. */
  function every(ms: number, act: () => void): void {
    const again = () => {
      if (clock.now() >= until) return;
      act();
      clock.timers.after(ms * (0.5 + random()), again);
    };
    clock.timers.after(ms * random(), again);
  }

  const asked = (chat: Chat) => (chat.type === 'private' ? pick(questions) : `${ME} ${pick(questions)}`);

  for (let i = 0; i < options.ordinary; i++) {
    const members = i % 2 === 0 ? [person()] : [person(), person(), person()];
    const chat = i % 2 === 0 ? privately(members[0] as User) : group();
    every(options.everyMs, () => {
      const { message_id } = say(chat, pick(members), asked(chat));
      options.onAsked(chat.id, message_id);
    });
  }

  /** By the number of the issue that each was found as. */
  const HARMS: readonly ((self: User) => void)[] = [
    // 1: a group in slow mode, where the bot is no admin.
    (self) => {
      const chat = group();
      telegram.slowDown(chat.id, HOUR);
      every(30_000, () => say(chat, self, asked(chat)));
    },
    // 2: all that a group lets one ask, also while Telegram can't send.
    (self) => {
      const chat = group();
      every(7_500, () => say(chat, self, asked(chat)));
    },
    // 3: presses that need a look-up, and groups that the bot is brought into.
    (self) => {
      const chat = group();
      every(2_000, () => press(chat, self, '1c:ambient'));
      every(20_000, () => join(group(), self));
    },
    // 4: far over the allowance: mentions, inline queries, edits.
    (self) => {
      const chat = group();
      every(1_000, () => say(chat, self, `${ME} ${junk(++stranger)}`));
      every(2_000, () =>
        telegram.tell({
          inline_query: { id: String(++messageId), from: self, query: junk(++stranger), offset: '' },
        } as Update),
      );
      every(2_000, () =>
        telegram.tell({
          edited_message: { ...written(chat, self, junk(++stranger)), edit_date: date() },
        } as unknown as Update),
      );
    },
    // 5: presses, one after the other.
    (self) => {
      const chat = privately(self);
      every(500, () => press(chat, self, random() < 0.5 ? '1a:17tau528or1' : '1u:17tau528or1'));
    },
    // 6: many chats that have to wait.
    (self) => {
      const chats = Array.from({ length: GROUPS_PUT_OFF }, () => group());
      for (const { id } of chats) telegram.slowDown(id, HOUR);
      every(10_000, () => {
        const chat = pick(chats);
        say(chat, self, asked(chat));
      });
    },
    // 7: whatever can be spelled in many ways: zones, hours, titles.
    (self) => {
      const chat = privately(self);
      every(2_000, () => say(chat, self, `/settings ${spelled('America/Argentina/Buenos_Aires', ++stranger)}`));
      every(10_000, () => say(group(`群${++stranger}${'长'.repeat(100)}`), self, '/help'));
    },
    // 8: within all allowances, but for everybody: one in many groups of their own, others in private.
    (self) => {
      const isMany = stranger++ % 8 === 0;
      const chats = isMany ? Array.from({ length: GROUPS_OF_ONE }, () => group()) : [privately(self)];
      every(isMany ? 250 : 2_500, () => {
        const chat = pick(chats);
        say(chat, self, asked(chat));
      });
    },
  ];
  for (let i = 0; i < options.hostile; i++) HARMS[i % HARMS.length]?.(person());
}

/** Words that nobody has said before. */
function junk(number: number): string {
  return `第${number}次随便说说${(number * 7_919).toString(36)}有没有规定`;
}

function spelled(name: string, number: number): string {
  return Array.from(name, (letter, at) =>
    (number >> (at % 20)) & 1 ? letter.toUpperCase() : letter.toLowerCase(),
  ).join('');
}
