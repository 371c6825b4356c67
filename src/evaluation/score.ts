import type { Answer } from '../answering/answer.ts';
import { QUOTE_LIMIT } from '../knowledge/schema.ts';
import type { Labelled } from './labelled.ts';

export type Verdict = 'right' | 'wrong' | 'abstained';

export interface Judgement {
  readonly labelled: Labelled;
  readonly answer: Answer;
  readonly verdict: Verdict;
  /** Of a question for a whole answer, or of two in one: whether the quotes together hold every gold. */
  readonly complete: boolean | undefined;
  /** The answer line says by itself the opposite of the clause that it was cut from. */
  readonly misleading: boolean;
}

const WHOLE = 'whole';

/**
 * Answerable: right when the first quote (for a whole answer, any quote; of two questions in one, all together) holds a
 * gold and the answer line does not mislead; wrong when it is answered otherwise; abstained when it is not answered.
 * Unanswerable: abstained is what is right.
 */
export function judge(labelled: Labelled, answer: Answer): Judgement {
  const { gold, kind, all = false } = labelled;
  const whole = kind === WHOLE || all;
  if (answer.outcome !== 'answered') {
    const complete = whole && gold ? false : undefined;
    const verdict = labelled.null_ok && gold ? 'right' : 'abstained';
    return { labelled, answer, verdict, complete, misleading: false };
  }
  const texts = [answer, ...(answer.also ?? [])].flatMap(({ quotes }) => quotes.map(({ text }) => plain(text)));
  const together = texts.join('');
  const complete = whole && gold ? gold.every((part) => together.includes(plain(part))) : undefined;
  const misleading = misleads(labelled, answer.answer);
  return { labelled, answer, verdict: holds() && !misleading ? 'right' : 'wrong', complete, misleading };

  function holds(): boolean {
    if (all) return complete ?? false;
    const first = answer.outcome === 'answered' && answer.quotes[0].text.length <= QUOTE_LIMIT ? texts.slice(0, 1) : [];
    return gold?.some((part) => (whole ? texts : first).some((text) => text.includes(plain(part)))) ?? false;
  }
}

function misleads({ gold, answer_must_not: opposite = [] }: Labelled, line: string): boolean {
  const text = plain(line);
  const has = (part: string) => text.includes(plain(part));
  return opposite.some(has) && !gold?.some(has);
}

export interface Tally {
  readonly kind: string;
  readonly count: number;
  readonly answerable: number;
  readonly right: number;
  readonly wrong: number;
  readonly abstained: number;
  /** Of questions for a whole answer. */
  readonly complete: number;
}

/** One row a kind, in order of first appearance. */
export function tally(judgements: readonly Judgement[]): readonly Tally[] {
  return [...Map.groupBy(judgements, ({ labelled }) => labelled.kind)].map(([kind, rows]) => count(kind, rows));
}

export interface Figures {
  /** Share of the answerable that are right. */
  readonly right: number;
  /** Share of all that are wrong. */
  readonly wrong: number;
  /** Share of the unanswerable that are not answered. */
  readonly abstained: number;
  /** Share of the whole answers that are complete. */
  readonly complete: number;
}

export function figures(judgements: readonly Judgement[]): Figures {
  const all = count('', judgements);
  const none = judgements.filter(({ labelled }) => labelled.gold === null);
  const whole = judgements.filter(({ complete }) => complete !== undefined);
  return {
    right: share(all.right, all.answerable),
    wrong: share(all.wrong, all.count),
    abstained: share(none.filter(({ verdict }) => verdict === 'abstained').length, none.length),
    complete: share(whole.filter(({ complete }) => complete).length, whole.length),
  };
}

export interface Reliability {
  /** The confidences of the bin: from this on, below that. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Of the answers given with such a confidence: how many were right. */
  readonly right: number;
}

/** How often answers were right, by the confidence they were given with: of a bin about its confidence should be. */
export function reliability(judgements: readonly Judgement[]): readonly Reliability[] {
  const answered = judgements.filter(({ answer }) => answer.outcome === 'answered');
  return Array.from({ length: BINS }, (_, bin): Reliability => {
    const inside = answered.filter(({ answer }) => Math.min(BINS - 1, Math.floor(answer.confidence * BINS)) === bin);
    const right = inside.filter(({ verdict }) => verdict === 'right').length;
    return { from: bin / BINS, to: (bin + 1) / BINS, count: inside.length, right };
  }).filter(({ count }) => count > 0);
}

const BINS = 10;

function count(kind: string, rows: readonly Judgement[]): Tally {
  const having = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  return {
    kind,
    count: rows.length,
    answerable: rows.filter(({ labelled }) => labelled.gold !== null).length,
    right: having('right'),
    wrong: having('wrong'),
    abstained: having('abstained'),
    complete: rows.filter(({ complete }) => complete).length,
  };
}

function plain(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** Of nothing, all. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
