import type { Squad } from '../src/evaluation/squad.ts';
import { mistype, type Typo } from '../src/evaluation/typos.ts';
import { type Figures, figuresOf } from './figures.ts';
import { measure } from './measure.ts';

export interface RetrievalOptions {
  readonly file: string;
  readonly typo: Typo | undefined;
  readonly limit: number;
  /** For asking, a system. */
  readonly seconds: number;
  /** Confidence from which the engine answers. */
  readonly threshold: number;
}

/** Measures the systems one after the other and hands over the figures of each as they come. */
export async function* compare(
  names: readonly string[],
  squad: Squad,
  options: RetrievalOptions,
): AsyncGenerator<Figures> {
  const { file, typo, limit, seconds, threshold } = options;
  const questions = squad.questions
    .slice(0, limit)
    .map((one) => (typo ? { ...one, question: mistype(one.question, typo) } : one));
  for (const system of names) {
    const measured = await measure({ system, source: { kind: 'squad', file, typo, limit }, seconds }, 10 * seconds);
    yield figuresOf(system, measured, questions, threshold);
  }
}
