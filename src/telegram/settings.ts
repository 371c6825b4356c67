import type { Bot } from 'grammy';
import { documentKey } from '../answering/key.ts';
import { localTime, nextDue } from '../broadcast/schedule.ts';
import { DAY } from '../durations.ts';
import { type Callback, parseCallback, type SettingChange } from '../messages/callback.ts';
import { hasSlogans } from '../messages/cards.ts';
import { type Message, messageOf } from '../messages/message.ts';
import { documentsCard, type SloganPlace, type SloganView, settingsCard } from '../messages/settings.ts';
import { type ChatSettings, FOR_GOOD } from '../storage/chat-settings.ts';
import { readTimeZone, type ZoneReading } from '../text/time-zones.ts';
import { isAdmin, isDeaf } from './admins.ts';
import { show } from './buttons.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, HandlerDeps } from './deps.ts';
import { acknowledge, reply, topicOf } from './reply.ts';

const UNSET: ChatSettings = {
  ambient: false,
  sloganTime: null,
  timeZone: null,
  sloganTopic: null,
  sloganForm: 'text',
  model: true,
  short: false,
  documentsOff: [],
  silentUntil: null,
};

const CHANGES: Readonly<Partial<Record<SettingChange, Partial<ChatSettings>>>> = {
  ambient: { ambient: true },
  quiet: { ambient: false },
  model: { model: true },
  modelless: { model: false },
  text: { sloganForm: 'text' },
  poster: { sloganForm: 'poster' },
  unsubscribe: { sloganTime: null, sloganTopic: null },
  short: { short: true },
  full: { short: false },
  speak: { silentUntil: null },
  silent: { silentUntil: FOR_GOOD },
};

/** `/settings`, with a time zone or without, and its buttons; in groups for admins only. */
export function handleSettings(bot: Bot<BotContext>, deps: HandlerDeps): void {
  const { lookUps } = deps;
  bot.on('message', async (ctx, next) => {
    if (ctx.addressed?.kind !== 'command' || ctx.addressed.name !== 'settings') return next();
    const { words } = ctx.locale;
    if (!(await isAdmin(ctx, lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
    const named = ctx.addressed.text;
    const reading = named === '' ? undefined : readTimeZone(named);
    if (reading && reading.kind !== 'zone') return reply(ctx, [messageOf(noZone(reading, ctx))]);
    const changed = reading ? { timeZone: reading.zone } : {};
    if (reading) change(ctx, changed, deps);
    reply(ctx, [await cardOf(ctx, { ...(await settingsOf(ctx, deps)), ...changed }, deps)]);
  });
  bot.on('callback_query:data', async (ctx, next) => {
    const callback = parseCallback(ctx.callbackQuery.data);
    if (callback?.kind !== 'setting') return next();
    if (!(await isAdmin(ctx, lookUps))) return acknowledge(ctx, ctx.locale.words.adminsOnly);
    const settings = await settingsOf(ctx, deps);
    const changed = changedBy(callback, settings, ctx, deps);
    if (Object.keys(changed).length > 0) change(ctx, changed, deps);
    const now = { ...settings, ...changed };
    const isList = callback.change === 'documents' || callback.change === 'toggle';
    show(ctx, isList ? documentsCard(ctx.engine.library, now.documentsOff, ctx.locale) : await cardOf(ctx, now, deps));
  });
}

function changedBy(
  { change: wanted, document: key }: Extract<Callback, { kind: 'setting' }>,
  { documentsOff }: ChatSettings,
  { engine }: BotContext,
  { now }: BotDeps,
): Partial<ChatSettings> {
  if (wanted === 'silentday') return { silentUntil: now() + DAY };
  if (wanted !== 'toggle') return CHANGES[wanted] ?? {};
  const ids = engine.library.documents.map(({ id }) => id);
  const id = ids.find((one) => documentKey(one) === key);
  if (id === undefined) return {};
  const off = documentsOff.includes(id) ? documentsOff.filter((one) => one !== id) : [...documentsOff, id];
  // One has to answer.
  return ids.every((one) => off.includes(one)) ? {} : { documentsOff: off };
}

export async function settingsOf(ctx: BotContext, { store }: BotDeps): Promise<ChatSettings> {
  const chat = ctx.chat && (await store.chats.get(ctx.chat.id));
  return chat?.settings ?? UNSET;
}

export function change(ctx: BotContext, settings: Partial<ChatSettings>, { slogans }: BotDeps): void {
  if (!ctx.chat) return;
  ctx.decision.effects.push({ kind: 'settings', chatId: ctx.chat.id, settings });
  ctx.decision.onCommit.push(slogans.subscribersChanged);
}

/** What to say of a name that is no time zone, or may be several. */
export function noZone(reading: Exclude<ZoneReading, { kind: 'zone' }>, { locale }: BotContext): string {
  const { badZone, ambiguousZone, reversedZone } = locale.words.settings;
  switch (reading.kind) {
    case 'ambiguous':
      return ambiguousZone(reading.name, reading.meant);
    case 'reversed':
      return reversedZone(reading.name, reading.offset, reading.other);
    case 'unknown':
      return badZone;
  }
}

async function cardOf(ctx: BotContext, settings: ChatSettings, deps: HandlerDeps): Promise<Message> {
  const { ambient } = settings;
  const isOffered = hasSlogans(ctx.engine.library) || settings.sloganTime !== null;
  const isOff = ctx.chat !== undefined && (await deps.store.chats.get(ctx.chat.id))?.sloganOff !== undefined;
  const slogan = isOffered ? { ...sloganView(ctx, settings, deps), isOff } : undefined;
  const view = {
    isPrivate: ctx.chat?.type === 'private',
    ambient,
    isDeaf: ambient && (await isDeaf(ctx, deps.lookUps)),
  };
  const model = deps.desk && settings.model;
  const all = ctx.engine.library.documents.length;
  const off = ctx.engine.library.documents.filter(({ id }) => settings.documentsOff.includes(id)).length;
  const documents = deps.choose && all > 1 ? { all, answering: all - off } : undefined;
  const { short } = settings;
  return settingsCard({ ...view, model, short, documents, silent: silenceOf(settings, deps), slogan }, ctx.locale);
}

/** Until when nobody is answered, as a person reads it; `for-good`, or undefined where everybody is. */
function silenceOf({ silentUntil, timeZone }: ChatSettings, { timeZone: own, now }: BotDeps): string | undefined {
  if (silentUntil === null || silentUntil <= now()) return undefined;
  if (silentUntil === FOR_GOOD) return 'for-good';
  const { date, time } = localTime(timeZone ?? own, silentUntil);
  return `${date} ${time}`;
}

export function sloganView(ctx: BotContext, settings: ChatSettings, { timeZone: own, now }: BotDeps): SloganView {
  const { sloganTime: time, sloganForm: form } = settings;
  const timeZone = settings.timeZone ?? own;
  const next = time === null ? undefined : localTime(timeZone, nextDue({ timeZone, time }, now()).at);
  return { time, timeZone, form, place: placeOf(ctx, settings), next: next && `${next.date} ${next.time}` };
}

function placeOf({ chat, msg }: BotContext, { sloganTopic }: ChatSettings): SloganPlace {
  if (!chat || chat.type === 'private') return { kind: 'chat' };
  if (chat.type !== 'supergroup' || !chat.is_forum) return { kind: 'group' };
  if (sloganTopic === null) return { kind: 'general' };
  const here = msg && topicOf(msg).threadId;
  if (here === sloganTopic) return { kind: 'here', name: msg?.reply_to_message?.forum_topic_created?.name };
  // Telegram writes a supergroup's own number behind -100.
  return { kind: 'elsewhere', url: `https://t.me/c/${String(chat.id).replace(/^-100/, '')}/${sloganTopic}` };
}
