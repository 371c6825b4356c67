import type { Span } from '../knowledge/document.ts';

/** Words of a source, cut out of it. */
export interface Quote extends Span {
  readonly text: string;
  /** The id of the document. */
  readonly document: string;
}

/** A clause near to what was asked, and the question that it answers. */
export interface Related {
  /** The key of a point or section; see keyOf. */
  readonly key: string;
  readonly title: string;
  /** The title of the section that it belongs to. */
  readonly section: string;
  readonly question: string;
  readonly quote: Quote;
}

interface Judged {
  /** Estimated probability, from 0 to 1, that the best clause found answers the question. */
  readonly confidence: number;
  readonly related: readonly Related[];
}

export interface Answered extends Judged {
  readonly outcome: 'answered';
  readonly key: string;
  readonly title: string;
  /** The title of the section that it belongs to. */
  readonly section: string;
  /** The part of the first quote that answers by itself; the title when a whole section was asked for. */
  readonly answer: string;
  /** All in one document. The first is at most QUOTE_LIMIT long; a whole section is all of its quotes in order. */
  readonly quotes: readonly [Quote, ...Quote[]];
  readonly whole: boolean;
}

/** The sources don't state it; `related` is what comes closest. */
export interface OnlyRelated extends Judged {
  readonly outcome: 'related';
}

export interface Unanswered extends Judged {
  readonly outcome: 'unanswered';
  readonly reason: 'uncovered' | 'empty' | SmallTalk;
}

export type SmallTalk = 'greeting' | 'thanks' | 'identity' | 'acknowledgement';

export type Answer = Answered | OnlyRelated | Unanswered;
