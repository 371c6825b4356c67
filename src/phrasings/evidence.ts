/** How well a target fits a question, signal by signal. Shares are of idf mass; all run from 0 to about 1. */
export interface Evidence {
  /** BM25 of the target's phrasings and own words taken as one text, over the question's mass. */
  readonly familiarity: number;
  /** Share of the question that occurs anywhere in the target's phrasings and own words. */
  readonly cover: number;
  /** Idf-weighted Dice coefficient of the question and the most similar phrasing. */
  readonly likeness: number;
  /** The same of the two next similar, on average. */
  readonly support: number;
  /** Dice coefficient of the question and the most similar near miss of this target. */
  readonly nearMiss: number;
  /** BM25 of the target's own words, over the question's mass. */
  readonly passage: number;
  /** Fuse.js's likeness of the question and the most similar phrasing; 0 where it was not asked. */
  readonly fuzzy: number;
  /** How usual it is that the target is asked for with the question's kinds of question word. */
  readonly type: number;
  /** How many kinds of question word the question has with which the target is never asked for. */
  readonly strangeType: number;
  /** Share of the question's concepts that are no concept of the target. */
  readonly strangeConcepts: number;
  /** Dice coefficient of whole wordings, question words included: with the most similar phrasing … */
  readonly wording: number;
  /** … and with the most similar near miss of this target. */
  readonly nearWording: number;
  /** See NaiveBayes. */
  readonly affinity: number;
  readonly suspicion: number;
  /** 1 for a section. */
  readonly section: number;
  /** 1 for a section when the question asks for a whole answer. */
  readonly whole: number;
  /** Of a section, when the question asks for a whole answer: the highest familiarity of its points. */
  readonly inside: number;
}

export type Signal = keyof Evidence;

export const SIGNALS: readonly Signal[] = [
  'familiarity',
  'cover',
  'likeness',
  'support',
  'nearMiss',
  'passage',
  'fuzzy',
  'type',
  'strangeType',
  'strangeConcepts',
  'wording',
  'nearWording',
  'affinity',
  'suspicion',
  'section',
  'whole',
  'inside',
];

export type Weighing = Readonly<Record<Signal, number>>;

export function weigh(evidence: Evidence, weights: Weighing): number {
  let sum = 0;
  for (const signal of SIGNALS) sum += weights[signal] * evidence[signal];
  return sum;
}
