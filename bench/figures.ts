import type { SquadQuestion } from '../src/evaluation/squad.ts';
import type { Measured } from './measure.ts';
import type { Answered } from './systems/system.ts';

/** Shares in percent, times in milliseconds. */
export interface Figures {
  readonly system: string;
  readonly recall1: number;
  readonly recall5: number;
  readonly mrr10: number;
  /** An answer stands in the quote, for a system that quotes: at most 160 characters. */
  readonly quote1: number | null;
  readonly buildMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
  /** Fewer than there are when the time was over. */
  readonly questions: number;
  /** For a system that says how sure it is. */
  readonly abstaining?: Abstaining;
}

/** Answering above a confidence, each question asked once as it is and once with its own paragraph removed. */
export interface Abstaining {
  /** Share answered, with the threshold at which 5 % are answered without their paragraph. */
  readonly answered5: number;
  /** Of those, from the right paragraph. */
  readonly right5: number;
  /** The same with the threshold that the engine ships: the share answered, and the share answered without the paragraph. */
  readonly answered: number;
  readonly false: number;
  /** As `answered5`, when an answer that another paragraph gives, word for word, does not count as false. */
  readonly answered5Unless: number;
}

export function figuresOf(
  system: string,
  { answers, withoutOwn, buildMs, rssMb, times }: Measured,
  questions: readonly SquadQuestion[],
  threshold: number,
): Figures {
  const asked = questions.slice(0, answers.length);
  const ranks = asked.map(({ paragraph }, at) => answers[at]?.passages.indexOf(paragraph) ?? -1);
  const share = (holds: (rank: number, at: number) => boolean) => (100 * ranks.filter(holds).length) / ranks.length;
  const quotes = answers.some(({ quote }) => quote !== undefined);
  const quoted = asked.map(({ answers: right }, at) => right.some((answer) => answers[at]?.quote?.includes(answer)));
  return {
    system,
    recall1: round(share((rank) => rank === 0)),
    recall5: round(share((rank) => rank >= 0 && rank < 5)),
    mrr10: round(
      (100 * ranks.reduce((sum, rank) => sum + (rank >= 0 && rank < 10 ? 1 / (rank + 1) : 0), 0)) / ranks.length,
    ),
    quote1: quotes ? round(share((_, at) => quoted[at] as boolean)) : null,
    buildMs: Math.round(buildMs),
    rssMb: Math.round(rssMb),
    p50: round(quantile(times, 0.5), 3),
    p99: round(quantile(times, 0.99), 3),
    questions: asked.length,
    ...(withoutOwn.length > 0 ? { abstaining: abstaining(answers, ranks, withoutOwn, asked, threshold) } : {}),
  };
}

const FALSE = 0.05;

function abstaining(
  answers: readonly Answered[],
  ranks: readonly number[],
  withoutOwn: readonly Answered[],
  questions: readonly SquadQuestion[],
  threshold: number,
): Abstaining {
  const sure = ({ confidence }: Answered) => confidence ?? 0;
  const own = answers.map(sure);
  const without = withoutOwn.map(sure);
  const unanswerable = withoutOwn.filter(
    ({ quote }, at) => !questions[at]?.answers.some((answer) => quote?.includes(answer)),
  );
  const share = (values: readonly number[], least: number) =>
    (100 * values.filter((value) => value > least).length) / values.length;
  const leastFor = (values: readonly number[]) =>
    values.toSorted((a, b) => b - a)[Math.floor(values.length * FALSE)] ?? 1;
  const least = leastFor(without);
  const above = own.flatMap((value, at) => (value > least ? [ranks[at]] : []));
  return {
    answered5: round(share(own, least)),
    right5: round((100 * above.filter((rank) => rank === 0).length) / Math.max(1, above.length)),
    answered: round(share(own, threshold)),
    false: round(share(without, threshold)),
    answered5Unless: round(share(own, leastFor(unanswerable.map(sure)))),
  };
}

/** Any right article first, in five, ten, a hundred. */
export interface StatuteFigures {
  readonly system: string;
  readonly hit1: number;
  readonly hit5: number;
  readonly hit10: number;
  readonly hit100: number;
  readonly mrr10: number;
  readonly buildMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
  readonly questions: number;
}

export function statuteFigures(system: string, { answers, own, buildMs, rssMb, times }: Measured): StatuteFigures {
  const ranks = answers.map(({ passages }, at) => passages.findIndex((passage) => own[at]?.includes(passage)));
  const within = (k: number) => round((100 * ranks.filter((rank) => rank >= 0 && rank < k).length) / ranks.length, 1);
  const reciprocal = ranks.reduce((sum, rank) => sum + (rank >= 0 && rank < 10 ? 1 / (rank + 1) : 0), 0);
  return {
    system,
    hit1: within(1),
    hit5: within(5),
    hit10: within(10),
    hit100: within(100),
    mrr10: round((100 * reciprocal) / ranks.length, 1),
    buildMs: Math.round(buildMs),
    rssMb: Math.round(rssMb),
    p50: round(quantile(times, 0.5), 3),
    p99: round(quantile(times, 0.99), 3),
    questions: answers.length,
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
