import type { Bot } from 'grammy';
import { timeZoneOf } from '../config.ts';
import { parseCallback, type SettingChange } from '../messages/callback.ts';
import { messageOf } from '../messages/message.ts';
import { settingsCard } from '../messages/settings.ts';
import type { ChatSettings } from '../storage/chat-settings.ts';
import { isAdmin } from './admins.ts';
import { acknowledge, show } from './buttons.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import type { LookUps } from './look-ups.ts';
import { reply } from './reply.ts';

const UNSET: ChatSettings = { ambient: false, sloganTime: null, timeZone: null, sloganTopic: null, sloganForm: 'text' };

const CHANGES: Readonly<Record<SettingChange, Partial<ChatSettings>>> = {
  ambient: { ambient: true },
  quiet: { ambient: false },
  text: { sloganForm: 'text' },
  poster: { sloganForm: 'poster' },
  unsubscribe: { sloganTime: null, sloganTopic: null },
};

/** `/settings`, with a time zone's name or without, and its buttons; in groups for admins only. */
export function handleSettings(bot: Bot<BotContext>, deps: BotDeps, lookUps: LookUps): void {
  bot.on('message', async (ctx, next) => {
    if (ctx.addressed?.kind !== 'command' || ctx.addressed.name !== 'settings') return next();
    const { words } = ctx.locale;
    if (!(await isAdmin(ctx, lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
    const named = ctx.addressed.text;
    const timeZone = timeZoneOf(named);
    if (named !== '' && timeZone === undefined) return reply(ctx, [messageOf(words.settings.badZone)]);
    const changed = timeZone === undefined ? {} : { timeZone };
    if (timeZone !== undefined) change(ctx, changed, deps);
    reply(ctx, [settingsCard(viewOf(ctx, { ...(await settingsOf(ctx, deps)), ...changed }, deps), ctx.locale)]);
  });
  bot.on('callback_query:data', async (ctx, next) => {
    const callback = parseCallback(ctx.callbackQuery.data);
    if (callback?.kind !== 'setting') return next();
    if (!(await isAdmin(ctx, lookUps))) return acknowledge(ctx, ctx.locale.words.adminsOnly);
    const changed = CHANGES[callback.change];
    change(ctx, changed, deps);
    show(ctx, settingsCard(viewOf(ctx, { ...(await settingsOf(ctx, deps)), ...changed }, deps), ctx.locale));
  });
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

function viewOf(ctx: BotContext, settings: ChatSettings, { timeZone }: BotDeps) {
  const { ambient, sloganTime, sloganForm } = settings;
  const isPrivate = ctx.chat?.type === 'private';
  return { isPrivate, ambient, sloganTime, sloganForm, timeZone: settings.timeZone ?? timeZone };
}
