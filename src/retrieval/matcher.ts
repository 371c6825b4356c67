import type { Question } from './question.ts';
import { bigram } from './terms.ts';
import { DIGIT, HAN, INVISIBLE, kindOf, LETTER, OTHER } from './units.ts';

/** How a sentence of a passage meets the question. Shares are of what the question asks about, between 0 and 1. */
export interface SentenceMatch {
  readonly start: number;
  readonly end: number;
  /** Share of the question's characters, by damped idf. */
  characters: number;
  /** Share of its bigrams, by damped idf. */
  bigrams: number;
  /** Share of the idf of both, undamped. */
  mass: number;
  /** Characters, those weighing more that stand near the question word. */
  near: number;
  /** Share of the characters that this sentence or the one before has. */
  withPrevious: number;
  /** Characters by how few of the passage's sentences have them: what the whole passage is about counts little. */
  special: number;
  /** Units of the longest run of the question, question words included, over the question's length. */
  run: number;
  /** Units that the question does not have. */
  fresh: number;
  /** Positions of the question that were met. */
  readonly met: number[];
}

export interface PassageMatch {
  readonly sentences: readonly SentenceMatch[];
  /** As in a sentence, over the whole passage. */
  readonly characters: number;
  readonly bigrams: number;
  readonly mass: number;
  readonly run: number;
}

export interface Matcher {
  /** `units` are folded; `ends` are where its sentences end. */
  match(units: Uint16Array, ends: readonly number[]): PassageMatch;
  /** By position of the question: what its character weighs, 0 outside the core. */
  readonly weights: Float32Array;
}

// Idf to this power: a rare word is better evidence than a common one, but not in proportion.
const DAMPING = 0.3;
// The weight of a position falls to 1/e over this many units from the nearest question word.
const REACH = 5;
// A Latin word or a number counts as a rare character, and more the longer it is.
const RUN_IDF = 5;
const RUN_SHARE = 0.6;
const RUN_UNITS = 4;
// What a pair counts beside a character in the mass; as in the sum of terms.
const PAIR = 0.75;

const head = new Int16Array(0x10000).fill(-1);

export function createMatcher(question: Question, idfOf: (term: number) => number): Matcher {
  const { units, core } = question;
  const length = units.length;
  const weights = new Float32Array(length);
  const bigramWeights = new Float32Array(length);
  const masses = new Float32Array(length);
  const nearWeights = new Float32Array(length);
  // For letters and digits: the length of the whole run, at its last unit; it counts only when met as a whole.
  const whole = new Uint16Array(length);
  const inside = new Uint8Array(length);
  const positionsOf = new Map<number, number[]>();
  let terms = 0;
  for (let at = 0; at < length; at++) {
    const unit = units[at] as number;
    const kind = kindOf(unit);
    if (kind !== HAN && kind !== LETTER && kind !== DIGIT) continue;
    terms++;
    const places = positionsOf.get(unit);
    if (places) places.push(at);
    else positionsOf.set(unit, [at]);
    if (!core[at]) continue;
    const previous = at > 0 && core[at - 1] ? (units[at - 1] as number) : 0;
    if (kind === HAN) {
      const idf = idfOf(unit);
      weights[at] = idf ** DAMPING;
      masses[at] = idf;
      if (kindOf(previous) === HAN) bigramWeights[at] = idfOf(bigram(previous, unit)) ** DAMPING;
    } else {
      if (at > 0 && kindOf(previous) === kind) {
        whole[at] = (whole[at - 1] as number) + 1;
        whole[at - 1] = 0;
        weights[at - 1] = 0;
        masses[at - 1] = 0;
      } else whole[at] = 1;
      inside[at] = 1;
      weights[at] = RUN_IDF ** DAMPING * Math.min(RUN_UNITS, whole[at] as number) * RUN_SHARE;
      masses[at] = RUN_IDF * Math.min(RUN_UNITS, whole[at] as number) * RUN_SHARE;
    }
  }
  for (const { at, unit } of question.alternatives) {
    const places = positionsOf.get(unit);
    if (!places) positionsOf.set(unit, [at]);
    else if (!places.includes(at)) places.push(at);
  }
  for (let at = 0; at < length; at++) {
    let distance = length;
    for (let other = 0; other < length; other++) {
      if (!core[other] && kindOf(units[other] as number) === HAN) distance = Math.min(distance, Math.abs(other - at));
    }
    nearWeights[at] = (weights[at] as number) * Math.exp(-distance / REACH);
  }
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0) || 1;
  const totals = { weights: sum(weights), bigrams: sum(bigramWeights), near: sum(nearWeights) };
  const bigramMass = bigramWeights.map((weight) => weight ** (1 / DAMPING));
  const massTotal = sum(masses) + PAIR * sum(bigramMass);
  // Descending, so that a run grows from what was known before this unit.
  const places: number[][] = [];
  const listed: number[] = [];
  for (const [unit, list] of positionsOf) {
    list.sort((a, b) => b - a);
    places.push(list);
    listed.push(unit);
  }

  const lastAt = new Int32Array(length);
  const runs = new Int32Array(length);
  const seen = new Int32Array(length);
  const seenBigram = new Int32Array(length);
  const frequency = new Int32Array(length);

  return {
    weights,
    match(text, ends) {
      for (let index = 0; index < listed.length; index++) head[listed[index] as number] = index;
      lastAt.fill(-2);
      seen.fill(-2);
      seenBigram.fill(-2);
      frequency.fill(0);
      const sentences: SentenceMatch[] = [];
      const overall = { characters: 0, bigrams: 0, mass: 0, run: 0 };
      let number = 0;
      let current = open(0);
      for (let at = 0; at < text.length; at++) {
        const unit = text[at] as number;
        const index = head[unit] as number;
        if (index >= 0) {
          for (const place of places[index] as number[]) {
            let run = 1;
            if (place > 0 && lastAt[place - 1] === at - 1) run = (runs[place - 1] as number) + 1;
            lastAt[place] = at;
            runs[place] = run;
            if (run > current.run) current.run = run;
            if (!core[place]) continue;
            if (inside[place] && (whole[place] === 0 || run < (whole[place] as number))) continue;
            const before = seen[place] as number;
            if (before !== number) {
              const weight = weights[place] as number;
              current.characters += weight;
              current.near += nearWeights[place] as number;
              current.mass += masses[place] as number;
              if (before === number - 1) current.withPrevious -= weight;
              if (before === -2) {
                overall.characters += weight;
                overall.mass += masses[place] as number;
              }
              seen[place] = number;
              frequency[place] = (frequency[place] as number) + 1;
              current.met.push(place);
            }
            if (run > 1 && bigramWeights[place] !== 0 && seenBigram[place] !== number) {
              current.bigrams += bigramWeights[place] as number;
              current.mass += PAIR * (bigramMass[place] as number);
              if (seenBigram[place] === -2) {
                overall.bigrams += bigramWeights[place] as number;
                overall.mass += PAIR * (bigramMass[place] as number);
              }
              seenBigram[place] = number;
            }
          }
        } else {
          const kind = kindOf(unit);
          if (kind !== OTHER && kind !== INVISIBLE) current.fresh++;
        }
        if (at + 1 === ends[number]) {
          close(current, at + 1);
          current = open(at + 1);
        }
      }
      for (const unit of listed) head[unit] = -1;

      const raw = sentences.map(({ characters }) => characters);
      sentences.forEach((sentence, index) => {
        let special = 0;
        for (const place of sentence.met) {
          special += (weights[place] as number) / (frequency[place] as number);
        }
        sentence.special = special / totals.weights;
        sentence.withPrevious =
          (sentence.withPrevious + (raw[index] as number) + (raw[index - 1] ?? 0)) / totals.weights;
        sentence.characters /= totals.weights;
        sentence.bigrams /= totals.bigrams;
        sentence.near /= totals.near;
        sentence.mass /= massTotal;
        if (sentence.run > overall.run) overall.run = sentence.run;
        sentence.run /= terms || 1;
      });
      return {
        sentences,
        characters: overall.characters / totals.weights,
        bigrams: overall.bigrams / totals.bigrams,
        mass: overall.mass / massTotal,
        run: overall.run / (terms || 1),
      };

      function open(start: number): SentenceMatch {
        return {
          start,
          end: start,
          characters: 0,
          bigrams: 0,
          mass: 0,
          near: 0,
          withPrevious: 0,
          special: 0,
          run: 0,
          fresh: 0,
          met: [],
        };
      }

      function close(sentence: SentenceMatch, to: number): void {
        (sentence as { end: number }).end = to;
        sentences.push(sentence);
        number++;
      }
    },
  };
}
