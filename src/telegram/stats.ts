import { type Bot, InputFile } from 'grammy';
import type { ChartOrder } from '../broadcast/poster/chart.ts';
import { localTime } from '../broadcast/schedule.ts';
import { DAY, MINUTE } from '../durations.ts';
import type { Engine } from '../engine.ts';
import { KEEPER } from '../messages/keeper.ts';
import { messageOf } from '../messages/message.ts';
import { type Outcomes, STATS, type Stats, statsMessage, sumOf, totalOf } from '../messages/stats.ts';
import { isOwner } from './admins.ts';
import { readAnswerContent } from './answer-content.ts';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { reply } from './reply.ts';

/** Answers are kept for 30 days, what was sent for 3. */
const DAYS = 30;
const SENT_DAYS = 3;
const QUARTER = 15 * MINUTE;
/** Of a hundred answers so many are faster than the slow ones. */
const SLOW = 95;

/** `/stats`: what the bot did of late, for owners; as numbers, and as a picture. */
export function handleStats(bot: Bot<BotContext>, deps: BotDeps): void {
  const { drawChart, log } = deps;
  bot.on('message', async (ctx, next) => {
    const { addressed, chat } = ctx;
    if (addressed?.kind !== 'command' || addressed.name !== 'stats' || chat.type !== 'private') return next();
    if (!isOwner(ctx, deps)) return reply(ctx, [messageOf(KEEPER.ownersOnly)]);
    const stats = await statsOf(ctx.engine, deps);
    reply(ctx, [statsMessage(stats)]);
    if (!drawChart || sumOf(totalOf(stats.days)) === 0) return;
    ctx.decision.onCommit.push(() => {
      drawChart(chartOf(stats))
        .then((png) => ctx.api.sendPhoto(chat.id, new InputFile(png, 'stats.png')))
        .catch((err: unknown) => log.warn({ err }, '统计图没有画好或没有发出去'));
    });
  });
}

export async function statsOf({ answerer }: Engine, { store, timeZone, now }: BotDeps): Promise<Stats> {
  const dates = Array.from({ length: DAYS }, (_, at) => localTime(timeZone, now() - (DAYS - 1 - at) * DAY).date);
  const days = new Map<string, { answered: number; related: number; unanswered: number }>(
    dates.map((date) => [date, { answered: 0, related: 0, unanswered: 0 }]),
  );
  const keys = new Map<string, number>();
  const dateOf = localDates(timeZone);
  for await (const page of store.statistics.answers(now() - DAYS * DAY)) {
    for (const { content, createdAt } of page) {
      const answer = readAnswerContent(content);
      const day = days.get(dateOf(createdAt));
      if (!answer || !day) continue;
      day[answer.outcome]++;
      if (answer.key !== null) keys.set(answer.key, (keys.get(answer.key) ?? 0) + 1);
    }
  }
  const quoted = new Map<string, number>();
  for (const [key, count] of keys) {
    const name = answerer.relate(key)?.quotes[0].document.label;
    if (name !== undefined) quoted.set(name, (quoted.get(name) ?? 0) + count);
  }
  const totals = await store.feedback.totals();
  const points = totals
    .map(({ point, up, down }) => ({ name: answerer.relate(point)?.name ?? STATS.gone, up, down }))
    .toSorted((a, b) => b.down - a.down || b.up - a.up);
  const waits = (await store.statistics.waits(now() - SENT_DAYS * DAY)).toSorted((a, b) => a - b);
  return {
    days: [...days].map(([date, outcomes]) => ({ date, ...outcomes })),
    documents: [...quoted].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count),
    waits: waits.length === 0 ? undefined : { median: percentile(waits, 50), slow: percentile(waits, SLOW) },
    votes: {
      up: totals.reduce((sum, { up }) => sum + up, 0),
      down: totals.reduce((sum, { down }) => sum + down, 0),
      points,
    },
  };
}

/** The local dates of instants, each quarter of an hour asked for once: the clocks of all zones differ by whole ones. */
function localDates(timeZone: string): (at: number) => string {
  const dates = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const date = dates.get(quarter) ?? localTime(timeZone, at).date;
    dates.set(quarter, date);
    return date;
  };
}

/** Of numbers in ascending order. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0;
}

function chartOf({ days, documents }: Stats): ChartOrder {
  const { answered, related, unanswered } = STATS.legend;
  return {
    title: STATS.title(days.length),
    subtitle: STATS.drawn.questions(sumOf(totalOf(days))),
    columns: days.map(({ date, ...outcomes }) => ({ label: date.slice(5), parts: partsOf(outcomes) })),
    legend: [answered, related, unanswered],
    barsTitle: STATS.drawn.documents,
    bars: documents,
  };
}

function partsOf({ answered, related, unanswered }: Outcomes): readonly number[] {
  return [answered, related, unanswered];
}
