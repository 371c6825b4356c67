import { cut, type Document, isWithin, overlap, type Span } from '../knowledge/document.ts';
import { leads } from '../reading/lines.ts';
import type { Answer, Answered, Quote, Related } from './answer.ts';
import { leadsOneOf, type Offer, type OfferedSentence, sentencesOf } from './offer.ts';
import { quoteOf } from './quoting.ts';
import type { Target } from './target.ts';

/** For each thing that was asked, the sentences of an offer that state it, by their places from 0 on, ascending. */
export type Pointed = readonly (readonly number[])[];

/** From so many clauses on, what is quoted is a list, and no line of it is the answer. */
const LIST = 3;
/** A longer line, in UTF-16 units, would be the quote twice. */
const LONGEST_LINE = 60;
/** As many clauses stand in for an answer that was found in none of the best passages. */
const INSTEAD = 2;

/**
 * The answer that was pointed at, cut out of the sources. Where nothing was, what would be said without, but no longer as
 * an answer: the best passages were read, and none states it.
 */
export function answerPointed(
  offer: Offer,
  pointed: Pointed,
  without: Answer,
  tell: (target: Target) => Answered,
): Answer {
  const sentences = sentencesOf(offer);
  const stated = pointed
    .filter((group) => group.length > 0)
    .map((group) =>
      answerOf(
        group.map((at) => sentences[at] as OfferedSentence),
        sentences,
        tell,
      ),
    );
  const [first, ...others] = stated.filter((one, at) => stated.findIndex(({ key }) => key === one.key) === at);
  if (!first) return unstated(without);
  const beside = without.outcome === 'answered' ? without.related.filter(({ key }) => key !== first.key) : [];
  return {
    ...first,
    related: beside,
    ...(others.length > 0 ? { also: others } : {}),
    ...(stated.length < pointed.length ? { partly: true as const } : {}),
  };
}

function unstated(without: Answer): Answer {
  if (without.outcome !== 'answered') return without;
  const { key, title, section, quotes, related, confidence } = without;
  const best: Related = { key, title, name: title, section, question: title, quotes: [quotes[0]] };
  const others = related.filter((one) => one.key !== key);
  return {
    outcome: 'related',
    degree: 'near',
    confidence: confidence / 2,
    related: [best, ...others].slice(0, INSTEAD),
  };
}

function answerOf(
  chosen: readonly OfferedSentence[],
  all: readonly OfferedSentence[],
  tell: (target: Target) => Answered,
): Answered {
  const own = chosen.filter((sentence) => !leadsOneOf(sentence, chosen)) as [OfferedSentence, ...OfferedSentence[]];
  const [{ document, passage, clause }] = own;
  const point = pointOf(document, own, all);
  if (point) return tell(point);
  const told = tell({ kind: 'clause', document, clause, passage });
  if (leads(clause.line) && own.every((sentence) => sentence.clause === clause)) return asOffered(told, document, all);
  const clauses = [...new Set(own.map((sentence) => sentence.clause))];
  const aboveOf = (clause: OfferedSentence['clause'] | undefined) => clause?.header ?? clause?.lead;
  const quotes = clauses.map((clause, at): Quote => {
    const quote = quoteOf(document, clause.span);
    const above = aboveOf(clause);
    return above && aboveOf(clauses[at - 1]) !== above ? { ...quote, lead: quoteOf(document, above) } : quote;
  }) as [Quote, ...Quote[]];
  const whole = clauses.length >= LIST;
  return { ...told, quotes, whole, answer: whole ? told.title : lineOf(document, own, quotes[0]) };
}

/** A line that leads a list is quoted with its items, as far as they were offered. */
function asOffered(told: Answered, document: Document, all: readonly OfferedSentence[]): Answered {
  const [first, ...items] = told.quotes;
  const isOffered = (quote: Quote) => all.some((one) => one.document === document && isWithin(one.span, quote));
  const quotes = [first, ...items.filter(isOffered)] as const;
  const whole = quotes.length > 1;
  return { ...told, quotes, whole, answer: whole ? told.title : first.text };
}

/**
 * The point whose answer line is in these sentences, where it is the only one, and its quote has all of them and was offered:
 * its keeper chose the words. A sentence that answers several questions may be the answer to any of them.
 */
function pointOf(
  document: Document,
  sentences: readonly OfferedSentence[],
  all: readonly OfferedSentence[],
): Target | undefined {
  const points = document.sections.flatMap((section) => section.points.map((point) => ({ section, point })));
  const states = (answer: Span) => sentences.some(({ span }) => isWithin(answer, span));
  const [only, ...others] = points.filter(({ point }) => states(point.answer));
  if (!only || others.length > 0) return undefined;
  const { quote } = only.point;
  const offered = all.filter((one) => one.document === document && overlap(one.span, quote));
  const isOffered =
    offered.some(({ span }) => span.start <= quote.start) && offered.some(({ span }) => span.end >= quote.end);
  const isIt = isOffered && sentences.every(({ span }) => isWithin(span, quote));
  return isIt ? { kind: 'point', document, ...only } : undefined;
}

/** The sentences as far as they stand in a quote; a long line is the quote itself. */
function lineOf(document: Document, sentences: readonly OfferedSentence[], quote: Quote): string {
  const inside = sentences.map(({ span }) => span).filter((span) => isWithin(span, quote));
  const [first] = inside;
  const last = inside.at(-1);
  if (!first || !last) return quote.text;
  const line = { ...first, end: last.end };
  return lengthOf(line) > LONGEST_LINE ? quote.text : cut(document, line);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
