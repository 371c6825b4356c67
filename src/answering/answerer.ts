import { cut, type Document, type Library, type Section } from '../knowledge/document.ts';
import type { Retrieved, Retriever } from '../phrasings/retriever.ts';
import { entriesOf } from '../phrasings/targets.ts';
import type { Reading } from '../reading/reading.ts';
import { stretchOf } from '../reading/stretch.ts';
import type { Found, Hit, TextSearch } from '../retrieval/search.ts';
import type { Answer, Answered, Related } from './answer.ts';
import { CONFIDENCE, RELEVANCE, THRESHOLDS } from './calibration.ts';
import { citationOf, clauseQuote, nameOf, titleOf } from './clauses.ts';
import { bestRelated, probability, rivals, signsOf } from './confidence.ts';
import { keyOf } from './key.ts';
import { quoteOf, quotesOf } from './quoting.ts';
import { smallTalk } from './small-talk.ts';
import type { Target, TextTarget } from './target.ts';

export interface Answerer {
  /** Answers with the words of the library; `within` is the id of the only document to answer from. */
  answer(question: string, within?: string): Answer;
  /** The point, section or clause of a key, as if it had been asked for; undefined when there is none (any more). */
  open(key: string): Answered | undefined;
  /** The same as something to show beside an answer. */
  relate(key: string): Related | undefined;
  /** What may be quoted for a few words, best first, each quote once. */
  search(words: string, most: number): readonly Related[];
}

export interface AnswererParts {
  readonly library: Library;
  readonly readings: readonly Reading[];
  /** Finds points and sections by how people ask for them … */
  readonly retriever: Retriever;
  /** … and clauses by their own words, in what no point covers. */
  readonly texts: TextSearch;
}

/** One character or digit asks nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;

/** How many related clauses go with an answer, how many may stand in for one, and how many do that only come close. */
const BESIDE = 3;
const PERHAPS = 3;
const INSTEAD = 4;

export function createAnswerer({ library, readings, retriever, texts }: AnswererParts): Answerer {
  const documents = new Map(library.documents.map((document) => [document.id, document]));
  const readingOf = new Map(readings.map((reading) => [reading.document.id, reading]));
  const targets = new Map(allTargets(library, readings).map((target) => [keyOf(target), target]));
  const documentOf = (target: Target) => documents.get(target.document) as Document;

  const relate = (target: Target): Related => {
    const document = documentOf(target);
    const key = keyOf(target);
    if (target.kind === 'clause') {
      const { clause } = target;
      const title = titleOf(document, clause);
      const section = citationOf(clause);
      const name = nameOf(document, clause);
      return { key, title, name, section, question: title, quote: clauseQuote(document, clause) };
    }
    const section = sectionOf(document, target);
    const { title, ask } = target.kind === 'point' ? target.point : target.section;
    const quote =
      target.kind === 'point'
        ? quoteOf(document, target.point.quote)
        : (quotesOf(document, target.section)[0] as Related['quote']);
    return { key, title, name: title, section: section.title, question: ask[0] ?? title, quote };
  };

  const tell = (target: Target, confidence: number, related: readonly Related[]): Answered => {
    const document = documentOf(target);
    const judged = { outcome: 'answered', key: keyOf(target), confidence, related } as const;
    if (target.kind === 'clause') {
      const { title, section, quote } = relate(target);
      const reading = readingOf.get(target.document) as Reading;
      const stretch = stretchOf(reading, target.passage);
      return { ...judged, title, section, answer: quote.text, quotes: [quote], whole: false, stretch };
    }
    if (target.kind === 'point') {
      const { title, quote, answer } = target.point;
      const section = sectionOf(document, target).title;
      const quotes = [quoteOf(document, quote)] as const;
      return { ...judged, title, section, answer: cut(document, answer), quotes, whole: false };
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
      const phrased = judge(retriever.retrieve(question, within));
      const found = texts.search(question, within === undefined ? undefined : { within });
      const confidence = Math.max(phrased.confidence, found.confidence);
      if (phrased.confidence >= THRESHOLDS.answered && phrased.confidence >= found.confidence)
        return answeredFrom(phrased);
      if (found.confidence >= THRESHOLDS.text) return answeredFromText(found);
      const perhaps = mayAnswer(phrased, found);
      if (perhaps.length > 0) return { outcome: 'related', degree: 'perhaps', confidence, related: perhaps };
      if (phrased.relevance >= THRESHOLDS.related) {
        const related = bestRelated(phrased.candidates, INSTEAD).map(({ target }) => relate(target));
        return { outcome: 'related', degree: 'near', confidence, related };
      }
      return { ...none, confidence, reason: texts.size > 0 ? 'unsure' : 'uncovered' };
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
      const phrased = bestRelated(retriever.retrieve(words).candidates, most).map(({ target }) => relate(target));
      const found = texts.search(words).hits.map((hit) => relate(targetOf(hit)));
      return [...phrased, ...found].slice(0, most);
    },
  };

  function answeredFrom({ candidates, confidence }: Judged): Answered {
    const best = candidates[0] as Judged['candidates'][number];
    const others = candidates.filter(({ target, score }) => rivals(best.target, target) && score > best.score / 2);
    const related = bestRelated(others, BESIDE).map(({ target }) => relate(target));
    return tell(best.target, confidence, related);
  }

  function answeredFromText({ hits, confidence }: Found): Answered {
    const [first, ...others] = hits.map(targetOf) as [TextTarget, ...TextTarget[]];
    return tell(first, confidence, others.slice(0, BESIDE).map(relate));
  }

  /** Up to three clauses one of which may well answer: of what has phrasings the best, too, where it comes first. */
  function mayAnswer({ candidates, confidence, relevance }: Judged, found: Found): readonly Related[] {
    if (found.shown < THRESHOLDS.perhaps) return [];
    const phrased: readonly Target[] =
      relevance >= THRESHOLDS.related ? candidates.slice(0, 1).map(({ target }) => target) : [];
    const clauses = found.hits.map(targetOf);
    const first = confidence > found.confidence ? 0 : 1;
    return [...clauses.slice(0, first), ...phrased, ...clauses.slice(first)].slice(0, PERHAPS).map(relate);
  }

  /** Its neighbours in the section or passage, for somebody who came by a button and asked nothing. */
  function siblings(target: Target): readonly Target[] {
    if (target.kind === 'clause') {
      const { clauses } = target.passage;
      const at = clauses.indexOf(target.clause);
      return clauses.slice(at + 1, at + 1 + BESIDE).map((clause): TextTarget => ({ ...target, clause }));
    }
    const document = documentOf(target);
    const { points } = sectionOf(document, target);
    const all = points.map((point) => ({ kind: 'point', document: document.id, point }) as const);
    const at = all.findIndex((other) => keyOf(other) === keyOf(target));
    return all.slice(at + 1, at + 1 + BESIDE).filter((other) => rivals(target, other) || target.kind === 'section');
  }
}

interface Judged extends Pick<Retrieved, 'candidates'> {
  readonly confidence: number;
  /** How likely it is that the question is about what has phrasings at all. */
  readonly relevance: number;
}

function judge(found: Retrieved): Judged {
  const signs = signsOf(found);
  if (!signs) return { candidates: [], confidence: 0, relevance: 0 };
  const confidence = probability(signs, CONFIDENCE);
  return { candidates: found.candidates, confidence, relevance: probability(signs, RELEVANCE) };
}

function allTargets(library: Library, readings: readonly Reading[]): readonly Target[] {
  const clauses = readings.flatMap(({ document: { id }, passages }) =>
    passages.flatMap((passage) =>
      passage.clauses.map((clause): TextTarget => ({ kind: 'clause', document: id, clause, passage })),
    ),
  );
  return [...entriesOf(library).map(({ target }) => target), ...clauses];
}

function targetOf({ clause, passage, document: { document } }: Hit): TextTarget {
  return { kind: 'clause', document: document.id, clause, passage };
}

function sectionOf(document: Document, target: Exclude<Target, TextTarget>): Section {
  if (target.kind === 'section') return target.section;
  return document.sections.find(({ id }) => id === target.point.section) as Section;
}
