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
  /** Fuse.js's likeness of the question and the most similar phrasing; 0 where it was not asked, since the target can't be the best. */
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

/**
 * Evidence is gathered in rows, a number for each signal in its place, in the order in which they are learned: objects of
 * it took as long to make as all that is summed in them.
 */
export const PLACE: Readonly<Record<Signal, number>> = {
  familiarity: 0,
  cover: 1,
  likeness: 2,
  support: 3,
  nearMiss: 4,
  passage: 5,
  fuzzy: 6,
  type: 7,
  strangeType: 8,
  strangeConcepts: 9,
  wording: 10,
  nearWording: 11,
  affinity: 12,
  suspicion: 13,
  section: 14,
  whole: 15,
  inside: 16,
};

export const SIGNALS = Object.keys(PLACE) as readonly Signal[];

/** Numbers in a row. */
export const WIDTH = SIGNALS.length;

export function evidenceOf(row: Float64Array): Evidence {
  return Object.fromEntries(SIGNALS.map((signal) => [signal, row[PLACE[signal]]])) as unknown as Evidence;
}

export type Weighing = Readonly<Record<Signal, number>>;

export function weigh(evidence: Evidence, weights: Weighing): number {
  let sum = 0;
  for (const signal of SIGNALS) sum += weights[signal] * evidence[signal];
  return sum;
}

/** The same of the row that begins at `from`. */
export function weighRow(rows: Float64Array, from: number, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < WIDTH; at++) sum += (weights[at] as number) * (rows[from + at] as number);
  return sum;
}
