import { bigram, type Term } from '../index/terms.ts';
import { HAN, kindOf } from '../index/units.ts';
import said from './said.json' with { type: 'json' };

/** A term in fewer questions than this is as rare as one in none. */
const FEW = 3;

let rarities: ReadonlyMap<Term, number> | undefined;

/** How seldom questions have the term, whatever they ask: 0 (all of them) to 1 (none). */
export function rarity(term: Term): number {
  rarities ??= raritiesOf(said);
  return rarities.get(term) ?? 1;
}

/** Of characters and of pairs of Han characters: whole words in other letters are not told apart. */
function raritiesOf({ questions, counts }: Said): ReadonlyMap<Term, number> {
  const found = new Map<Term, number>();
  for (const [text, count] of Object.entries(counts)) {
    const [first, second] = [text.charCodeAt(0), text.charCodeAt(1)];
    const value = Math.log((questions + FEW) / (count + FEW)) / Math.log((questions + FEW) / FEW);
    if (text.length === 1) found.set(first, value);
    else if (text.length === 2 && kindOf(first) === HAN) found.set(bigram(first, second), value);
  }
  return found;
}

/** How many of some questions have a character, or two neighbouring ones. */
export interface Said {
  readonly questions: number;
  readonly counts: Readonly<Record<string, number>>;
}
