import type { Bot } from 'grammy';
import { DAY, HOUR, MINUTE } from '../durations.ts';
import { parseCallback } from '../messages/callback.ts';
import { commandList } from '../messages/cards.ts';
import { messageOf } from '../messages/message.ts';
import { chatAllowance, personAllowance } from '../storage/allowances.ts';
import type { Store } from '../storage/store.ts';
import type { BotContext } from './context.ts';
import { acknowledge, reply } from './reply.ts';

/** `once`: over the allowance for the first time in its window, so say a short word; then be silent. */
export type Granted = 'granted' | 'once' | 'silent';

/** Keeps anybody from making the bot flood a chat. */
export interface Allowance {
  /** Of questions, and of what costs as much. Counts an update once, however often it is asked about. */
  take(ctx: BotContext): Granted;
  /** The same for what nobody is owed an answer to. To be asked before any work. */
  spend(ctx: BotContext, on: Expense): Granted;
  /** Whether a chat that we come into may be greeted, or whoever brought us be told why not: once an hour each. */
  greet(ctx: BotContext, how: 'hello' | 'muted'): boolean;
}

/**
 * `look`: ranking what may need no answer, which are edits and what a group says among itself; `press`: of any
 * button; `setting`: of one for which it must be asked who is an admin; `join`: being brought into a group; `wordless`: being told that
 * only words are read, once for all the photos of an album.
 */
export type Expense = 'look' | 'inline' | 'press' | 'setting' | 'join' | 'wordless';

/** Telegram lets a bot send 20 messages a minute to a group; some room is left for its slogan and for admins. */
const A_GROUP = 15;
const A_PERSON = 8;
const A_PRIVATE_CHAT = 30;
/** A minute's, of one person wherever they are, and of one chat. Who types an inline query sends it again and again. */
const EXPENSES: Readonly<Record<Expense, { readonly person: number; readonly chat: number }>> = {
  look: { person: 20, chat: 60 },
  inline: { person: 40, chat: Number.POSITIVE_INFINITY },
  press: { person: 120, chat: 240 },
  setting: { person: 20, chat: 60 },
  join: { person: 10, chat: 5 },
  wordless: { person: 6, chat: 6 },
};

export function createAllowance({ store, now }: { readonly store: Store; now(): number }): Allowance {
  const taken = new WeakMap<object, Granted>();
  const spent = new WeakMap<object, Granted>();

  function take(key: string, limit: number, at: number): Granted {
    const { allowed, firstRefusal } = store.allowances.take(key, limit, MINUTE, at);
    return allowed ? 'granted' : firstRefusal ? 'once' : 'silent';
  }

  function count(ctx: BotContext): Granted {
    const { chat, from } = ctx;
    if (!chat) return 'silent';
    const at = askedAt(ctx, now());
    const isPrivate = chat.type === 'private';
    const person = from && !isPrivate ? personAllowance(`${chat.id}:${store.people.keyOf(from.id)}`) : undefined;
    const own = person ? take(person, A_PERSON, at) : 'granted';
    return own === 'granted' ? take(chatAllowance(chat.id), isPrivate ? A_PRIVATE_CHAT : A_GROUP, at) : own;
  }

  function pay(ctx: BotContext, on: Expense): Granted {
    const { chat, from, msg, callbackQuery } = ctx;
    const { person, chat: all } = EXPENSES[on];
    const at = askedAt(ctx, now());
    const album = msg?.media_group_id;
    if (album !== undefined && take(`album:${chat?.id}:${album}`, 1, at) !== 'granted') return 'silent';
    // Who speaks as a group or a channel has no number of their own; the message below a button is ours.
    const isNobody = msg?.sender_chat !== undefined && callbackQuery === undefined;
    const own = from && !isNobody ? take(`${on}:${store.people.keyOf(from.id)}`, person, at) : 'granted';
    return own === 'granted' && chat && Number.isFinite(all) ? take(`${on}:${chat.id}`, all, at) : own;
  }

  return {
    take: (ctx) => once(taken, ctx, () => count(ctx)),
    spend: (ctx, on) => once(spent, ctx, () => pay(ctx, on)),
    greet: (ctx, how) => store.allowances.take(`${how}:${ctx.chat?.id}`, 1, HOUR, now()).allowed,
  };
}

/** Telegram keeps updates for a day: what is older, or yet to come, was dated by another clock than ours. */
const KEPT = DAY;
const AHEAD = 5 * MINUTE;

/**
 * When an update was made, in milliseconds: what waited while we were down is counted by the minute in which it was
 * asked. Presses have no date of their own.
 */
function askedAt({ message, editedMessage, myChatMember }: BotContext, now: number): number {
  const date = message?.date ?? editedMessage?.edit_date ?? myChatMember?.date;
  const at = 1_000 * (date ?? Number.NaN);
  return at > now - KEPT && at < now + AHEAD ? at : now;
}

/** Counts an update once, however often it is asked about. */
function once(known: WeakMap<object, Granted>, { update }: BotContext, count: () => Granted): Granted {
  const granted = known.get(update) ?? count();
  known.set(update, granted);
  return granted;
}

/** What is pressed too often is left alone after one short word: the button's light goes out by itself. */
export function limitPresses(bot: Bot<BotContext>, allowance: Allowance): void {
  bot.on('callback_query', async (ctx, next) => {
    const granted = allowance.spend(ctx, isSetting(ctx) ? 'setting' : 'press');
    if (granted === 'granted') return next();
    if (granted === 'once') acknowledge(ctx, ctx.locale.words.tooMany);
  });
}

/** Whether a button was pressed that changes a setting. */
export function isSetting({ callbackQuery }: BotContext): boolean {
  return callbackQuery?.data !== undefined && parseCallback(callbackQuery.data)?.kind === 'setting';
}

/** Not in the list of commands, or not where there are no slogans. */
const ALWAYS = ['start', 'stop', 'slogan', 'subscribe', 'unsubscribe'];

/** Commands count like questions, those that show a card too; a group's unknown commands aren't replied to at all. */
export function limitCommands(bot: Bot<BotContext>, allowance: Allowance): void {
  bot.on('message', async (ctx, next) => {
    const { addressed, engine, locale } = ctx;
    if (addressed?.kind !== 'command') return next();
    const names = [...ALWAYS, ...commandList(engine.library, locale).map(([name]) => name)];
    if (ctx.chat.type !== 'private' && !names.includes(addressed.name)) return;
    const granted = allowance.take(ctx);
    if (granted === 'granted') return next();
    if (granted === 'once') reply(ctx, [messageOf(locale.words.tooMany)]);
  });
}
