import { cut, type Document, isSame } from '../knowledge/document.ts';
import type { Retriever } from '../phrasings/retriever.ts';
import type { Answer, Answered } from './answer.ts';
import { THRESHOLDS } from './calibration.ts';
import type { Catalogue } from './catalogue.ts';
import { asksOfStrangePlace, type DocumentText, listsPlaces } from './doubts.ts';
import { keyOf } from './key.ts';
import {
  asksForNext,
  asksSomething,
  aspectIn,
  bothOf,
  completed,
  isBare,
  leansOn,
  ordinalIn,
  ordinalMark,
  ordinalOf,
  partsOf,
  piecesOf,
  sentencesOf,
  speaksOf,
} from './parts.ts';

/** From this confidence on, a message needs nothing that was said before it. */
const STANDS_ALONE = 0.6;
/** In UTF-16 units: a shorter message has no story around its question, which stands near the end. */
const STORY = 28;
const PIECES = 4;
/** The longest message that Telegram lets anybody write. In a long one the question may stand anywhere: so many are tried. */
const LONGEST = 4_096;
const QUESTIONS = 8;
/** From this confidence on, one of several questions in a message is answered by itself … */
const SURE_PART = 0.4;
/** … and a piece of a message that is not answered as a whole is taken for what it asks. */
const SURE_PIECE = 0.9;

/** What of a message with a story may be its question: its last pieces, and of a long one each sentence that asks something. */
function mayAsk(message: string): readonly string[] {
  const pieces = piecesOf(message.slice(0, LONGEST));
  const last = pieces.slice(-PIECES);
  if (pieces.length <= PIECES) return last;
  const asking = sentencesOf(message.slice(0, LONGEST)).filter(asksSomething);
  const marked = asking.filter((sentence) => /[？?]$/.test(sentence)).slice(-QUESTIONS);
  // 「记了几条」 asks nothing: where there are question marks, they tell better.
  const others = asking.filter((sentence) => !marked.includes(sentence)).slice(marked.length - QUESTIONS);
  return [...new Set([...last, ...marked, ...(marked.length < QUESTIONS ? others : [])])];
}

/** Below this affinity (a log-odds, see NaiveBayes) a message has words that a neighbour is never asked for with. */
const FOREIGN = -1.5;

export interface ConversationParts {
  readonly catalogue: Catalogue;
  readonly retriever: Retriever;
  /** Answers one question by itself. */
  readonly ask: (question: string, within: string | undefined) => Answer;
  readonly textOf: (document: Document) => DocumentText;
}

/** Answers messages as people send them: with two questions in one, a story around it, or leaning on the one before. */
export function createConversation({ catalogue, retriever, ask, textOf }: ConversationParts) {
  return (
    message: string,
    { within, before }: { within?: string | undefined; before?: string | undefined },
  ): Answer => {
    const alone = answerParts(message, within);
    if (before === undefined || !leansOn(message)) return alone;
    const home = straysFrom(before, message, alone, within);
    if (home !== undefined) return answerAfter(before, message, home) ?? ask(completed(before, message), home);
    if (alone.confidence >= STANDS_ALONE && !asksForNext(message) && aspectIn(message) === undefined) return alone;
    return answerAfter(before, message, within) ?? alone;
  };

  /**
   * The document that was spoken of, where a message too short to name another is answered from another: 「谁发的」 after
   * a question about a notice.
   */
  function straysFrom(before: string, message: string, alone: Answer, within: string | undefined): string | undefined {
    if (alone.outcome !== 'answered' || !isBare(message)) return undefined;
    const earlier = ask(before, within);
    if (earlier.outcome !== 'answered') return undefined;
    const home = earlier.quotes[0].document;
    return alone.quotes[0].document === home ? undefined : home.id;
  }

  /** Each part of a message that asks something of its own; the whole, where that is one question. */
  function answerParts(message: string, within: string | undefined): Answer {
    const whole = ask(message, within);
    const apart = partsOf(message);
    const parts = apart.length > 1 ? apart : whole.outcome === 'answered' && whole.whole ? [message] : bothOf(message);
    if (parts.length > 1) {
      const answers = parts
        .map((part) => ask(part, within))
        .filter((one): one is Answered => one.outcome === 'answered' && one.confidence >= SURE_PART);
      const [first, ...others] = answers;
      if (first && others.length > 0) return joined(first, others, answers.length < parts.length);
      if (first && whole.outcome !== 'answered' && first.confidence >= SURE_PIECE) return joined(first, [], true);
    }
    if (whole.outcome === 'answered' || message.length < STORY) return whole;
    const best = mayAsk(message)
      .filter((piece) => piece !== message)
      .map((piece) => ask(piece, within))
      .filter((one) => one.outcome === 'answered' && one.confidence >= SURE_PIECE)
      .toSorted((a, b) => b.confidence - a.confidence)[0];
    return best ?? whole;
  }

  /** A message that leans on the one before; undefined when that does not help. */
  function answerAfter(before: string, message: string, within: string | undefined): Answer | undefined {
    const earlier = ask(before, within);
    const list = earlier.outcome === 'answered' && listAfter(earlier, message);
    if (list) return list;
    const side = earlier.outcome === 'answered' && sideOf(earlier, message);
    if (side) return side;
    const nth = ordinalIn(message) ?? (earlier.outcome === 'answered' ? nextOf(earlier, message) : undefined);
    if (earlier.outcome === 'answered' && nth !== undefined) return nthOf(catalogue, earlier, nth, earlier.confidence);
    const both = ask(completed(before, message), within);
    // What was said already is no answer to what is asked now.
    const again = both.outcome === 'answered' && earlier.outcome === 'answered' && both.key === earlier.key;
    if (!again) return both.outcome === 'answered' ? both : undefined;
    return beside(earlier, message, within);
  }

  /** 「那青岛呢」: the list of places that was quoted before. */
  function listAfter(earlier: Answered, message: string): Answered | undefined {
    const { document } = earlier.quotes[0];
    if (!asksOfStrangePlace(message, textOf(document))) return undefined;
    if (!earlier.quotes.some(({ text }) => listsPlaces(text))) return undefined;
    return { ...earlier, answer: earlier.whole ? earlier.title : earlier.quotes[0].text };
  }

  /** 「下一条呢」: which of its list that is. */
  function nextOf({ quotes }: Answered, message: string): number | undefined {
    const number = asksForNext(message) ? ordinalOf(quotes[0].text) : undefined;
    return number === undefined ? undefined : number + 1;
  }

  /** 「生活上呢」: the one clause beside what was quoted before that speaks of that side. */
  function sideOf(earlier: Answered, message: string): Answered | undefined {
    const aspect = aspectIn(message);
    const own = targetOf(earlier);
    if (aspect === undefined || own.kind === 'clause') return undefined;
    const { document, section } = own;
    const [point, ...others] = section.points.filter(({ quote }) => speaksOf(aspect, cut(document, quote)));
    if (!point || !others.every(({ quote }) => isSame(quote, point.quote))) return undefined;
    const found = { kind: 'point', document, section, point } as const;
    return keyOf(found) === earlier.key ? undefined : catalogue.tell(found, earlier.confidence, earlier.related);
  }

  /** The best clause for a message among those of the section that was quoted before. */
  function beside(earlier: Answered, message: string, within: string | undefined): Answered | undefined {
    const own = targetOf(earlier);
    if (own.kind === 'clause') return undefined;
    const { points } = own.section;
    const [best] = retriever
      .retrieve(message, within ?? own.document.id)
      .candidates.filter(
        ({ target, evidence }) =>
          target.kind === 'point' &&
          points.includes(target.point) &&
          keyOf(target) !== earlier.key &&
          evidence().type > 0 &&
          evidence().affinity > FOREIGN,
      );
    return best && catalogue.tell(best.target, THRESHOLDS.answered, []);
  }

  function targetOf({ key }: Answered) {
    return catalogue.find(key) as NonNullable<ReturnType<Catalogue['find']>>;
  }
}

/** The nth of what the section of an answer lists, as the text counts: 「二是…」; undefined when it counts no further. */
export function nthOf(catalogue: Catalogue, { key, related }: Answered, number: number, confidence: number) {
  const target = catalogue.find(key);
  if (!target || target.kind === 'clause') return undefined;
  const { document, section } = target;
  const mark = ordinalMark(number);
  const point = section.points.find(({ quote }) => cut(document, quote).startsWith(mark));
  if (!point) return undefined;
  const found = { kind: 'point', document, section, point } as const;
  return keyOf(found) === key ? undefined : catalogue.tell(found, confidence, related);
}

/** Several answers to one message, in its order; a clause that answers two of its parts is quoted once. */
function joined(first: Answered, others: readonly Answered[], partly: boolean): Answered {
  const also = others.filter((one, at) => ![first, ...others.slice(0, at)].some((earlier) => sameQuotes(earlier, one)));
  return { ...first, ...(also.length > 0 ? { also } : {}), ...(partly ? { partly: true as const } : {}) };
}

function sameQuotes(a: Answered, b: Answered): boolean {
  return a.key === b.key || a.quotes[0].text === b.quotes[0].text;
}
