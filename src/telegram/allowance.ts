import type { Bot } from 'grammy';
import { commandList } from '../messages/cards.ts';
import { messageOf } from '../messages/message.ts';
import { chatAllowance, personAllowance } from '../storage/allowances.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { reply } from './reply.ts';

/** `once`: over the allowance for the first time in its window, so say a short word; then be silent. */
export type Granted = 'granted' | 'once' | 'silent';

/** Keeps anybody from making the bot flood a chat. */
export interface Allowance {
  /** Counts an update once, however often it is asked about. */
  take(ctx: BotContext): Granted;
}

const MINUTE = 60_000;
/** Telegram lets a bot send 20 messages a minute to a group; some room is left for its slogan and for admins. */
const A_GROUP = 15;
const A_PERSON = 8;
const A_PRIVATE_CHAT = 30;

export function createAllowance({ store }: BotDeps): Allowance {
  const taken = new WeakMap<object, Granted>();

  function count({ chat, from }: BotContext): Granted {
    if (!chat) return 'silent';
    const isPrivate = chat.type === 'private';
    const person = from && !isPrivate ? personAllowance(`${chat.id}:${store.people.keyOf(from.id)}`) : undefined;
    const own = person ? store.allowances.take(person, A_PERSON, MINUTE) : undefined;
    if (own && !own.allowed) return own.firstRefusal ? 'once' : 'silent';
    const all = store.allowances.take(chatAllowance(chat.id), isPrivate ? A_PRIVATE_CHAT : A_GROUP, MINUTE);
    if (all.allowed) return 'granted';
    return all.firstRefusal ? 'once' : 'silent';
  }

  return {
    take(ctx) {
      const known = taken.get(ctx.update);
      if (known) return known;
      const granted = count(ctx);
      taken.set(ctx.update, granted);
      return granted;
    },
  };
}

/** Commands count like questions, those that show a card too; a group's unknown commands aren't replied to at all. */
export function limitCommands(bot: Bot<BotContext>, allowance: Allowance): void {
  bot.on('message', async (ctx, next) => {
    const { addressed, engine, locale } = ctx;
    if (addressed?.kind !== 'command') return next();
    const names = ['start', ...commandList(engine.library, locale).map(([name]) => name)];
    if (ctx.chat.type !== 'private' && !names.includes(addressed.name)) return;
    const granted = allowance.take(ctx);
    if (granted === 'granted') return next();
    if (granted === 'once') reply(ctx, [messageOf(locale.words.tooMany)]);
  });
}
