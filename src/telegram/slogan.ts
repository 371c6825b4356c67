import type { Bot } from 'grammy';
import { hasSlogans } from '../messages/cards.ts';
import { messageOf } from '../messages/message.ts';
import { stoppedMessage, subscribedMessage } from '../messages/settings.ts';
import { readTimeOfDay } from '../text/time-of-day.ts';
import { readTimeZone, type ZoneReading } from '../text/time-zones.ts';
import { isAdmin } from './admins.ts';
import type { BotContext } from './context.ts';
import type { BotDeps, HandlerDeps } from './deps.ts';
import { reply, replyingTo, topicOf } from './reply.ts';
import { change, noZone, settingsOf, sloganView } from './settings.ts';

/** `/stop` ends what nobody asked for; `/slogan` shows today's at once; `/subscribe [hour] [zone]` and `/unsubscribe` are for everybody in private, in groups for admins. */
export function handleSlogan(bot: Bot<BotContext>, deps: HandlerDeps): void {
  bot.on('message', async (ctx, next) => {
    if (ctx.addressed?.kind !== 'command') return next();
    const { name } = ctx.addressed;
    if ((name === 'slogan' || name === 'subscribe') && !hasSlogans(ctx.engine.library)) {
      return reply(ctx, [messageOf(ctx.locale.words.noSlogans)]);
    }
    switch (name) {
      case 'slogan':
        return await showToday(ctx, deps);
      case 'subscribe':
        return await subscribe(ctx, ctx.addressed.text, deps);
      case 'unsubscribe':
        return await unsubscribe(ctx, deps);
      case 'stop':
        return await stop(ctx, deps);
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

async function subscribe(ctx: BotContext, wanted: string, deps: HandlerDeps): Promise<void> {
  const { words } = ctx.locale;
  if (!(await isAdmin(ctx, deps.lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
  const settings = await settingsOf(ctx, deps);
  const read = wanted === '' ? {} : hourAndZone(wanted);
  if (!read) return reply(ctx, [messageOf(words.settings.badTime)]);
  const { time = settings.sloganTime ?? deps.sloganTime, zone } = read;
  if (zone && zone.kind !== 'zone') return reply(ctx, [messageOf(noZone(zone, ctx))]);
  const sloganTopic = ctx.msg ? (topicOf(ctx.msg).threadId ?? null) : null;
  const changed = { sloganTime: time, sloganTopic, ...(zone ? { timeZone: zone.zone } : {}) };
  change(ctx, changed, deps);
  reply(ctx, [subscribedMessage(time, sloganView(ctx, { ...settings, ...changed }, deps), ctx.locale)]);
}

async function unsubscribe(ctx: BotContext, deps: HandlerDeps): Promise<void> {
  const { words } = ctx.locale;
  if (!(await isAdmin(ctx, deps.lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
  const { sloganTime } = await settingsOf(ctx, deps);
  if (sloganTime !== null) change(ctx, { sloganTime: null, sloganTopic: null }, deps);
  reply(ctx, [messageOf(sloganTime === null ? words.settings.notSubscribed : words.settings.unsubscribed)]);
}

/** Nothing more that nobody asked for. */
async function stop(ctx: BotContext, deps: HandlerDeps): Promise<void> {
  const { words } = ctx.locale;
  if (!(await isAdmin(ctx, deps.lookUps))) return reply(ctx, [messageOf(words.adminsOnly)]);
  change(ctx, { sloganTime: null, sloganTopic: null, ambient: false }, deps);
  const isPrivate = ctx.chat?.type === 'private';
  reply(ctx, [stoppedMessage(words.stopped(isPrivate), isPrivate, ctx.locale)]);
}

interface HourAndZone {
  readonly time?: string | undefined;
  readonly zone?: ZoneReading | undefined;
}

/** An hour, with a zone before or behind it, or a zone alone; undefined when there is neither. */
function hourAndZone(text: string): HourAndZone | undefined {
  const whole = readTimeOfDay(text);
  if (whole !== undefined) return { time: whole };
  const words = text.slice(0, LONGEST).split(/\s+/);
  const readings = words.slice(1).flatMap((_, at) => {
    const [head, tail] = [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')];
    return [head, tail].flatMap((hour, i) => {
      const time = readTimeOfDay(hour);
      return time === undefined ? [] : [{ time, zone: readTimeZone(i === 0 ? tail : head) }];
    });
  });
  const [first] = readings;
  if (first) return readings.find(({ zone }) => zone.kind !== 'unknown') ?? first;
  const zone = readTimeZone(text);
  return zone.kind === 'unknown' ? undefined : { zone };
}

/** In UTF-16 units: of what is longer the beginning is looked at. */
const LONGEST = 64;
