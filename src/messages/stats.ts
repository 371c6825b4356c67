import { FormattedString } from '@grammyjs/parse-mode';
import { type Message, messageOf } from './message.ts';

/** What a bot did of late, in numbers. */
export interface Stats {
  /** The oldest first, each day once. */
  readonly days: readonly StatsDay[];
  /** By how often they were quoted, most often first. */
  readonly documents: readonly Counted[];
  /** In milliseconds; undefined where nothing was sent of late. */
  readonly waits: { readonly median: number; readonly slow: number } | undefined;
  readonly votes: { readonly up: number; readonly down: number; readonly points: readonly Voted[] };
}

export interface Outcomes {
  readonly answered: number;
  readonly related: number;
  readonly unanswered: number;
}

export interface StatsDay extends Outcomes {
  /** YYYY-MM-DD */
  readonly date: string;
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export interface Voted {
  readonly name: string;
  readonly up: number;
  readonly down: number;
}

/** Documents and points that are shown. */
const SHOWN = 8;

export function statsMessage(stats: Stats): Message {
  const { days, documents, waits, votes } = stats;
  const all = totalOf(days);
  const questions = sumOf(all);
  if (questions === 0) return messageOf(STATS.nothing);
  const today = days.at(-1) as StatsDay;
  const lines: (FormattedString | string)[] = [
    FormattedString.bold(STATS.title(days.length)),
    STATS.questions(questions, sumOf(today)),
    STATS.outcomes(all),
    ...(waits ? [STATS.waits(waits.median, waits.slow)] : []),
  ];
  if (documents.length > 0) {
    lines.push('', STATS.documents);
    for (const { name, count } of documents.slice(0, SHOWN)) lines.push(STATS.counted(name, count));
  }
  if (votes.up + votes.down > 0) {
    lines.push('', STATS.votes(votes.up, votes.down));
    for (const { name, up, down } of votes.points.slice(0, SHOWN)) lines.push(STATS.voted(name, up, down));
  }
  return messageOf(FormattedString.join(lines, '\n'));
}

export function totalOf(days: readonly Outcomes[]): Outcomes {
  return days.reduce(
    (sum, day) => ({
      answered: sum.answered + day.answered,
      related: sum.related + day.related,
      unanswered: sum.unanswered + day.unanswered,
    }),
    { answered: 0, related: 0, unanswered: 0 },
  );
}

export function sumOf({ answered, related, unanswered }: Outcomes): number {
  return answered + related + unanswered;
}

const percent = (part: number, all: number) => `${all === 0 ? 0 : Math.round((100 * part) / all)} %`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} 秒`;

export const STATS = {
  nothing: '最近 30 天还没有人提问。',
  title: (days: number) => `最近 ${days} 天`,
  questions: (all: number, today: number) => `提问 ${all} 次，今天 ${today} 次`,
  outcomes: (outcomes: Outcomes) => {
    const all = sumOf(outcomes);
    const { answered, related, unanswered } = outcomes;
    return `答上 ${answered}（${percent(answered, all)}），拿不准或原文没直说 ${related}（${percent(related, all)}），没答上 ${unanswered}（${percent(unanswered, all)}）`;
  },
  waits: (median: number, slow: number) =>
    `发出回答用时：一般 ${seconds(median)}，最慢的二十分之一超过 ${seconds(slow)}（最近 3 天）`,
  documents: '引用最多的文件：',
  counted: (name: string, count: number) => `· ${name}：${count} 次`,
  votes: (up: number, down: number) => `👍 ${up}　👎 ${down}`,
  voted: (name: string, up: number, down: number) => `· ${name}：👍 ${up}　👎 ${down}`,
  gone: '已不在的内容',
  legend: { answered: '答上', related: '拿不准', unanswered: '没答上' },
  drawn: { documents: '引用最多的文件', questions: (all: number) => `提问 ${all} 次` },
} as const;
