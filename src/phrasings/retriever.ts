import type { Library } from '../knowledge/document.ts';
import { type Evidence, type Signal, weigh } from './evidence.ts';
import { createOverview, type Glance, type MissingField, type MissingTerms } from './overview.ts';
import { createPhrasebook, type Likeness } from './phrasebook.ts';
import { createQuestionReader } from './question.ts';
import { type LibraryReading, readLibrary } from './reading.ts';
import { entriesOf, type Target } from './targets.ts';
import { RANKING } from './weights.ts';

export interface Candidate {
  readonly target: Target;
  /** Comparable within one question only. */
  readonly score: number;
  readonly evidence: Evidence;
  /** What of the question the target has nowhere, by field. */
  missing(): Readonly<Record<MissingField, MissingTerms>>;
}

export interface Retrieved {
  /** Best first; only targets that share something with the question. */
  readonly candidates: readonly Candidate[];
  /** Idf mass of the question: how much it says. */
  readonly mass: number;
  /** Share of the question's distinct bigrams and words that stand nowhere in the knowledge. */
  readonly unknown: number;
  /** Share of the question's characters that were taken for mistyped ones. */
  readonly changed: number;
  /** How much the question is about what the texts are about: share of the targets with its most common concept or word. */
  readonly topic: number;
  /** Dice coefficient of the question and the most similar near miss of any target. */
  readonly nearMiss: number;
  /** The same by whole wordings, question words included. */
  readonly nearWording: number;
}

export interface Retriever {
  /** Ranks what the question may be answered with; `within` is the id of a document. */
  retrieve(question: string, within?: string): Retrieved;
}

export function createRetriever(library: Library, reading: LibraryReading = readLibrary(library)): Retriever {
  const entries = entriesOf(library);
  const read = createQuestionReader(library, reading);
  const survey = createOverview(entries, reading);
  const phrasebook = createPhrasebook(reading);

  return {
    retrieve(question, within) {
      const asked = read(question);
      const { touched, mass, topic, glance, missing } = survey(asked);
      const isWithin = (target: number) => within === undefined || entries[target]?.target.document === within;
      const likenesses = phrasebook.compare(asked, within === undefined ? touched : touched.filter(isWithin));
      const candidates: Candidate[] = [];
      for (const [number, likeness] of likenesses) {
        if (!isWithin(number)) continue;
        const { target } = entries[number] as (typeof entries)[number];
        const evidence = evidenceOf(glance(number), likeness);
        candidates.push({ target, score: weigh(evidence, RANKING), evidence, missing: () => missing(number) });
      }
      candidates.sort((a, b) => b.score - a.score);
      const most = (signal: Signal) =>
        candidates.reduce((highest, { evidence }) => Math.max(highest, evidence[signal]), 0);
      return {
        candidates,
        mass,
        unknown: asked.unknown,
        changed: asked.changed,
        topic,
        nearMiss: most('nearMiss'),
        nearWording: most('nearWording'),
      };
    },
  };
}

function evidenceOf(glance: Glance, { second, third, ...likeness }: Likeness): Evidence {
  return { ...glance, ...likeness, support: (second + third) / 2 };
}
