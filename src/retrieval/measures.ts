import type { ConceptMatcher, WeighedConcept } from './concepts.ts';
import type { Match, Weights } from './matcher.ts';

/** The places of the question that something meets: 1 where it does. */
export type Places = Pick<Match, 'characters' | 'pairs'>;

// What a pair counts beside a character in a sum of idf.
const PAIR = 0.75;

/** Share of the weights, characters and pairs together, that is met: 0 to 1. */
export function massOf({ characters, pairs }: Weights, places: Places, total: number): number {
  return (over(characters, places.characters) + PAIR * over(pairs, places.pairs)) / total;
}

export function totalMass({ characters, pairs }: Weights): number {
  return sum(characters) + PAIR * sum(pairs) || 1;
}

export function over(weights: Float32Array, places: Uint8Array | Float32Array): number {
  let total = 0;
  for (let at = 0; at < weights.length; at++) total += (weights[at] as number) * (places[at] as number);
  return total;
}

export function sum(values: Float32Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at] as number;
  return total;
}

/** What any of them meets. */
export function united(all: readonly Places[]): Places {
  const [first, ...others] = all as [Places, ...Places[]];
  const characters = first.characters.slice();
  const pairs = first.pairs.slice();
  for (const other of others) {
    for (let at = 0; at < characters.length; at++) {
      characters[at] = (characters[at] as number) | (other.characters[at] as number);
      pairs[at] = (pairs[at] as number) | (other.pairs[at] as number);
    }
  }
  return { characters, pairs };
}

/** The highest of the values at each place. */
export function highest(all: readonly Float32Array[]): Float32Array {
  const [first, ...others] = all as [Float32Array, ...Float32Array[]];
  const values = first.slice();
  for (const other of others) {
    for (let at = 0; at < values.length; at++)
      if ((other[at] as number) > (values[at] as number)) values[at] = other[at] as number;
  }
  return values;
}

// A character that is met away from its neighbours explains little.
const ALONE = 0.3;

/**
 * By place of the question, from 0 to 1: how far it is met, by its own characters or by what the lexicon says for it.
 * Noted in `explained`, from its beginning.
 */
export function explain(
  { concepts }: ConceptMatcher,
  weights: Weights,
  places: Places,
  met: Float32Array,
  explained: Float32Array,
): void {
  const { length } = places.characters;
  for (let at = 0; at < length; at++) {
    explained[at] = 0;
    if (places.characters[at] === 0) continue;
    const paired = places.pairs[at] === 1 || places.pairs[at + 1] === 1;
    const lone = weights.pairs[at] === 0 && (weights.pairs[at + 1] ?? 0) === 0;
    explained[at] = paired || lone ? 1 : ALONE;
  }
  for (let one = 0; one < concepts.length; one++) {
    const value = met[one] as number;
    if (value === 0) continue;
    const { start, end } = concepts[one] as WeighedConcept;
    for (let at = start; at < end; at++) if (value > (explained[at] as number)) explained[at] = value;
  }
}
