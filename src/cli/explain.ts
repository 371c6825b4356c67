import { sentencesOf } from '../answering/offer.ts';
import { EXPLAIN } from '../messages/wording.ts';
import type { Considered } from '../pointing/point.ts';
import { promptOf } from '../pointing/prompt.ts';

/** Why somebody would be asked about a question, what is offered, and what was pointed at, for a person at a terminal. */
export function explainPointing({ why, offer, reply, pointed }: Considered, hasReader: boolean): string {
  const lines = [EXPLAIN.why[why ?? 'sure']];
  if (offer) {
    const places = new Set((pointed ?? []).flat().map((place) => place + 1));
    const sentences = sentencesOf(offer);
    lines.push('', EXPLAIN.offered(offer.passages.length, sentences.length));
    // The prompt as it is sent, without its last line; what was pointed at is marked.
    for (const line of promptOf(offer).user.split('\n').slice(0, -1)) {
      const number = Number(/^(\d+) /.exec(line)?.[1] ?? 0);
      lines.push(`${places.has(number) ? '▶' : ' '} ${line}`.trimEnd());
    }
    if (!hasReader) lines.push(EXPLAIN.nobody);
    else if (reply === undefined) lines.push(EXPLAIN.silent);
    else lines.push(EXPLAIN.replied(reply.replace(/\s+/gu, ' ').slice(0, LONGEST), pointed !== undefined));
  }
  return `${lines.join('\n')}\n`;
}

/** In UTF-16 units: of a reply that is no numbers its beginning. */
const LONGEST = 200;
