import { cut, type Document, type Library, type Section } from '../knowledge/document.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { entriesOf, type Target } from '../retrieval/targets.ts';
import type { Answer, Answered, Related } from './answer.ts';
import { CONFIDENCE, RELEVANCE, THRESHOLDS } from './calibration.ts';
import { bestRelated, probability, rivals, signsOf } from './confidence.ts';
import { keyOf } from './key.ts';
import { quoteOf, quotesOf } from './quoting.ts';
import { smallTalk } from './small-talk.ts';

export interface Answerer {
  /** Answers with the words of the library; `within` is the id of the only document to answer from. */
  answer(question: string, within?: string): Answer;
  /** The point or section of a key, as if it had been asked for; undefined when there is none (any more). */
  open(key: string): Answered | undefined;
  /** The same as something to show beside an answer. */
  relate(key: string): Related | undefined;
  /** What may be quoted for a few words, best first, each quote once. */
  search(words: string, most: number): readonly Related[];
}

/** One character or digit asks nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;

/** How many related clauses go with an answer, and how many stand in for one. */
const BESIDE = 3;
const INSTEAD = 4;

export function createAnswerer(library: Library, retriever: Retriever): Answerer {
  const documents = new Map(library.documents.map((document) => [document.id, document]));
  const targets = new Map(entriesOf(library).map(({ target }) => [keyOf(target), target]));
  const documentOf = (target: Target) => documents.get(target.document) as Document;

  const relate = (target: Target): Related => {
    const document = documentOf(target);
    const key = keyOf(target);
    const section = sectionOf(document, target);
    const { title, ask } = target.kind === 'point' ? target.point : target.section;
    const quote =
      target.kind === 'point'
        ? quoteOf(document, target.point.quote)
        : (quotesOf(document, target.section)[0] as Related['quote']);
    return { key, title, section: section.title, question: ask[0] ?? title, quote };
  };

  const tell = (target: Target, confidence: number, related: readonly Related[]): Answered => {
    const document = documentOf(target);
    const judged = { outcome: 'answered', key: keyOf(target), confidence, related } as const;
    if (target.kind === 'point') {
      const { title, quote, answer } = target.point;
      const section = sectionOf(document, target).title;
      return {
        ...judged,
        title,
        section,
        answer: cut(document, answer),
        quotes: [quoteOf(document, quote)],
        whole: false,
      };
    }
    const quotes = quotesOf(document, target.section) as Answered['quotes'];
    const { title } = target.section;
    return { ...judged, title, section: title, answer: title, quotes, whole: true };
  };

  return {
    answer(question, within) {
      const none = { outcome: 'unanswered', confidence: 0, related: [] } as const;
      const talk = smallTalk(question);
      if (talk) return { ...none, reason: talk };
      if (!SAYS_SOMETHING.test(question)) return { ...none, reason: 'empty' };
      const found = retriever.retrieve(question, within);
      const best = found.candidates[0];
      const signs = signsOf(found);
      if (!best || !signs) return { ...none, reason: 'uncovered' };
      const confidence = probability(signs, CONFIDENCE);
      if (confidence >= THRESHOLDS.answered) {
        const others = found.candidates.filter(
          ({ target, score }) => rivals(best.target, target) && score > best.score / 2,
        );
        return tell(
          best.target,
          confidence,
          bestRelated(others, BESIDE).map(({ target }) => relate(target)),
        );
      }
      if (probability(signs, RELEVANCE) < THRESHOLDS.related) return { ...none, confidence, reason: 'uncovered' };
      return {
        outcome: 'related',
        confidence,
        related: bestRelated(found.candidates, INSTEAD).map(({ target }) => relate(target)),
      };
    },
    open(key) {
      const target = targets.get(key);
      return target && tell(target, 1, siblings(target).map(relate));
    },
    relate(key) {
      const target = targets.get(key);
      return target && relate(target);
    },
    search(words, most) {
      if (!/[\p{L}\p{N}]/u.test(words)) return [];
      return bestRelated(retriever.retrieve(words).candidates, most).map(({ target }) => relate(target));
    },
  };

  /** Its neighbours in the section, for somebody who came by a button and asked nothing. */
  function siblings(target: Target): readonly Target[] {
    const document = documentOf(target);
    const { points } = sectionOf(document, target);
    const all = points.map((point): Target => ({ kind: 'point', document: document.id, point }));
    const at = all.findIndex((other) => keyOf(other) === keyOf(target));
    return all.slice(at + 1, at + 1 + BESIDE).filter((other) => rivals(target, other) || target.kind === 'section');
  }
}

function sectionOf(document: Document, target: Target): Section {
  if (target.kind === 'section') return target.section;
  return document.sections.find(({ id }) => id === target.point.section) as Section;
}
