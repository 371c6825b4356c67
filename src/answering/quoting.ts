import { cut, type Document, type Section, type Span } from '../knowledge/document.ts';
import { QUOTE_LIMIT } from '../knowledge/schema.ts';
import { piecesOf, sentences } from '../text/sentences.ts';
import type { Quote } from './answer.ts';

export function quoteOf(document: Document, span: Span): Quote {
  const { paragraph, start, end } = span;
  return { text: cut(document, span), document, paragraph, start, end };
}

/** All that a section's points quote, in the order of the text, in pieces of whole sentences up to QUOTE_LIMIT. */
export function quotesOf(document: Document, section: Section): readonly Quote[] {
  return merged(document, section).flatMap((span) => pieces(document, span).map((piece) => quoteOf(document, piece)));
}

// Two quotes with no more than this between them are one passage: what stands between is a connecting phrase.
const GAP = 40;

function merged(document: Document, section: Section): readonly Span[] {
  const spans = section.points
    .map(({ quote }) => quote)
    .toSorted((a, b) => a.paragraph - b.paragraph || a.start - b.start || b.end - a.end);
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && last.paragraph === span.paragraph && span.start - last.end <= GAP) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    } else result.push(span);
  }
  return result.map((span) => wholeSentences(document, span));
}

/** Widened to the ends of its sentences where only a few characters are missing. */
function wholeSentences(document: Document, span: Span): Span {
  const all = sentences(document.paragraphs[span.paragraph] ?? '');
  const first = all.find(({ start, end }) => start <= span.start && span.start < end);
  const last = all.find(({ start, end }) => start < span.end && span.end <= end);
  const start = first && span.start - first.start <= GAP ? first.start : span.start;
  const end = last && last.end - span.end <= GAP ? last.end : span.end;
  return { ...span, start, end };
}

function pieces(document: Document, span: Span): readonly Span[] {
  return piecesOf(cut(document, span), QUOTE_LIMIT).map(({ start, end }) => ({
    ...span,
    start: span.start + start,
    end: span.start + end,
  }));
}
