import type { Document, Span } from '../knowledge/document.ts';
import type { Stretch } from '../reading/stretch.ts';

/** Words of a source, cut out of it. */
export interface Quote extends Span {
  readonly text: string;
  readonly document: Document;
  /** Of an item of a list, the line that it needs to be understood: 「有下列情形之一的：」; of a row, the names of its columns. */
  readonly lead?: Quote;
}

/** A clause near to what was asked, and the question that it answers. */
export interface Related {
  /** See keyOf. */
  readonly key: string;
  readonly title: string;
  /** What to choose it by: its title, or of a clause its number and how it begins. */
  readonly name: string;
  /** Where it stands: the title of its section, or the headings above it. */
  readonly section: string;
  readonly question: string;
  /** Its own words; of a clause of the text also what follows it, for whom the clause is not quite the right one. */
  readonly quotes: readonly [Quote, ...Quote[]];
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
  /** Where it stands: the title of its section, or the headings above it. */
  readonly section: string;
  /** The part of the first quote that answers by itself; the title when a whole section was asked for. */
  readonly answer: string;
  /** All in one document. The first is at most QUOTE_LIMIT long; a whole section is all of its quotes in order. */
  readonly quotes: readonly [Quote, ...Quote[]];
  readonly whole: boolean;
  /** Answers to the other questions of the same message, in order. */
  readonly also?: readonly Answered[];
  /** Another question of the message is not answered. */
  readonly partly?: true;
  /** Of a clause, the paragraphs that it is read in: its article, or what belongs together around it. */
  readonly stretch?: Stretch;
}

export interface OnlyRelated extends Judged {
  readonly outcome: 'related';
  /** `perhaps`: one of `related` may well answer. `near`: the sources don't state it; `related` is what comes closest. */
  readonly degree: 'perhaps' | 'near';
  /** `related` is one clause that says what is asked, but not with the word that the question turns on: 全部, 每年. */
  readonly unqualified?: true;
}

export interface Unanswered extends Judged {
  readonly outcome: 'unanswered';
  /** `uncovered`: the texts don't say. `unsure`: nothing in them was found that may say it. */
  readonly reason: 'uncovered' | 'unsure' | 'empty' | SmallTalk;
}

export type SmallTalk = 'greeting' | 'thanks' | 'identity' | 'acknowledgement';

export type Answer = Answered | OnlyRelated | Unanswered;
