import type { Bot } from 'grammy';
import type { Engine, LoadedEngine } from '../engine.ts';
import { parseCallback } from '../messages/callback.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';

/** What a chat that is silent still hears: how to end that, and how to have it quieter still. */
const HEARD: ReadonlySet<string> = new Set(['settings', 'stop', 'subscribe', 'unsubscribe']);

/** What an admin chose for a group: silence for a while, short answers, and which documents answer. */
export function applyChoices(bot: Bot<BotContext>, { store, now, choose }: BotDeps): void {
  bot.on(['message', 'edited_message', 'callback_query:data'], async (ctx, next) => {
    const { addressed, chat } = ctx;
    const callback = parseCallback(ctx.callbackQuery?.data ?? '');
    const isSet = callback?.kind === 'setting' || (addressed?.kind === 'command' && HEARD.has(addressed.name));
    if (!chat || chat.type === 'private' || (!addressed && !callback) || isSet) return next();
    const settings = (await store.chats.get(chat.id))?.settings;
    if (!settings) return next();
    const { silentUntil, documentsOff } = settings;
    // What was said already can still be opened.
    if (silentUntil !== null && silentUntil > now() && !callback) return;
    ctx.settings = settings;
    if (documentsOff.length > 0 && choose) {
      ctx.engine = await choose(documentsOff);
      ctx.isNarrowed = true;
    }
    return next();
  });
}

/** So many choices of groups are kept ready, the latest used. */
const READY = 16;

/** The live engine without some documents, made when it is first asked; all of it where nothing would be left. */
export function createChoosing(
  engine: () => LoadedEngine,
  without: (engine: LoadedEngine, ids: ReadonlySet<string>) => Promise<LoadedEngine>,
): (off: readonly string[]) => Promise<Engine> {
  let of: LoadedEngine | undefined;
  let ready = new Map<string, Promise<Engine>>();
  return (off) => {
    const live = engine();
    if (of !== live) {
      of = live;
      ready = new Map();
    }
    const ids = live.library.documents.map(({ id }) => id).filter((id) => off.includes(id));
    if (ids.length === 0 || ids.length === live.library.documents.length) return Promise.resolve(live);
    const key = ids.join('\n');
    const known = ready.get(key) ?? without(live, new Set(ids));
    ready.delete(key);
    ready.set(key, known);
    const [oldest] = ready.size > READY ? ready.keys() : [];
    if (oldest !== undefined) ready.delete(oldest);
    return known;
  };
}
