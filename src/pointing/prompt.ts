import type { Offer, OfferedPart, OfferedPassage } from '../answering/offer.ts';
import { masked } from './mask.ts';
import { PROMPT } from './wording.ts';

/** What is said to a model: the rules, and the question with what may be pointed at. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** UTF-16 units: of a longer message its end is shown, where the question stands; of the one before, its beginning. */
const LONGEST_QUESTION = 500;
const LONGEST_BEFORE = 200;

export function promptOf(offer: Offer): Prompt {
  const { question, before, passages } = offer;
  let number = 0;
  const blocks = passages.map((passage) => {
    const block = blockOf(passage, number);
    number += passage.parts.reduce((sum, { sentences }) => sum + sentences.length, 0);
    return block;
  });
  const asked = oneLine(masked(question)).slice(-LONGEST_QUESTION);
  const user = [
    ...(before === undefined ? [] : [PROMPT.before(oneLine(masked(before)).slice(0, LONGEST_BEFORE))]),
    PROMPT.question(asked),
    '',
    ...blocks,
    PROMPT.end,
  ].join('\n');
  return { system: PROMPT.system, user };
}

function blockOf({ document, parts }: OfferedPassage, offset: number): string {
  const lines: string[] = [];
  let number = offset;
  let place: string | undefined;
  for (const part of parts) {
    const here = placeOf(part);
    if (here !== place) lines.push(PROMPT.place(document.title, here));
    place = here;
    for (const lead of part.above) lines.push(PROMPT.above(oneLine(lead)));
    for (const { text } of part.sentences) lines.push(`${++number} ${oneLine(text)}`);
  }
  return `${lines.join('\n')}\n`;
}

function placeOf({ path }: OfferedPart): string {
  return path.map(oneLine).join(' · ');
}

/** A line of its own is what tells a sentence from the next: none may look like several. */
function oneLine(text: string): string {
  return text.replaceAll('\t', ' | ').replace(/\s+/gu, ' ').trim();
}
