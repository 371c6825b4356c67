import type { CampaignSummary } from '../storage/campaigns.ts';
import type { SloganCampaign } from './campaign-book.ts';
import { localTime } from './schedule.ts';

/** What became of a campaign, for its owner. */
export interface SummaryFigures {
  readonly localDate: string;
  readonly words: string;
  readonly sent: number;
  /** Nobody knows whether these arrived; they are not sent again. */
  readonly unknown: number;
  readonly expired: number;
  readonly failed: number;
  /** The failed ones by reason, most frequent first. */
  readonly reasons: readonly (readonly [reason: string, chats: number])[];
  /** From the first delivery to the last; undefined when there was none. */
  readonly ms: number | undefined;
  /** By the owner's clock, YYYY-MM-DD HH:MM. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export function summaryFigures(
  { localDate, content }: SloganCampaign,
  { states, reasons, startedAt, endedAt }: CampaignSummary,
  timeZone: string,
): SummaryFigures {
  const shown = (at: number | undefined) => {
    if (at === undefined) return undefined;
    const { date, time } = localTime(timeZone, at);
    return `${date} ${time}`;
  };
  return {
    localDate,
    words: content.words,
    sent: states.sent,
    unknown: states.unknown,
    expired: states.expired,
    failed: states.failed,
    reasons: Object.entries(reasons)
      .filter(([reason]) => !OTHER_STATES.has(reason))
      .sort(([, a], [, b]) => b - a),
    ms: startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt,
    from: shown(startedAt),
    to: shown(endedAt),
  };
}

/** Reasons of rows that are counted as unknown or expired. */
const OTHER_STATES: ReadonlySet<string> = new Set(['ambiguous', 'interrupted', 'expired']);
