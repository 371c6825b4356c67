import { TYPOS, type Typo } from '../evaluation/typos.ts';
import { UsageError, type Values } from './command.ts';

export const TYPOS_OPTION = { typos: { type: 'string' } } as const;

/** The kind of mistake that questions are to be given; undefined when none is asked for. Throws a UsageError. */
export function typoOf({ typos }: Values): Typo | undefined {
  if (typos === undefined) return undefined;
  const found = TYPOS.find((one) => one === typos);
  if (!found) throw new UsageError(`--typos ${TYPOS.join('|')}`);
  return found;
}
