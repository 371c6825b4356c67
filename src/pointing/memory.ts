import { z } from 'zod';
import { type Offer, sentencesOf } from '../answering/offer.ts';
import type { Near } from '../answering/offering.ts';
import type { Pointed } from '../answering/pointed.ts';
import { shortHash } from '../text/hash.ts';

const placeSchema = z.object({
  document: z.string(),
  span: z.object({ paragraph: z.int(), start: z.int(), end: z.int() }),
  hash: z.string(),
});
const schema = z.array(z.array(placeSchema));

/** What was pointed at, by places in documents and not by numbers: as JSON, to be remembered. */
export function rememberedText(offer: Offer, pointed: Pointed): string {
  const sentences = sentencesOf(offer);
  const places = pointed.map((group) =>
    group.flatMap((at) => {
      const sentence = sentences[at];
      return sentence ? [{ document: sentence.document.id, span: sentence.span, hash: shortHash(sentence.text) }] : [];
    }),
  );
  return JSON.stringify(places);
}

/** What was pointed at and is remembered. */
export interface RememberedPlaces {
  /** To be offered again. */
  readonly near: readonly Near[];
  /** The same sentences in an offer; undefined when one of them is not there, or reads otherwise now. */
  pointedIn(offer: Offer): Pointed | undefined;
}

/** Undefined for what is not a remembered text. */
export function readRemembered(text: string): RememberedPlaces | undefined {
  const parsed = schema.safeParse(json(text));
  if (!parsed.success) return undefined;
  return {
    near: parsed.data.flat(),
    pointedIn(offer) {
      const sentences = sentencesOf(offer);
      const pointed = parsed.data.map((group) =>
        group.map(({ document, span, hash }) =>
          sentences.findIndex(
            (one) =>
              one.document.id === document &&
              one.span.paragraph === span.paragraph &&
              one.span.start === span.start &&
              one.span.end === span.end &&
              shortHash(one.text) === hash,
          ),
        ),
      );
      return pointed.flat().includes(-1) ? undefined : pointed;
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
