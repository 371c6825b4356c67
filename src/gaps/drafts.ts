import type { Answerer } from '../answering/answerer.ts';
import { keyOf } from '../answering/key.ts';
import { phrasingKey } from '../knowledge/check.ts';
import { cut, type Document, type Library } from '../knowledge/document.ts';
import type { Clause, Reading } from '../reading/reading.ts';
import { shortHash } from '../text/hash.ts';

/** A question that somebody may ask, and the clause that would answer it. A draft: a person says whether it is so. */
export interface Draft {
  /** Of the clause. */
  readonly key: string;
  readonly question: string;
  readonly quote: string;
}

export interface DraftingParts {
  readonly library: Library;
  readonly readings: readonly Reading[];
  readonly answerer: Pick<Answerer, 'answer'>;
}

/** A clause with less says too little to be asked about. In UTF-16 units. */
const LEAST = 12;
/** Drafts of one clause at most. */
const EACH = 3;

/** What a clause says, as far as its words tell, and how people ask for that: X is what it is about. */
const KINDS: readonly (readonly [says: RegExp, frames: readonly string[]])[] = [
  [/是指|所称/, ['什么是X', 'X是什么意思']],
  [/[\d一二三四五六七八九十百千万](?:余|多)?(?:元|万元|块)/, ['X多少钱']],
  [/[\d一二三四五六七八九十]个?(?:工作日|小时|日|天|月|年)(?:内|以内|前|之内)/, ['X要多久']],
  [/不得|禁止|严禁/, ['X不能做什么']],
  [/下列|以下|包括/, ['X有哪些', 'X包括什么']],
  [/应当|必须|需要|须/, ['X有什么要求', 'X要做什么']],
  [/可以|有权|允许/, ['X能做什么']],
];

/** What a sentence does or forbids, and how people ask whether it is so: X is its subject, Y what is done, Z by whom. */
const DEEDS: readonly (readonly [sentence: RegExp, frames: readonly string[]])[] = [
  [
    /(?<x>[^，。；：]{2,12})由(?<z>[^，。；：、]{2,12}?)(?<y>负责|承担|办理|清理|管理|划定|制定|审批|发放|核定|组织|受理)/,
    ['X由谁Y', '谁来YX'],
  ],
  [/由(?<z>[^，。；：、]{2,12}?)(?<y>(?:代为|负责)[^，。；：、]{2,8})/, ['谁来Y', 'Y找谁']],
  [/(?:不得|禁止|严禁)(?<y>[^，。；：、]{2,14})/, ['能Y吗', 'Y可以吗']],
  [/(?<x>[^，。；：、]{2,10})可以(?<y>[^，。；：、]{2,14})/, ['X能Y吗', 'X可不可以Y']],
  [/(?<x>[^，。；：、]{2,10})(?:应当|必须)(?<y>[^，。；：、]{2,14})/, ['X一定要Y吗']],
  [/所称(?<x>[^，。；：、]{2,12})/, ['什么是X', 'X是什么意思']],
];
const ANY = ['X是怎么规定的'];

/**
 * Drafts for a document: of what its clauses are about, by what they say, in the ways in which people ask for points of
 * other documents, with the words that people use for official ones. Left out is what is asked for something already, what
 * may mean several clauses, and what is answered with its clause as it is.
 */
export function draftQuestions(id: string, parts: DraftingParts): readonly Draft[] {
  return [...useful(candidatesOf(id, parts), parts)];
}

/** A draft by the name that `draftKey` gives it, whether or not it is of use any more. */
export function findDraft(id: string, key: string, parts: DraftingParts): Draft | undefined {
  return candidatesOf(id, parts).find(({ question }) => draftKey(question) === key);
}

/** The first draft, or the first behind one: no more is tried than it takes to find it. */
export function nextDraft(id: string, after: string | undefined, parts: DraftingParts): Draft | undefined {
  const all = candidatesOf(id, parts);
  const from = after === undefined ? 0 : all.findIndex(({ question }) => draftKey(question) === after) + 1;
  return useful(all.slice(from), parts).next().value;
}

/** A short name of a draft, for buttons. */
export function draftKey(question: string): string {
  return shortHash(question);
}

/** What may be asked, each question once. */
function candidatesOf(id: string, { library, readings }: DraftingParts): readonly Draft[] {
  const reading = readings.find(({ document }) => document.id === id);
  if (!reading) return [];
  const { document } = reading;
  const mined = framesOf(library);
  const drafts = reading.passages.flatMap((passage) =>
    passage.clauses.flatMap((clause) => {
      const quote = cut(document, clause.span);
      if (quote.length < LEAST) return [];
      const key = keyOf({ kind: 'clause', document, clause, passage });
      return questionsOf(document, clause, mined, library).map((question): Draft => ({ key, question, quote }));
    }),
  );
  return [...Map.groupBy(drafts, ({ question }) => phrasingKey(question)).values()].flatMap((alike) =>
    new Set(alike.map(({ key }) => key)).size === 1 ? alike.slice(0, 1) : [],
  );
}

function* useful(drafts: readonly Draft[], { library, answerer }: DraftingParts): Generator<Draft, undefined> {
  const claimed = new Set(
    library.documents
      .flatMap(({ sections }) =>
        sections.flatMap(({ ask, points }) => [...ask, ...points.flatMap((point) => [...point.ask, ...point.not])]),
      )
      .map(phrasingKey),
  );
  const ofClause = new Map<string, number>();
  for (const draft of drafts) {
    const { key, question } = draft;
    const count = ofClause.get(key) ?? 0;
    if (claimed.has(phrasingKey(question)) || count >= EACH) continue;
    const answer = answerer.answer(question);
    if (answer.outcome === 'answered' && answer.key === key) continue;
    // What is taken for talk asks nothing.
    if (answer.outcome === 'unanswered' && answer.reason !== 'uncovered' && answer.reason !== 'unsure') continue;
    ofClause.set(key, count + 1);
    yield draft;
  }
}

function questionsOf(
  document: Document,
  clause: Clause,
  mined: readonly string[],
  { terms }: Library,
): readonly string[] {
  const about = aboutOf(document, clause);
  const text = cut(document, clause.span).trim().replace(MARK, '').trim();
  const kinds = KINDS.filter(([says]) => says.test(text)).flatMap(([, frames]) => frames);
  const named = about === undefined ? [] : [...(kinds.length > 0 ? kinds : ANY), ...mined];
  const official = [...deedsIn(text), ...named.map((frame) => frame.replace('X', about ?? ''))];
  const everyday = official.flatMap((question) => {
    const term = terms.find((one) => question.includes(one.text));
    return term?.say[0] === undefined ? [] : [question.replace(term.text, term.say[0])];
  });
  const [first, ...others] = official;
  return [...new Set([first, everyday[0], ...others].filter((question) => question !== undefined))];
}

function deedsIn(text: string): readonly string[] {
  return DEEDS.flatMap(([sentence, frames]) => {
    const { x = '', y = '' } = sentence.exec(text)?.groups ?? {};
    // 「闲置的，可以由……」 has no subject there.
    if (x + y === '' || /(?:可以|应当|等|需要|的)$/.test(x)) return [];
    return frames.map((frame) => frame.replace(/[XY]/g, (letter) => (letter === 'X' ? x : y)));
  });
}

/** In UTF-16 units. */
const SHORTEST_NAME = 2;
const LONGEST_NAME = 16;
const MARK =
  /^(?:第[^条]{1,8}条(?:之[一二三四五六七八九十])?|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*/;

/** What a clause is about: what stands before the verb of its sentence, else the heading above it. */
function aboutOf(document: Document, { span, path }: Clause): string | undefined {
  const text = cut(document, span).trim().replace(MARK, '').trim();
  const subject = /^([^，。；：、！？]{2,16}?)(?:应当|不得|可以|必须|实行|是指|须|禁止|由|应|有权|包括)/.exec(
    text,
  )?.[1];
  const heading = path
    .at(-1)
    ?.replace(MARK, '')
    .replace(/^第[^章节]{1,6}[章节]\s*/, '');
  return [subject, heading].find((name) => name !== undefined && isName(name));
}

function isName(name: string): boolean {
  const isSentence = /[，。；：！？]|^(?:为了|根据|按照|对|在|如果|因|依照)/.test(name);
  return name.length >= SHORTEST_NAME && name.length <= LONGEST_NAME && /\p{L}/u.test(name) && !isSentence;
}

/** Frames of other documents' phrasings that are worth a try, and how often one has to occur. */
const FRAMES = 3;
const OFTEN = 3;

/** How people ask for points here: phrasings with the point's title in them, without it. */
function framesOf({ documents }: Library): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title, ask } of documents.flatMap(({ sections }) => sections.flatMap(({ points }) => points))) {
    if (title.length < SHORTEST_NAME) continue;
    for (const phrasing of ask) {
      const frame = phrasing.replace(title, 'X');
      if (frame === phrasing || frame === 'X') continue;
      counts.set(frame, (counts.get(frame) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count >= OFTEN)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, FRAMES)
    .map(([frame]) => frame);
}
