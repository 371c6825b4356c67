import type { Document, Library } from '../knowledge/document.ts';
import type { Reading } from '../reading/reading.ts';
import { foldText } from '../text/fold.ts';
import type { Answer } from './answer.ts';
import { MARK_OF_QUESTION } from './clauses.ts';
import { asksSomething } from './parts.ts';

/** Questions to show somebody who has asked none yet: each is answered with the words of a document that is loaded. */
export interface Examples {
  /** In English those that people ask in English; fewer than there are in Chinese, or none. */
  in(language: 'zh' | 'en'): readonly string[];
}

interface ExampleParts {
  readonly library: Library;
  readonly readings: readonly Reading[];
  readonly answer: (question: string) => Answer;
}

/** So many are shown at once. */
const MOST = 3;
/** Documents that are looked at, and questions that are tried of each. */
const DOCUMENTS = 12;
const TRIED = 6;
/** In UTF-16 units: short enough to be read at a glance, and long enough to stand by itself. */
const SHORTEST = 5;
const LONGEST = 18;
const LONGEST_ENGLISH = 60;
const SURE = 0.6;

export function createExamples({ library, readings, answer }: ExampleParts): Examples {
  const readingOf = new Map(readings.map((reading) => [reading.document.id, reading]));
  const candidates = {
    zh: (document: Document) => [...phrased(document, isShort), ...headed(readingOf.get(document.id))],
    en: (document: Document) => phrased(document, isEnglish),
  };
  const found: Partial<Record<'zh' | 'en', readonly string[]>> = {};
  return {
    in(language) {
      found[language] ??= inTurn(
        library.documents
          .slice(0, DOCUMENTS)
          .map((document) => answered(document, candidates[language](document), answer)),
      );
      return found[language];
    },
  };
}

function* answered(
  document: Document,
  candidates: readonly string[],
  answer: ExampleParts['answer'],
): Generator<string> {
  for (const question of candidates.slice(0, TRIED)) {
    const given = answer(question);
    const isOwn = given.outcome === 'answered' && given.quotes[0].document === document;
    if (isOwn && given.confidence >= SURE) yield question;
  }
}

/** One of each document in turn, then a second of each. */
function inTurn(lists: readonly Generator<string>[]): readonly string[] {
  const taken: string[] = [];
  let left = lists;
  while (taken.length < MOST && left.length > 0) {
    left = left.filter((list) => {
      if (taken.length === MOST) return false;
      const { value, done } = list.next();
      if (!done) taken.push(value);
      return !done;
    });
  }
  return taken;
}

/** How people ask for points, one of each: those first that name what all of the document is about. */
function phrased({ sections }: Document, fits: (phrasing: string) => boolean): readonly string[] {
  const points = sections.flatMap((section) => section.points).map(({ ask }) => ask.filter(fits));
  const pointsOf = new Map<string, number>();
  for (const ask of points) {
    for (const name of new Set(ask.flatMap(namesIn))) pointsOf.set(name, (pointsOf.get(name) ?? 0) + 1);
  }
  const most = Math.max(0, ...pointsOf.values());
  const isAbout = (phrasing: string) => namesIn(phrasing).some((name) => 2 * (pointsOf.get(name) ?? 0) >= most);
  const named = points.flatMap((ask) => ask.filter(isAbout).toSorted(byLength).slice(0, 1));
  return (named.length > 0 ? named : points.flatMap((ask) => ask.slice(0, 1))).toSorted(byLength).map(asQuestion);
}

/** In UTF-16 units: what reads well in one line of a phone. */
const BEST_LENGTH = { han: 12, latin: 40 };

function byLength(a: string, b: string): number {
  const off = (text: string) =>
    Math.abs(text.length - (/\p{Script=Han}/u.test(text) ? BEST_LENGTH.han : BEST_LENGTH.latin));
  return off(a) - off(b);
}

/** Four characters in a row are part of a name, as a rule. */
function namesIn(phrasing: string): readonly string[] {
  const runs = phrasing.toLowerCase().match(/\p{Script=Han}+/gu) ?? phrasing.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  const isHan = /\p{Script=Han}/u.test(phrasing);
  return isHan
    ? runs.flatMap((run) => Array.from({ length: Math.max(0, run.length - 3) }, (_, at) => run.slice(at, at + 4)))
    : runs;
}

/** What speaks of 这次 or 它 needs to be read with something else, nobody asks first who wrote a text, and 啥 is no model. */
const NOT_FIRST =
  /[这那它他她]|上面|刚才|最近|[啥咋咩乜]|标题|题目|题名|小标|文章|报道|新闻|来源|出处|作者|记者|编辑|发布|原文|全文|article|headline|title|text|news|piece|\b(?:they|it|this|that|these|those|them|he|she)\b/iu;

function isShort(phrasing: string): boolean {
  return (
    /^[\p{Script=Han}，、《》「」“”a-z0-9]+[？?]?$/iu.test(phrasing) &&
    phrasing.length >= SHORTEST &&
    phrasing.length <= LONGEST &&
    phrasing === foldText(phrasing) &&
    /谁|什么|哪|多少|几|怎么|如何|吗$/u.test(phrasing) &&
    !NOT_FIRST.test(phrasing)
  );
}

function isEnglish(phrasing: string): boolean {
  const asks = /^(?:what|which|who|when|where|how|why|is|are|do|does|can)\b/i;
  return (
    /^[ -~]+$/.test(phrasing) && phrasing.length <= LONGEST_ENGLISH && asks.test(phrasing) && !NOT_FIRST.test(phrasing)
  );
}

function asQuestion(phrasing: string): string {
  const isLatin = /^[ -~]+$/.test(phrasing);
  const words = phrasing.replace(/[？?]$/, '');
  return isLatin ? `${words.charAt(0).toUpperCase()}${words.slice(1)}?` : `${words}？`;
}

/** Of a text without phrasings: what its headings ask or are about. */
function headed(reading: Reading | undefined): readonly string[] {
  const labels = reading?.passages.flatMap(({ clauses: [clause] }) => clause?.path ?? []) ?? [];
  const titles = [...new Set(labels.map(withoutNumber))].filter(
    (title) => /^[\p{Script=Han}、，]+[？?]?$/u.test(title) && title.length >= 4 && title.length <= LONGEST,
  );
  const [asking, naming] = [titles.filter(asksSomething), titles.filter((title) => !asksSomething(title))];
  const subjects = naming.filter((title) => !LEADS.test(title) && !FORMAL.test(title));
  return [...asking.map(asQuestion), ...subjects.map((title) => `${title}有什么规定？`)];
}

/** 「第二章 收费」「二、收费」「（二）收费」 are about 收费; 「第十四条」 says nothing of what it is about. */
function withoutNumber(label: string): string {
  return label
    .replace(/^第.{1,12}?[编編章节節条條款](?:之.)?\s*/u, '')
    .replace(/^(?:[〇零一二三四五六七八九十百]+[、.．]|[（(][〇零一二三四五六七八九十百\d]+[)）]|\d+[、.．])\s*/u, '')
    .replace(MARK_OF_QUESTION, '');
}

/** What only leads to a list, and what every law has. */
const LEADS = /以下|下列|如下|包括/;
const FORMAL = /^(?:总则|附则|附件|法律责任)$/;
