import { phrasingKey } from '../knowledge/check.ts';
import { cut, type Document, type Library, type Section } from '../knowledge/document.ts';
import type { Retrieved, Retriever } from '../phrasings/retriever.ts';
import type { Reading } from '../reading/reading.ts';
import { stretchOf } from '../reading/stretch.ts';
import type { Found, Hit, TextSearch } from '../retrieval/search.ts';
import type { Answer, Answered, Related } from './answer.ts';
import { CONFIDENCE, POINTED, RELEVANCE, THRESHOLDS } from './calibration.ts';
import { citationOf, clauseQuote, nameOf, titleOf } from './clauses.ts';
import { bestRelated, probability, rivals, signsOf } from './confidence.ts';
import { asksOfStrangePlace, type DocumentText, documentText, doubtOf, listsPlaces } from './doubts.ts';
import { keyOf } from './key.ts';
import type { Offer } from './offer.ts';
import { createOffering } from './offering.ts';
import { asksSomething, bothOf, completed, leansOn, ordinalIn, ordinalMark, partsOf, piecesOf } from './parts.ts';
import { answerPointed, type Pointed } from './pointed.ts';
import { quoteOf, quotesOf } from './quoting.ts';
import { smallTalk } from './small-talk.ts';
import type { Target, TextTarget } from './target.ts';
import { createTargets, isSubjectOf } from './targets.ts';

export interface Answerer {
  /** Answers with the words of the library. */
  answer(question: string, asked?: Asked): Answer;
  /** The point, section or clause of a key, as if it had been asked for; undefined when there is none (any more). */
  open(key: string): Answered | undefined;
  /** The same as something to show beside an answer. */
  relate(key: string): Related | undefined;
  /** What may be quoted for a few words, best first, each quote once. */
  search(words: string, most: number): readonly Related[];
  /** For whoever may point at what answers. */
  readonly pointing: Pointing;
}

/** What is shown to be pointed at, and what comes of it; `without` is what is answered when nobody points. */
export interface Pointing {
  offer(question: string, asked: Asked, without: Answer): Offer;
  answer(offer: Offer, pointed: Pointed, without: Answer): Answer;
}

/** What goes along with a question. */
export interface Asked {
  /** The id of the only document to answer from. */
  readonly within?: string | undefined;
  /** The question before it, in the same conversation. */
  readonly before?: string | undefined;
}

export interface AnswererParts {
  readonly library: Library;
  readonly readings: readonly Reading[];
  /** Finds points and sections by how people ask for them … */
  readonly retriever: Retriever;
  /** … and clauses by their own words, in what no point covers. */
  readonly texts: Pick<TextSearch, 'search' | 'rank' | 'size'>;
}

/** One character or digit asks nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;

/** How many related clauses go with an answer, how many may stand in for one, and how many do that only come close. */
const BESIDE = 3;
const PERHAPS = 3;
const INSTEAD = 2;
/** From this confidence on, a message needs nothing that was said before it. */
const STANDS_ALONE = 0.6;
/** How many candidates may be the list that decides. */
const LOOKED_AT = 8;
/** In UTF-16 units: a shorter message has no story around its question, which stands near the end. */
const STORY = 28;
const PIECES = 4;
/** From this confidence on, one of several questions in a message is answered by itself … */
const SURE_PART = 0.4;
/** … and a piece of a message that is not answered as a whole is taken for what it asks. */
const SURE_PIECE = 0.9;

const NONE = { outcome: 'unanswered', confidence: 0, related: [] } as const;

export function createAnswerer({ library, readings, retriever, texts }: AnswererParts): Answerer {
  const documents = new Map(library.documents.map((document) => [document.id, document]));
  const readingOf = new Map(readings.map((reading) => [reading.document.id, reading]));
  const targets = createTargets(readings);
  const { offer } = createOffering({ readings, retriever, texts });
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
      const { passages, whole } = readingOf.get(target.document) as Reading;
      const around = passages.includes(target.passage) ? passages : whole;
      const stretch = stretchOf(around, target.passage);
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

  /** Of a text that nobody wrote phrasings for it can't be said what it leaves out. */
  const silence = texts.size > 0 ? 'unsure' : 'uncovered';
  const documentTexts = new Map<string, DocumentText>();
  const textOf = (document: Document): DocumentText => {
    let known = documentTexts.get(document.id);
    if (!known) {
      known = documentText(document);
      documentTexts.set(document.id, known);
    }
    return known;
  };

  return {
    answer(question, { within, before } = {}) {
      const talk = smallTalk(question);
      if (talk) return { ...NONE, reason: talk };
      if (!SAYS_SOMETHING.test(question)) return { ...NONE, reason: 'empty' };
      const alone = answerParts(question, within);
      if (before === undefined || alone.confidence >= STANDS_ALONE || !leansOn(question)) return alone;
      return answerAfter(before, question, within) ?? alone;
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
    pointing: {
      offer,
      answer: (offered, pointed, without) =>
        answerPointed(offered, pointed, without, (target) => tell(target, POINTED, [])),
    },
  };

  /** Each part of a message that asks something of its own; the whole, where that is one question. */
  function answerParts(message: string, within: string | undefined): Answer {
    const whole = answerOne(message, within);
    const apart = partsOf(message);
    const parts = apart.length > 1 ? apart : whole.outcome === 'answered' && whole.whole ? [message] : bothOf(message);
    if (parts.length > 1) {
      const answers = parts
        .map((part) => answerOne(part, within))
        .filter((one): one is Answered => one.outcome === 'answered' && one.confidence >= SURE_PART);
      const [first, ...others] = answers;
      if (first && others.length > 0) return joined(first, others, answers.length < parts.length);
      if (first && whole.outcome !== 'answered' && first.confidence >= SURE_PIECE) return joined(first, [], true);
    }
    if (whole.outcome === 'answered') return whole;
    if (message.length < STORY) return whole;
    const best = piecesOf(message)
      .slice(-PIECES)
      .map((piece) => answerOne(piece, within))
      .filter((one) => one.outcome === 'answered' && one.confidence >= SURE_PIECE)
      .toSorted((a, b) => b.confidence - a.confidence)[0];
    return best ?? whole;
  }

  /** A message that leans on the one before; undefined when that does not help. */
  function answerAfter(before: string, question: string, within: string | undefined): Answer | undefined {
    const earlier = answerOne(before, within);
    const list = earlier.outcome === 'answered' && listAfter(earlier, question);
    if (list) return list;
    const nth = ordinalIn(question);
    if (earlier.outcome === 'answered' && nth !== undefined) return nthOf(earlier, nth, earlier.confidence);
    const both = answerOne(completed(before, question), within);
    // What was said already is no answer to what is asked now.
    const again = both.outcome === 'answered' && earlier.outcome === 'answered' && both.key === earlier.key;
    if (!again) return both.outcome === 'answered' ? both : undefined;
    return beside(earlier, question, within);
  }

  /** The best clause for a question among those of the section that was quoted before. */
  function beside(earlier: Answered, question: string, within: string | undefined): Answered | undefined {
    const own = targets.get(earlier.key);
    if (!own || own.kind === 'clause') return undefined;
    const section = sectionOf(documentOf(own), own);
    const [best] = retriever
      .retrieve(question, within ?? own.document)
      .candidates.filter(
        ({ target, evidence }) =>
          target.kind === 'point' &&
          section.points.includes(target.point) &&
          keyOf(target) !== earlier.key &&
          evidence.type > 0,
      );
    return best && tell(best.target, THRESHOLDS.answered, []);
  }

  /** The nth of what a section lists, as the text counts: 「二是…」. */
  function nthOf(answer: Answered, number: number, confidence: number): Answered | undefined {
    const target = targets.get(answer.key);
    if (!target || target.kind === 'clause') return undefined;
    const document = documentOf(target);
    const mark = ordinalMark(number);
    const point = sectionOf(document, target).points.find(({ quote }) => cut(document, quote).startsWith(mark));
    if (!point) return undefined;
    const found = { kind: 'point', document: document.id, point } as const;
    return keyOf(found) === answer.key ? undefined : tell(found, confidence, answer.related);
  }

  function answerOne(question: string, within: string | undefined): Answer {
    if (isLone(question) && !isSubject(question)) return { ...NONE, reason: silence };
    const phrased = judge(retriever.retrieve(question, within));
    const found = texts.search(question, within === undefined ? undefined : { within });
    const confidence = Math.max(phrased.confidence, found.confidence);
    const given =
      phrased.confidence >= THRESHOLDS.answered && phrased.confidence >= found.confidence
        ? answeredFrom(phrased)
        : found.confidence >= THRESHOLDS.text
          ? answeredFromText(found)
          : undefined;
    const list = listFor(question, phrased);
    if (list) return list;
    const doubted = given && doubt(question, given);
    const nth = given && ordinalIn(question);
    if (given && !doubted) return (nth !== undefined && nthOf(given, nth, given.confidence)) || given;
    const perhaps = given ? [] : mayAnswer(phrased, found);
    if (perhaps.length > 0) return { outcome: 'related', degree: 'perhaps', confidence, related: perhaps };
    if (given && doubted === 'qualifier') {
      const related = [relateKey(given.key)];
      return { outcome: 'related', degree: 'near', unqualified: true, confidence: confidence / 2, related };
    }
    if (phrased.relevance >= THRESHOLDS.related || given) {
      const related = given?.related.length
        ? [relateKey(given.key), ...given.related].slice(0, INSTEAD)
        : bestRelated(phrased.candidates, INSTEAD).map(({ target }) => relate(target));
      return { outcome: 'related', degree: 'near', confidence: given ? confidence / 2 : confidence, related };
    }
    return { ...NONE, confidence, reason: silence };
  }

  /** A lone word has to be what the texts are asked about, or stand in a text that nobody wrote phrasings for. */
  function isSubject(word: string): boolean {
    const key = phrasingKey(word);
    return (
      isSubjectOf(library, word) ||
      readings.some(({ document, passages }) => passages.length > 0 && textOf(document).text.includes(key))
    );
  }

  function doubt(question: string, answer: Answered) {
    const document = documents.get(answer.quotes[0].document) as Document;
    return doubtOf(question, answer, document, textOf(document));
  }

  /** A place that a closed list doesn't have gets the list. */
  function listFor(question: string, { candidates, relevance }: Judged): Answered | undefined {
    if (relevance < THRESHOLDS.related) return undefined;
    const strange = new Map<Document, boolean>();
    for (const { target } of candidates.slice(0, LOOKED_AT)) {
      if (target.kind !== 'point') continue;
      const document = documentOf(target);
      const isStrange = strange.get(document) ?? asksOfStrangePlace(question, textOf(document));
      strange.set(document, isStrange);
      if (!isStrange) continue;
      const { text } = quoteOf(document, target.point.quote);
      if (listsPlaces(text)) return { ...tell(target, THRESHOLDS.answered, []), answer: text };
    }
    return undefined;
  }

  /** The same of what was quoted before: 「那青岛呢」. */
  function listAfter(earlier: Answered, question: string): Answered | undefined {
    const document = documents.get(earlier.quotes[0].document) as Document;
    if (!asksOfStrangePlace(question, textOf(document))) return undefined;
    if (!earlier.quotes.some(({ text }) => listsPlaces(text))) return undefined;
    return { ...earlier, answer: earlier.whole ? earlier.title : earlier.quotes[0].text };
  }

  function relateKey(key: string): Related {
    return relate(targets.get(key) as Target);
  }

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

/** Several answers to one message, in its order; a clause that answers two of its parts is quoted once. */
function joined(first: Answered, others: readonly Answered[], partly: boolean): Answered {
  const also = others.filter((one, at) => ![first, ...others.slice(0, at)].some((earlier) => sameQuotes(earlier, one)));
  return { ...first, ...(also.length > 0 ? { also } : {}), ...(partly ? { partly: true as const } : {}) };
}

function sameQuotes(a: Answered, b: Answered): boolean {
  return a.key === b.key || a.quotes[0].text === b.quotes[0].text;
}

/** A few characters that ask nothing by themselves. */
const LONE = 5;

function isLone(question: string): boolean {
  const key = phrasingKey(question);
  return (
    /^\p{Script=Han}+$/u.test(key) && key.length <= LONE && !asksSomething(question) && !/\s\S/u.test(question.trim())
  );
}

function targetOf({ clause, passage, document: { document } }: Hit): TextTarget {
  return { kind: 'clause', document: document.id, clause, passage };
}

function sectionOf(document: Document, target: Exclude<Target, TextTarget>): Section {
  if (target.kind === 'section') return target.section;
  return document.sections.find(({ id }) => id === target.point.section) as Section;
}
