import { DIGIT, kindOf, LETTER } from '../index/units.ts';
import { leads } from '../reading/lines.ts';
import type { Clause } from '../reading/reading.ts';
import type { ConceptMatcher } from './concepts.ts';
import { type DocumentView, viewDocuments } from './document-views.ts';
import { type Expected, expectationsMet, readExpectations } from './expected.ts';
import { type Match, nearQuestionWord, type Weights, weightsOf } from './matcher.ts';
import { explain, highest, massOf, over, type Places, sum, totalMass, united } from './measures.ts';
import type { Nearness } from './nearness.ts';
import type { Finding, FoundPassage, PassageRef, SearchedDocument } from './passage-finder.ts';
import { rarity } from './said.ts';
import { type QuestionWord, wordsOf } from './words.ts';

/** What is compared: of the clause; with what stands above it; with its title and the sentence before, too. */
export const COMPARED = [
  'characters',
  'pairs',
  'terms',
  'asked',
  'concepts',
  'explained',
  'special',
  'words',
  'explained above',
  'words above',
  'explained around',
  'rare terms',
  'rare terms above',
  'rare explained',
  'rare explained above',
  'rare explained around',
  'words around',
  'run',
  'meaning',
  'meaning above',
] as const;

/** A clause that may answer, and what is known of it. */
export interface Candidate extends PassageRef {
  readonly clause: Clause;
  /** What the ranking weighs; the order is that of the learned weights. */
  readonly features: Float32Array;
  /** Those of its features by which the clauses of a question are compared with each other, in the order of `COMPARED`. */
  readonly comparable: readonly number[];
}

// Idf to this power: a rare word is better evidence than a common one, but not in proportion.
const DAMPING = 0.3;
/** So many clauses a passage that was read are looked at closely: those that meet most of the question at a glance. */
const KEPT = 1.2;

/** What of the question is weighed, the same for all of its candidates. */
export interface Scale {
  readonly damped: Weights;
  readonly plain: Weights;
  /** Idf in texts times rarity in questions: what people always say, in whatever question, counts little. */
  readonly rare: Weights;
  readonly near: Float32Array;
  readonly words: readonly QuestionWord[];
  readonly nearness: Nearness;
  /** Places where a number of the question ends. */
  readonly figures: readonly number[];
  readonly expected: Expected;
  readonly totals: {
    readonly characters: number;
    readonly pairs: number;
    readonly mass: number;
    readonly plain: number;
    readonly rareMass: number;
    readonly rare: number;
    readonly near: number;
    readonly words: number;
    readonly concepts: number;
  };
  /** For what is worked out by place of the question. */
  readonly scratch: Float32Array;
  readonly english: boolean;
  /** Log of the number of passages. */
  readonly size: number;
}

export function scaleOf({ question, concepts, statistics, pairs }: Finding): Scale {
  const damped = weightsOf(question, statistics.idf, DAMPING);
  const plain = weightsOf(question, statistics.idf, 1);
  const rare = weightsOf(question, (term) => statistics.idf(term) * rarity(term), 1);
  const near = nearQuestionWord(question, damped.characters);
  const words = wordsOf(question, statistics.idf);
  return {
    damped,
    plain,
    rare,
    near,
    words,
    nearness: pairs.nearness(question, words),
    figures: Array.from(question.units.keys()).filter(
      (at) => kindOf(question.units[at] as number) === DIGIT && (plain.characters[at] as number) > 0,
    ),
    expected: readExpectations(question),
    totals: {
      characters: sum(damped.characters) || 1,
      pairs: sum(damped.pairs) || 1,
      mass: totalMass(plain),
      plain: sum(plain.characters) || 1,
      rareMass: totalMass(rare),
      rare: sum(rare.characters) || 1,
      near: sum(near) || 1,
      words: words.reduce((total, one) => total + one.idf, 0) || 1,
      concepts: concepts.concepts.reduce((total, one) => total + one.idf, 0) || 1,
    },
    scratch: new Float32Array(question.units.length),
    size: Math.log(statistics.size()),
    english: sum(damped.pairs) === 0 && question.units.some((unit) => kindOf(unit) === LETTER),
  };
}

interface Place {
  readonly found: FoundPassage;
  /** Of the passage, and of the clause in it. */
  readonly rank: number;
  readonly at: number;
  readonly glance: number;
}

/** The clauses of the passages that were read that may answer, each once. */
export function candidatesOf(finding: Finding, scale: Scale): readonly Candidate[] {
  const views = viewDocuments(finding, scale.plain);
  const wholes = new Map<FoundPassage, Whole>();
  const rows = placesOf(finding, scale).map((place) => {
    const { found } = place;
    let whole = wholes.get(found);
    if (!whole) {
      whole = wholeOf(finding, scale, found, views.get(found.document) as DocumentView);
      wholes.set(found, whole);
    }
    return rowOf(finding, scale, place, views.get(found.document) as DocumentView, whole);
  });
  return compared(rows);
}

function placesOf({ passages, concepts }: Finding, { rare, totals }: Scale): readonly Place[] {
  const places: Place[] = [];
  const seen = new Map<SearchedDocument, Set<number>>();
  const best = passages[0]?.sum ?? 1;
  for (const [rank, found] of passages.entries()) {
    let spans = seen.get(found.document);
    if (!spans) {
      spans = new Set();
      seen.set(found.document, spans);
    }
    for (const [at, { span }] of found.passage.clauses.entries()) {
      const key = span.paragraph * SPAN + span.start;
      if (spans.has(key)) continue;
      spans.add(key);
      const mass = massOf(rare, found.matches[at + 1] as Match, totals.rareMass);
      const met = conceptShare(concepts.concepts, found.met[at + 1] as Float32Array, totals.concepts);
      places.push({ found, rank, at, glance: mass + met / 2 + found.sum / best / 2 });
    }
  }
  return places.toSorted((a, b) => b.glance - a.glance).slice(0, Math.ceil(KEPT * passages.length));
}

const SPAN = 1 << 20;

function conceptShare(concepts: readonly { readonly idf: number }[], met: Float32Array, total: number): number {
  let share = 0;
  for (let at = 0; at < concepts.length; at++) share += (concepts[at] as { idf: number }).idf * (met[at] as number);
  return share / total;
}

/** What a passage as a whole has of the question. */
interface Whole {
  readonly features: readonly number[];
  /** How near its stretches come to the question's words, as far as it was asked for. */
  readonly nearest: Float32Array[];
  /** By place of the question: how many of its stretches have the character. */
  readonly frequency: Uint8Array;
}

function wholeOf(
  { concepts, passages, attainable }: Finding,
  scale: Scale,
  found: FoundPassage,
  view: DocumentView,
): Whole {
  const { damped, plain, rare, totals } = scale;
  const all = united(found.matches);
  const met = highest(found.met);
  const explained = explanationOf(concepts, scale, all, met);
  const frequency = new Uint8Array(all.characters.length);
  for (const { characters } of found.matches)
    for (let at = 0; at < frequency.length; at++)
      frequency[at] = (frequency[at] as number) + (characters[at] as number);
  const { start, end } = found.matches[0] as Match;
  return {
    frequency,
    nearest: [scale.nearness.of(found, start, end)],
    features: [
      found.sum / (passages[0]?.sum ?? 1),
      found.sum / (attainable || 1),
      over(damped.characters, all.characters) / totals.characters,
      over(damped.pairs, all.pairs) / totals.pairs,
      massOf(plain, all, totals.mass),
      conceptShare(concepts.concepts, met, totals.concepts),
      explained.plain,
      over(view.weights, all.characters) / view.total,
      explained.words,
      explained.heaviest,
      massOf(rare, all, totals.rareMass),
      explained.rare,
      massOf(plain, found.matches[0] as Match, totals.mass),
      view.titleMass,
      view.share,
      view.first,
      found.passage.clauses.length,
    ],
  };
}

interface Row {
  readonly found: FoundPassage;
  readonly clause: Clause;
  readonly features: number[];
  /** What counts beside the other candidates' as well. */
  readonly comparable: readonly number[];
}

function rowOf({ concepts }: Finding, scale: Scale, { found, rank, at }: Place, view: DocumentView, whole: Whole): Row {
  const { damped, plain, rare, totals } = scale;
  const { passage, document, matches, met, folded } = found;
  const clause = passage.clauses[at] as Clause;
  const match = matches[at + 1] as Match;
  const own = met[at + 1] as Float32Array;
  const before = at > 0 ? (matches[at] as Match) : undefined;
  const after = matches[at + 2];
  const lead = leadOf(passage.clauses, clause);
  const standing: Places[] = [match, matches[0] as Match];
  const standingMet = [own, met[0] as Float32Array];
  if (lead >= 0) {
    standing.push(matches[lead + 1] as Match);
    standingMet.push(met[lead + 1] as Float32Array);
  }
  const withAbove = united(standing);
  const aboveMet = highest(standingMet);
  const around = united(before ? [withAbove, view.title, before] : [withAbove, view.title]);
  const aroundMet = highest(before ? [aboveMet, view.titleMet, met[at] as Float32Array] : [aboveMet, view.titleMet]);
  const explained = explanationOf(concepts, scale, match, own);
  const explainedAbove = explanationOf(concepts, scale, withAbove, aboveMet);
  const explainedAround = explanationOf(concepts, scale, around, aroundMet);
  let special = 0;
  for (let one = 0; one < match.characters.length; one++)
    if (match.characters[one] === 1) special += (damped.characters[one] as number) / (whole.frequency[one] as number);
  const expected = expectationsMet(scale.expected, folded, match);
  const nearest = nearestTo(scale, found, whole, at + 1);
  const above = whole.nearest[0] as Float32Array;
  const nearestAbove = highest(
    lead >= 0 ? [nearest, above, nearestTo(scale, found, whole, lead + 1)] : [nearest, above],
  );
  const near = nearShare(scale.nearness, nearest);
  const nearAbove = nearShare(scale.nearness, nearestAbove);
  const units = clause.span.end - clause.span.start;
  const { role, rank: depth } = clause.line;
  const comparable = [
    over(damped.characters, match.characters) / totals.characters,
    over(damped.pairs, match.pairs) / totals.pairs,
    massOf(plain, match, totals.mass),
    over(view.weights, match.characters) / view.total,
    conceptShare(concepts.concepts, own, totals.concepts),
    explained.plain,
    special / totals.characters,
    explained.words,
    explainedAbove.plain,
    explainedAbove.words,
    explainedAround.plain,
    massOf(rare, match, totals.rareMass),
    massOf(rare, withAbove, totals.rareMass),
    explained.rare,
    explainedAbove.rare,
    explainedAround.rare,
    explainedAround.words,
    match.run,
    near.share,
    nearAbove.share,
  ];
  const is = (...roles: readonly string[]) => (roles.includes(role) ? 1 : 0);
  return {
    found,
    clause,
    comparable,
    features: [
      ...whole.features,
      1 / (1 + rank),
      ...comparable,
      over(scale.near, match.characters) / totals.near,
      explained.damped,
      explained.heaviest,
      explainedAbove.heaviest,
      explainedAround.heaviest,
      explainedAround.open,
      explained.last,
      explainedAround.last,
      near.heaviest,
      nearAbove.heaviest,
      massOf(plain, withAbove, totals.mass),
      lead >= 0 ? massOf(plain, matches[lead + 1] as Match, totals.mass) : 0,
      before ? massOf(plain, before, totals.mass) : 0,
      after ? massOf(plain, after, totals.mass) : 0,
      expected.met,
      expected.counted,
      expected.noun,
      expected.met * explainedAbove.damped,
      ...expected.offered,
      Math.log(units),
      Math.log(1 + match.fresh),
      units < SHORT ? 1 : 0,
      leads(clause.line) && clause.span.end === clause.line.span.end ? 1 : 0,
      passage.clauses.at(-1) === clause ? 1 : 0,
      clause.span.paragraph / Math.max(1, document.document.paragraphs.length - 1),
      FIGURE.test(expected.text) ? 1 : 0,
      figuresMissed(scale, match),
      figuresMissed(scale, around),
      is('heading', 'chapter', 'title'),
      is('question'),
      is('article'),
      is('item'),
      is('row'),
      is('answer'),
      clause.lead ? 1 : 0,
      at === 0 ? 1 : 0,
      passage.clauses[at - 1]?.line.role === 'question' ? 1 : 0,
      depth / 9,
      scale.english ? 1 : 0,
      Math.log(1 + totals.plain),
      scale.size,
    ],
  };
}

const FIGURE = /[0-9]|[一二三四五六七八九十百]{1,5}[年月日天元倍%个万]/;

/** Share of the question's numbers that are not met; 0 where it has none. */
function figuresMissed({ figures }: Scale, { characters }: Places): number {
  const missed = figures.filter((at) => characters[at] === 0);
  return figures.length === 0 ? 0 : missed.length / figures.length;
}

/** Of fewer units a line is seldom an answer. */
const SHORT = 15;

/** All features side by side in one array, as one for each takes longer to make. */
function compared(rows: readonly Row[]): readonly Candidate[] {
  const count = COMPARED.length;
  const tops = new Float64Array(count);
  for (const { comparable } of rows)
    for (let at = 0; at < count; at++) tops[at] = Math.max(tops[at] as number, comparable[at] as number);
  const known = rows[0]?.features.length ?? 0;
  const width = known + count;
  const matrix = new Float32Array(rows.length * width);
  return rows.map(({ found: { passage, document }, clause, features, comparable }, row) => {
    const own = matrix.subarray(row * width, (row + 1) * width);
    for (let at = 0; at < known; at++) own[at] = features[at] as number;
    for (let at = 0; at < count; at++) own[known + at] = (comparable[at] as number) / (tops[at] || 1);
    return { passage, document, clause, comparable, features: own };
  });
}

/** Explained to less than this a word is left open. */
const OPEN = 0.5;

/** What is explained of the question: by what its characters weigh, by its words; and which of these are not. */
function explanationOf(concepts: ConceptMatcher, scale: Scale, places: Places, met: Float32Array) {
  const { damped, plain, rare, words, totals, scratch } = scale;
  explain(concepts, plain, places, met, scratch);
  let meant = 0;
  let heaviest = 0;
  let open = 0;
  let last = 1;
  for (const { start, end, idf } of words) {
    let share = 1;
    for (let at = start; at < end; at++) share = Math.min(share, scratch[at] as number);
    meant += share * idf;
    heaviest = Math.max(heaviest, (1 - share) * idf);
    if (share < OPEN) open++;
    last = share;
  }
  return {
    damped: over(damped.characters, scratch) / totals.characters,
    plain: over(plain.characters, scratch) / totals.plain,
    rare: over(rare.characters, scratch) / totals.rare,
    words: words.length === 0 ? 1 : meant / totals.words,
    /** Over the average. */
    heaviest: (heaviest * words.length) / totals.words,
    /** Share of the words that are not explained. */
    open: open / (words.length || 1),
    /** How far the last word is: keywords end with what is asked for (「护照 网上预约 网址」). */
    last,
  };
}

/** Worked out once: the line that leads a list is asked for with each of its items. */
function nearestTo({ nearness }: Scale, found: FoundPassage, { nearest }: Whole, stretch: number): Float32Array {
  const { start, end } = found.matches[stretch] as Match;
  nearest[stretch] ??= nearness.of(found, start, end);
  return nearest[stretch];
}

/** The same of nearness in meaning. */
function nearShare({ words }: Nearness, nearest: Float32Array) {
  let sum = 0;
  let met = 0;
  let heaviest = 0;
  for (const [at, { idf }] of words.entries()) {
    sum += idf;
    met += idf * (nearest[at] as number);
    heaviest = Math.max(heaviest, idf * (1 - (nearest[at] as number)));
  }
  return sum === 0 ? { share: 0, heaviest: 0 } : { share: met / sum, heaviest: (heaviest * words.length) / sum };
}

function leadOf(clauses: readonly Clause[], { lead }: Clause): number {
  if (!lead) return -1;
  return clauses.findIndex(({ span }) => span.paragraph === lead.paragraph && span.end === lead.end);
}
