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
  reply: z.string().nullable(),
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

/** Reads JSON Lines, without those that nobody replied to; throws an Error that names the line. */
export function parseRecording(text: string): readonly Recorded[] {
  return text.split('\n').flatMap((row, at): Recorded[] => {
    if (row.trim() === '') return [];
    try {
      const { reply, ...rest } = schema.parse(JSON.parse(row));
      return reply === null ? [] : [{ ...rest, reply }];
    } catch (cause) {
      throw new Error(`line ${at + 1}: not a recorded reply`, { cause });
    }
  });
}

/** Finds what was replied to a prompt; undefined when nothing that was recorded tells. */
export type Replay = (offer: Offer, prompt: Prompt) => string | undefined;

const numbersSchema = z.object({ answers: z.array(z.array(z.int())) });

/**
 * Replies by what was recorded. Passages may have been ranked otherwise since: a reply that points holds as long as what
 * it points at is offered, under whatever numbers; that nothing answers holds as long as nothing is offered that was not
 * read then.
 */
export function createReplay(recorded: readonly Recorded[]): Replay {
  const byQuestion = Map.groupBy(recorded, ({ question, rules }) => `${rules} ${question}`);
  return (offer, prompt) => {
    const { question, rules, offered } = recordOf(offer, prompt);
    const known = byQuestion.get(`${rules} ${question}`) ?? [];
    const same = known.find((one) => one.offered === offered);
    if (same) return same.reply;
    for (const one of known) {
      const reply = renumbered(one, offered);
      if (reply !== undefined) return reply;
    }
    return undefined;
  };
}

function renumbered({ offered, reply }: Recorded, now: string): string | undefined {
  const parsed = numbersSchema.safeParse(json(reply));
  if (!parsed.success) return undefined;
  const [then, places] = [offered.split(' '), now.split(' ')];
  const groups = parsed.data.answers.map((group) => group.map((number) => places.indexOf(then[number - 1] ?? '') + 1));
  if (groups.flat().includes(0)) return undefined;
  const read = new Set(then);
  const isComplete = groups.length > 0 && groups.every((group) => group.length > 0);
  return isComplete || places.every((one) => read.has(one)) ? JSON.stringify({ answers: groups }) : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
