import { z } from 'zod';
import { leadsOneOf, type Offer, type OfferedSentence, sentencesOf } from '../answering/offer.ts';
import type { Pointed } from '../answering/pointed.ts';

/** Things asked in one message, and sentences pointed at for each: more is no reading, but a copy. */
const MOST_ASKED = 3;
const MOST_SENTENCES = 12;

const schema = z.strictObject({
  answers: z.array(z.union([z.int(), z.array(z.int()).max(MOST_SENTENCES)])).max(Math.max(MOST_ASKED, MOST_SENTENCES)),
});

/**
 * What is believed of a reply: one list of sentences for each thing asked, empty where the texts don't say; none at all
 * when they say nothing of it. Undefined for whatever is not exactly that: other bytes, numbers out of range or given
 * twice, sentences that don't stand together.
 */
export function believed(reply: string, offer: Offer): Pointed | undefined {
  const parsed = schema.safeParse(jsonIn(reply));
  if (!parsed.success) return undefined;
  const groups = groupsOf(parsed.data.answers);
  if (!groups || groups.length > MOST_ASKED) return undefined;
  const all = sentencesOf(offer);
  const numbers = groups.flat();
  if (new Set(numbers).size !== numbers.length) return undefined;
  if (!numbers.every((number) => number >= 1 && number <= all.length)) return undefined;
  const passages = offer.passages.flatMap((passage, at) => sentencesOf({ passages: [passage] }).map(() => at));
  const pointed = groups.map((group) => group.map((number) => number - 1).toSorted((a, b) => a - b));
  return pointed.every((group) => standTogether(group, all, passages)) ? pointed : undefined;
}

/** `[3, 4]` is what `[[3, 4]]` is: a list alone asks one thing. Lists and numbers mixed are neither. */
function groupsOf(answers: readonly (number | readonly number[])[]): readonly (readonly number[])[] | undefined {
  const lists = answers.filter((one) => typeof one !== 'number');
  const numbers = answers.filter((one) => typeof one === 'number');
  if (numbers.length === 0) return lists;
  return lists.length === 0 ? [numbers] : undefined;
}

/** Neighbours within a passage; the lead of a list may stand apart from its items. */
function standTogether(
  group: readonly number[],
  all: readonly OfferedSentence[],
  passages: readonly number[],
): boolean {
  const chosen = group.map((at) => all[at] as OfferedSentence);
  if (new Set(group.map((at) => passages[at])).size > 1) return false;
  const rest = group.filter((_, place) => !leadsOneOf(chosen[place] as OfferedSentence, chosen));
  return rest.every((at, place) => place === 0 || at === (rest[place - 1] as number) + 1);
}

/** What some models put around their reply: what they thought before it, and the fence of a block of code. */
const THOUGHT = /^\s*<think>[\s\S]*?<\/think>/;
const FENCE = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/;
/** In UTF-16 units: a reply is a few numbers, whatever was thought before it. */
const LONGEST = 1_000;

function jsonIn(reply: string): unknown {
  const said = reply.replace(THOUGHT, '').trim();
  if (said.length > LONGEST) return undefined;
  try {
    return JSON.parse(FENCE.exec(said)?.[1] ?? said);
  } catch {
    return undefined;
  }
}
