import type { Message, User } from '@grammyjs/types';
import type { Emulator } from 'telegram-emulator';
import type { Role } from 'telegram-emulator/members';
import { Refusal } from 'telegram-emulator/refusal';
import { personOf, userOf } from './neighbourhood.ts';
import type { Act, InlineResult, PersonKey, Standing } from './protocol.ts';
import type { Stage } from './stage.ts';

/** What an act comes to: something for the page, or a refusal as a Telegram app would give it. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** A file that a visitor sends: it comes as it is, not as JSON. */
export interface FileAct {
  readonly type: 'file';
  readonly person: PersonKey;
  readonly chat: number;
  readonly topic?: number | undefined;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Performs acts upon the emulator. An act that Telegram's apps would not allow is refused; faults are thrown. */
export function createActor(emulator: Emulator, stage: Stage): (act: Act | FileAct) => Promise<Outcome> {
  const choices = createChoices();

  async function perform(act: Act | FileAct): Promise<unknown> {
    if ('chat' in act) checkPlace(stage, act);
    switch (act.type) {
      case 'say':
        return say(emulator, stage, act);
      case 'file':
        return sendFile(emulator, stage, act);
      case 'edit':
        emulator.people.edit(ownMessage(emulator, stage, act), act.text);
        return undefined;
      case 'remove':
        emulator.people.remove(ownMessage(emulator, stage, act));
        return undefined;
      case 'press':
        return emulator.buttons.press(messageOf(emulator, act), user(stage, act.person), {
          row: act.row,
          column: act.column,
        });
      case 'start':
        emulator.people.start(user(stage, act.person), act.payload);
        return undefined;
      case 'menu':
        return emulator.watch.menu(act.chat, user(stage, act.person));
      case 'inline':
        return choices.ask(emulator, act.person, user(stage, act.person), act.chat, act.query);
      case 'choose':
        choices.take(emulator, act.person, user(stage, act.person), act);
        return undefined;
      case 'bot':
        emulator.rule.bot(act.chat, roleOf(act.standing));
        return undefined;
      case 'role':
        emulator.rule.role(act.chat, user(stage, act.person), roleOf(act.standing));
        return undefined;
      case 'block':
        emulator.people[act.on ? 'block' : 'unblock'](user(stage, act.person));
        return undefined;
      case 'privacy':
        return stage.setPrivacy(act.on);
      case 'clock':
        return stage.advance(act.advance);
      case 'reset':
        return stage.reset();
    }
  }

  return async (act) => {
    try {
      return { kind: 'done', result: await perform(act) };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', code: error.code, message: error.message };
      throw error;
    }
  };
}

function user(stage: Stage, key: PersonKey): User {
  return userOf(stage.neighbourhood().people, key);
}

/** A chat of this neighbourhood; nobody is in another's private chat, and standings exist only in groups. */
function checkPlace(stage: Stage, act: Extract<Act | FileAct, { chat: number }>): void {
  const { roomIds, room } = stage.neighbourhood();
  if (!roomIds.has(act.chat)) throw new Refusal('not_found', `there is no chat ${act.chat}`);
  const { owner, people } = room(act.chat);
  if (act.type === 'bot' || act.type === 'role') {
    if (owner !== undefined) throw new Refusal('not_a_group', 'a private chat has no ranks');
    if (act.type === 'role' && people[act.person] === 'creator') throw new Refusal('no_right', 'the creator stays');
  } else if (owner !== undefined && owner !== act.person) {
    throw new Refusal('not_member', 'that is a private chat of someone else');
  }
}

function say(emulator: Emulator, stage: Stage, act: Extract<Act, { type: 'say' }>): { readonly message: number } {
  const hidden = isAnonymousIn(stage, act.person, act.chat);
  const message = emulator.people.say(act.chat, user(stage, act.person), act.text, {
    ...(act.topic === undefined || act.topic === 1 ? {} : { topic: act.topic }),
    ...(act.replyTo === undefined ? {} : { replyTo: act.replyTo }),
    ...(hidden ? { as: 'anonymous' as const } : {}),
  });
  return { message: message.message_id };
}

function sendFile(emulator: Emulator, stage: Stage, act: FileAct): { readonly message: number } {
  const { name, bytes, topic } = act;
  const message = emulator.people.say(act.chat, user(stage, act.person), '', {
    document: { name, bytes },
    ...(topic === undefined || topic === 1 ? {} : { topic }),
    ...(isAnonymousIn(stage, act.person, act.chat) ? { as: 'anonymous' as const } : {}),
  });
  return { message: message.message_id };
}

/** Who hides behind the group's name does so in groups only. */
function isAnonymousIn(stage: Stage, key: PersonKey, chatId: number): boolean {
  const { people, room } = stage.neighbourhood();
  return personOf(people, key).anonymous && room(chatId).owner === undefined;
}

function messageOf(emulator: Emulator, at: { readonly chat: number; readonly message: number }): Message {
  const stored = emulator.watch.message(at.chat, at.message);
  if (!stored) throw new Refusal('not_found', 'there is no such message');
  return stored.message;
}

function ownMessage(
  emulator: Emulator,
  stage: Stage,
  act: { readonly chat: number; readonly message: number; readonly person: PersonKey },
): Message {
  const message = messageOf(emulator, act);
  const own = message.sender_chat
    ? isAnonymousIn(stage, act.person, act.chat) && message.sender_chat.id === act.chat
    : message.from?.id === user(stage, act.person).id && !message.via_bot;
  if (!own) throw new Refusal('no_right', 'only the author may change a message');
  return message;
}

function roleOf(standing: Exclude<Standing, 'creator'>): Role {
  switch (standing) {
    case 'administrator':
    case 'member':
      return { status: standing };
    case 'muted':
      return { status: 'restricted' };
    case 'absent':
      return { status: 'kicked' };
  }
}

interface Choices {
  ask(emulator: Emulator, key: PersonKey, user: User, chatId: number, query: string): Promise<unknown>;
  take(emulator: Emulator, key: PersonKey, user: User, act: Extract<Act, { type: 'choose' }>): void;
}

/** The inline results that each person was last shown: the page names one by its id, what it holds stays here. */
function createChoices(): Choices {
  const shown = new Map<PersonKey, { readonly query: string; readonly results: readonly Record<string, unknown>[] }>();
  return {
    async ask(emulator, key, user, chatId, query) {
      const answer = await emulator.buttons.inline(user, query, { chatType: chatId > 0 ? 'sender' : 'supergroup' });
      if (!answer.answered) return { answered: false, results: [] };
      shown.set(key, { query, results: answer.results });
      return { answered: true, results: answer.results.map(summary) };
    },
    take(emulator, key, user, { chat, result: id, topic }) {
      const { query, results } = shown.get(key) ?? { query: '', results: [] };
      const result = results.find((each) => each.id === id);
      if (!result) throw new Refusal('not_found', 'that result is not on show any more');
      emulator.buttons.choose(chat, user, query, result, topic === undefined || topic === 1 ? {} : { topic });
    },
  };
}

function summary(result: Record<string, unknown>): InlineResult {
  return {
    id: String(result.id ?? ''),
    title: String(result.title ?? ''),
    description: String(result.description ?? ''),
  };
}
