import { z } from 'zod';
import { type Offer, sentencesOf } from '../answering/offer.ts';
import type { Prompt } from '../pointing/prompt.ts';
import { shortHash } from '../text/hash.ts';

/**
 * What a model replied to a prompt, with short hashes in the place of texts, so that it can be kept and shown where the
 * texts may not. JSON Lines.
 */
export interface Recorded {
  /** Of the question, with the one before it. */
  readonly question: string;
  /** Of the rules that it was told. */
  readonly rules: string;
  /** Of the sentences in the order of their numbers, parted by spaces. */
  readonly offered: string;
  readonly reply: string;
  readonly model: string;
}

const schema = z.object({
  question: z.string().min(1),
  rules: z.string().min(1),
  offered: z.string(),
  reply: z.string(),
  model: z.string(),
});

/** Characters of a sentence's hash that are kept: 36 bits tell those of one offer apart. */
const KEPT = 7;

export function recordOf(offer: Offer, prompt: Prompt): Omit<Recorded, 'reply' | 'model'> {
  return {
    question: shortHash(`${offer.before ?? ''}\n${offer.question}`),
    rules: shortHash(prompt.system),
    offered: sentencesOf(offer)
      .map(({ text }) => shortHash(text).slice(0, KEPT))
      .join(' '),
  };
}

/** Reads JSON Lines; throws an Error that names the line. */
export function parseRecording(text: string): readonly Recorded[] {
  return text.split('\n').flatMap((row, at): Recorded[] => {
    if (row.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(row))];
    } catch (cause) {
      throw new Error(`line ${at + 1}: not a recorded reply`, { cause });
    }
  });
}
