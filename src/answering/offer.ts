import { cut, type Document, isSame, isWithin, type Span } from '../knowledge/document.ts';
import { QUOTE_LIMIT } from '../knowledge/schema.ts';
import { leads, names } from '../reading/lines.ts';
import type { Clause, Passage } from '../reading/reading.ts';
import { piecesOf, sentences } from '../text/sentences.ts';

/** What a reader is shown of the sources for a question: sentences that may be pointed at, in passages. */
export interface Offer {
  readonly question: string;
  /** The question before it, where it leans on that. */
  readonly before: string | undefined;
  /** Likeliest first. */
  readonly passages: readonly OfferedPassage[];
}

/** A passage, with neighbours as long as it is short. */
export interface OfferedPassage {
  readonly document: Document;
  readonly parts: readonly OfferedPart[];
}

/** A passage as the document's reading has it. */
export interface OfferedPart {
  /** Where it stands, outermost first. */
  readonly path: readonly string[];
  /** Lines further up that its items need, as published. */
  readonly above: readonly string[];
  readonly sentences: readonly OfferedSentence[];
}

/** A sentence of at most QUOTE_LIMIT units; of a longer one, a piece. */
export interface OfferedSentence {
  readonly span: Span;
  readonly text: string;
  /** Where it stands. */
  readonly document: Document;
  readonly passage: Passage;
  readonly clause: Clause;
}

/** Whether one of the others is an item of the list that this sentence leads. */
export function leadsOneOf({ span, clause: { line } }: OfferedSentence, others: readonly OfferedSentence[]): boolean {
  return (
    leads(line) && span.end === line.span.end && others.some(({ clause: { lead } }) => lead && isSame(lead, line.span))
  );
}

/** The sentences of an offer in the order of their numbers. */
export function sentencesOf({ passages }: Pick<Offer, 'passages'>): readonly OfferedSentence[] {
  return passages.flatMap(({ parts }) => parts.flatMap(({ sentences }) => sentences));
}

/** A passage as it is offered, without the sentences that were offered already; undefined when none is left. */
export function offerPart(
  document: Document,
  passage: Passage,
  taken: (span: Span) => boolean,
): OfferedPart | undefined {
  const offered = passage.clauses
    .flatMap((clause) => sentencesIn(document, passage, clause))
    .filter(({ span }) => !taken(span));
  const [first] = offered;
  if (!first) return undefined;
  const above = new Set<string>();
  for (const { clause } of offered) {
    const { lead } = clause;
    if (lead && !passage.clauses.some(({ span }) => isWithin(span, lead))) above.add(cut(document, lead));
  }
  return { path: first.clause.path, above: [...above], sentences: offered };
}

/** A question or a title says nothing by itself; it stands in the path. */
function sentencesIn(document: Document, passage: Passage, clause: Clause): readonly OfferedSentence[] {
  const { line, span } = clause;
  if (line.text === document.title || (names(line) && line.role !== 'heading')) return [];
  const text = cut(document, span);
  return sentences(text)
    .flatMap(({ start, end }) =>
      piecesOf(text.slice(start, end), QUOTE_LIMIT).map((piece) => ({
        start: start + piece.start,
        end: start + piece.end,
      })),
    )
    .map(({ start, end }) => ({
      span: { paragraph: span.paragraph, start: span.start + start, end: span.start + end },
      text: text.slice(start, end),
      document,
      passage,
      clause,
    }));
}
