import type { Bot } from 'grammy';
import { localTime, nextDue } from '../broadcast/schedule.ts';
import { messageOf } from '../messages/message.ts';
import { isAdmin } from './admins.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import type { LookUps } from './look-ups.ts';
import { reply, replyingTo, topicOf } from './reply.ts';
import { change, settingsOf } from './settings.ts';

/** `/slogan` shows today's at once; `/subscribe [HH:MM]` and `/unsubscribe` are for everybody in private, in groups for admins. */
export function handleSlogan(bot: Bot<BotContext>, deps: BotDeps, lookUps: LookUps): void {
  bot.on('message', async (ctx, next) => {
    if (ctx.addressed?.kind !== 'command') return next();
    switch (ctx.addressed.name) {
      case 'slogan':
        return await showToday(ctx, deps);
      case 'subscribe':
        return await subscribe(ctx, ctx.addressed.text, deps, lookUps);
      case 'unsubscribe':
        return await unsubscribe(ctx, deps, lookUps);
      default:
        return next();
    }
  });
}

async function showToday(ctx: BotContext, deps: BotDeps): Promise<void> {
  const { timeZone, sloganForm } = await settingsOf(ctx, deps);
  const call = await deps.slogans.today(timeZone ?? deps.timeZone, sloganForm);
  if (!call || !ctx.msg || !ctx.chat) return reply(ctx, [messageOf(ctx.locale.words.noSlogan)]);
  const payload = { ...call.payload, ...replyingTo(ctx.msg) };
  ctx.decision.outgoing.push({ ...call, payload, chatId: ctx.chat.id, ...topicOf(ctx.msg), kind: 'reply' });
}

async function subscribe(ctx: BotContext, wanted: string, deps: BotDeps, lookUps: LookUps): Promise<void> {
  const { words } = ctx.locale;
  if (!(await isAdmin(ctx, lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
  const settings = await settingsOf(ctx, deps);
  const time = wanted === '' ? (settings.sloganTime ?? deps.sloganTime) : timeOf(wanted);
  if (time === undefined) return reply(ctx, [messageOf(words.settings.badTime)]);
  const timeZone = settings.timeZone ?? deps.timeZone;
  const sloganTopic = ctx.msg ? (topicOf(ctx.msg).threadId ?? null) : null;
  change(ctx, { sloganTime: time, sloganTopic }, deps);
  const next = localTime(timeZone, nextDue({ timeZone, time }, deps.now()).at);
  reply(ctx, [messageOf(words.settings.subscribed(time, timeZone, `${next.date} ${next.time}`))]);
}

async function unsubscribe(ctx: BotContext, deps: BotDeps, lookUps: LookUps): Promise<void> {
  const { words } = ctx.locale;
  if (!(await isAdmin(ctx, lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
  const { sloganTime } = await settingsOf(ctx, deps);
  if (sloganTime !== null) change(ctx, { sloganTime: null, sloganTopic: null }, deps);
  reply(ctx, [messageOf(sloganTime === null ? words.settings.notSubscribed : words.settings.unsubscribed)]);
}

/** HH:MM from what people type: 8:30 and 08：30 too. */
function timeOf(text: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2})[:：](\d{2})$/.exec(text.normalize('NFKC').trim()) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}
