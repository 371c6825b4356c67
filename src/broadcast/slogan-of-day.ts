import { DAY } from '../durations.ts';

/** What decides on which days a slogan may be shown; see `Slogan` in knowledge/document.ts. */
export interface Dated {
  /** First and last local date, YYYY-MM-DD. */
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/**
 * The slogan of a local date (YYYY-MM-DD), the same for everyone; undefined when none may be shown that day.
 *
 * Of those that may be shown it is the one not shown for the longest time, in the order of the list among those never
 * shown: so none comes again before all that are eligible had their turn, and a new one appears on its first day. The
 * turns are counted from a fixed day on, day by day, which keeps this a pure function of list and date; a slogan that
 * is added with a `from` in the future changes nothing before that day.
 */
export function sloganOfDay<T extends Dated>(slogans: readonly T[], localDate: string): T | undefined {
  const today = dayNumber(localDate);
  const spans = slogans.map(({ from, until }) => ({
    first: from === undefined ? Number.NEGATIVE_INFINITY : dayNumber(from),
    last: until === undefined ? Number.POSITIVE_INFINITY : dayNumber(until),
  }));
  const shown = slogans.map(() => Number.NEGATIVE_INFINITY);
  let chosen: number | undefined;
  for (let day = Math.min(FIRST_DAY, today); day <= today; day++) {
    chosen = undefined;
    for (const [i, { first, last }] of spans.entries()) {
      if (day < first || day > last) continue;
      if (chosen === undefined || (shown[i] ?? 0) < (shown[chosen] ?? 0)) chosen = i;
    }
    if (chosen !== undefined) shown[chosen] = day;
  }
  return chosen === undefined ? undefined : slogans[chosen];
}

/** Days from 1970-01-01 to a date. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/** 2026-01-01: before the first slogan was shown. From here on turns are counted. */
const FIRST_DAY = 20_454;
