import type { Term } from '../index/terms.ts';
import { HAN, kindOf } from '../index/units.ts';
import said from './said.json' with { type: 'json' };

/** A term in fewer questions than this is as rare as one in none. */
const FEW = 3;

/** How seldom questions have the term, whatever they ask: 0 (all of them) to 1 (none). */
export function rarity(term: Term): number {
  const { questions, counts }: Said = said;
  const count = counts[textOf(term)] ?? 0;
  return Math.log((questions + FEW) / (count + FEW)) / Math.log((questions + FEW) / FEW);
}

function textOf(term: Term): string {
  if (term <= 0xffff) return String.fromCharCode(term);
  const [first, second] = [term >>> 16, term & 0xffff];
  return kindOf(first) === HAN ? String.fromCharCode(first, second) : '';
}

/** How many of some questions have a character, or two neighbouring ones. */
export interface Said {
  readonly questions: number;
  readonly counts: Readonly<Record<string, number>>;
}
