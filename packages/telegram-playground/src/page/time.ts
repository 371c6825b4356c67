import { WORDING } from './wording.ts';
import type { World } from './world.ts';

/** Unix seconds to "14:05". */
export function timeText(seconds: number, timeZone: string): string {
  return format(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(seconds * 1_000);
}

/** Unix seconds to "今天" or "11月22日". */
export function dayText(seconds: number, world: World, at: number): string {
  const day = format(world.clock.timeZone, { month: 'long', day: 'numeric' });
  const text = day.format(seconds * 1_000);
  return text === day.format(clockNow(world, at)) ? WORDING.today : text;
}

/** Milliseconds to "11月22日 周日 14:05:09". */
export function clockText(ms: number, timeZone: string): string {
  const date = format(timeZone, { month: 'long', day: 'numeric' }).format(ms);
  const weekday = format(timeZone, { weekday: 'short' }).format(ms);
  const time = format(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return `${date} ${weekday} ${time.format(ms)}`;
}

/** What the bot's clock shows; `at` is the page's own time. */
export function clockNow(world: World, at: number): number {
  return world.clock.now + (at - world.clockAt);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat('zh-CN', { timeZone, ...options });
  formats.set(key, known);
  return known;
}
