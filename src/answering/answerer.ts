import { phrasingKey } from '../knowledge/check.ts';
import { type Document, isSame, isWithin, type Library } from '../knowledge/document.ts';
import type { Retrieved, Retriever } from '../phrasings/retriever.ts';
import type { Reading } from '../reading/reading.ts';
import type { Found, Hit, TextSearch } from '../retrieval/search.ts';
import { foldQuestion, foldText } from '../text/fold.ts';
import { asksMany } from '../text/forms.ts';
import { bigramsOf } from '../text/tokens.ts';
import type { Answer, Answered, Related } from './answer.ts';
import type { Asked } from './asked.ts';
import { CONFIDENCE, POINTED, RELEVANCE, THRESHOLDS } from './calibration.ts';
import { createCatalogue } from './catalogue.ts';
import { bestRelated, probability, rivals, signsOf } from './confidence.ts';
import { createConversation, nthOf } from './conversation.ts';
import { asksOfStrangePlace, type DocumentText, documentText, doubtOf, listsPlaces } from './doubts.ts';
import { createExamples, type Examples } from './examples.ts';
import type { Offer } from './offer.ts';
import { createOffering, type Near } from './offering.ts';
import { asksSomething, ordinalIn } from './parts.ts';
import { answerPointed, type Pointed } from './pointed.ts';
import { quoteOf } from './quoting.ts';
import { createSaid } from './said.ts';
import { smallTalk } from './small-talk.ts';
import type { Target, TextTarget } from './target.ts';
import { isSubjectOf } from './targets.ts';

export interface Answerer {
  /** Answers with the words of the library. */
  answer(question: string, asked?: Asked): Answer;
  /** The point, section or clause of a key, as if it had been asked for; undefined when there is none (any more). */
  open(key: string): Answered | undefined;
  /** The same as something to show beside an answer. */
  relate(key: string): Related | undefined;
  /** What could be asked. */
  readonly examples: Examples;
  /** The clauses that come nearest to a question, best first, whether or not any of them answers it. */
  nearest(question: string, most: number): readonly Related[];
  /** What may be quoted for a few words, best first, each quote once. */
  search(words: string, most: number): readonly Related[];
  /** For whoever may point at what answers. */
  readonly pointing: Pointing;
}

/** What is shown to be pointed at, and what comes of it; `without` is what is answered when nobody points. */
export interface Pointing {
  /** `near`: what is likely for another reason, best first. */
  offer(question: string, asked: Asked, without: Answer, near?: readonly Near[]): Offer;
  answer(offer: Offer, pointed: Pointed, without: Answer): Answer;
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
/** How many candidates may be the list that decides. */
const LOOKED_AT = 8;

/** From this confidence on, a point is not surpassed by what stands elsewhere in the texts: it is not looked for. */
const BEYOND_DOUBT = 0.97;
const NOTHING_FOUND: Found = { hits: [], confidence: 0, shown: 0 };

const NONE = { outcome: 'unanswered', confidence: 0, related: [] } as const;

export function createAnswerer({ library, readings, retriever, texts }: AnswererParts): Answerer {
  const catalogue = createCatalogue(readings);
  const { tell, relate } = catalogue;
  const { offer } = createOffering({ readings, retriever, texts });
  /** Of a text that nobody wrote phrasings for it can't be said what it leaves out. */
  const silence = texts.size > 0 ? 'unsure' : 'uncovered';
  const documentTexts = new Map<Document, DocumentText>();
  const textOf = (document: Document): DocumentText => {
    const known = documentTexts.get(document) ?? documentText(document);
    documentTexts.set(document, known);
    return known;
  };
  const said = createSaid(library);
  const converse = createConversation({ catalogue, retriever, ask, textOf });
  const examples = createExamples({ library, readings, answer: (question) => converse(question, {}) });

  return {
    answer(message, asked = {}) {
      const talk = smallTalk(message);
      if (talk && !said.answers(message, asked.within)) return { ...NONE, reason: talk };
      if (!SAYS_SOMETHING.test(message)) return { ...NONE, reason: 'empty' };
      return converse(message, asked);
    },
    examples,
    open(key) {
      const target = catalogue.find(key);
      return target && tell(target, 1, catalogue.siblings(target).map(relate));
    },
    relate(key) {
      const target = catalogue.find(key);
      return target && relate(target);
    },
    nearest(question, most) {
      const phrased = retriever.retrieve(question);
      const { confidence, relevance } = judge(phrased);
      const found = texts.search(question);
      const points = bestRelated(phrased.candidates, most).map(({ target }) => relate(target));
      const clauses = found.hits.slice(0, most).map((hit) => relate(targetOf(hit)));
      const [first, second] = confidence >= found.confidence ? [points, clauses] : [clauses, points];
      const all =
        relevance < THRESHOLDS.related
          ? [...clauses, ...points]
          : Array.from({ length: most }, (_, at) => [first[at], second[at]]).flat();
      const near: Related[] = [];
      for (const one of all)
        if (one && !near.some((other) => holds(other, one) || other.key === one.key)) near.push(one);
      return near.slice(0, most);
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

  /** What a keeper said of a question in so many words counts before all that is estimated. */
  function ask(question: string, within: string | undefined): Answer {
    const found = find(question, within);
    const target = said.answers(question, within);
    if (target) {
      const told = tell(target, 1, catalogue.siblings(target).map(relate));
      return found.outcome === 'answered' && found.key === told.key ? found : told;
    }
    if (found.outcome === 'unanswered') return found;
    const missed = said.misses(question, within).map(relate);
    const isMissed = found.outcome === 'related' || missed.some(({ key }) => key === found.key);
    if (missed.length === 0 || !isMissed) return found;
    const related = missed.slice(0, INSTEAD);
    return { outcome: 'related', degree: 'near', confidence: found.confidence / 2, related };
  }

  function find(question: string, within: string | undefined): Answer {
    if (isLone(question) && !isSubject(question)) return { ...NONE, reason: silence };
    const phrased = judge(retriever.retrieve(question, within));
    const scope = within === undefined ? undefined : { within };
    const found = phrased.confidence >= BEYOND_DOUBT ? NOTHING_FOUND : texts.search(question, scope);
    const confidence = Math.max(phrased.confidence, found.confidence);
    const given =
      phrased.confidence >= THRESHOLDS.answered && phrased.confidence >= found.confidence
        ? answeredFrom(phrased, question)
        : found.confidence >= THRESHOLDS.text
          ? answeredFromText(found)
          : undefined;
    const list = listFor(question, phrased);
    if (list) return list;
    const doubted = given && doubt(question, given);
    const nth = given && ordinalIn(question);
    if (given && !doubted) return (nth !== undefined && nthOf(catalogue, given, nth, given.confidence)) || given;
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
    const { document } = answer.quotes[0];
    return doubtOf(question, answer, document, textOf(document));
  }

  /** A place that a closed list doesn't have gets the list. */
  function listFor(question: string, { candidates, relevance }: Judged): Answered | undefined {
    if (relevance < THRESHOLDS.related) return undefined;
    const strange = new Map<Document, boolean>();
    for (const { target } of candidates.slice(0, LOOKED_AT)) {
      if (target.kind !== 'point') continue;
      const { document } = target;
      const isStrange = strange.get(document) ?? asksOfStrangePlace(question, textOf(document));
      strange.set(document, isStrange);
      if (!isStrange) continue;
      const { text } = quoteOf(document, target.point.quote);
      if (listsPlaces(text)) return { ...tell(target, THRESHOLDS.answered, []), answer: text };
    }
    return undefined;
  }

  function relateKey(key: string): Related {
    return relate(catalogue.find(key) as Target);
  }

  function answeredFrom({ candidates, confidence }: Judged, question: string): Answered {
    const best = candidates[0] as Judged['candidates'][number];
    const others = candidates.filter(({ target, score }) => rivals(best.target, target) && score > best.score / 2);
    const related = bestRelated(others, BESIDE).map(({ target }) => relate(target));
    return tell(widest(best.target, foldQuestion(question)), confidence, related);
  }

  /**
   * Who asks for several gets the point whose line has all that this one's has, and more, where both quote the same; but
   * not who names this one: 「上海有哪些区域」.
   */
  function widest(target: Target, folded: string): Target {
    if (target.kind !== 'point' || !asksMany(folded)) return target;
    const { document } = target;
    const { quote, answer, title } = target.point;
    const points = document.sections.flatMap((section) => section.points.map((point) => ({ section, point })));
    const wider = points
      .filter(({ point }) => isSame(point.quote, quote) && isWithin(answer, point.answer))
      .toSorted(({ point: a }, { point: b }) => b.answer.end - b.answer.start - (a.answer.end - a.answer.start))[0];
    const names = (pair: string) => folded.includes(pair) && !wider?.point.title.includes(pair);
    return wider && !bigramsOf(foldText(title)).some(names) ? { ...target, ...wider } : target;
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
    const shown: Related[] = [];
    for (const target of [...clauses.slice(0, first), ...phrased, ...clauses.slice(first)]) {
      const one = relate(target);
      if (shown.some((other) => holds(other, one))) continue;
      // What begins further above takes in what it would show again.
      const again = shown.findIndex((other) => holds(one, other));
      if (again < 0) shown.push(one);
      else shown[again] = takingIn(one, shown[again] as Related);
      if (shown.length === PERHAPS) break;
    }
    return shown;
  }
}

/** Whether the words of one are shown with another already. */
function holds(shown: Related, { quotes: [first] }: Related): boolean {
  return shown.quotes.some((quote) => quote.document === first.document && isWithin(first, quote));
}

/** The first with what else the second shows, which begins within it. */
function takingIn(one: Related, other: Related): Related {
  const more = other.quotes.filter((quote) => !one.quotes.some((own) => isWithin(quote, own)));
  return { ...one, quotes: [...one.quotes, ...more] };
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

/** A few characters that ask nothing by themselves. */
const LONE = 5;

function isLone(question: string): boolean {
  const key = phrasingKey(question);
  return (
    /^\p{Script=Han}+$/u.test(key) && key.length <= LONE && !asksSomething(question) && !/\s\S/u.test(question.trim())
  );
}

function targetOf({ clause, passage, document: { document } }: Hit): TextTarget {
  return { kind: 'clause', document, clause, passage };
}
