import { type Document, isWithin, overlap, type Span } from '../knowledge/document.ts';
import type { Retriever } from '../phrasings/retriever.ts';
import type { PhrasedTarget } from '../phrasings/targets.ts';
import type { Passage, Reading } from '../reading/reading.ts';
import type { TextSearch } from '../retrieval/search.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import { type Offer, type OfferedPart, type OfferedPassage, offerPart, sentencesOf } from './offer.ts';
import { completed, leansOn, partsOf, piecesOf } from './parts.ts';

/** Passages offered at most, and UTF-16 units of all that is offered, with what stands around it. */
const PASSAGES = 8;
const UNITS = 4_000;
/** A passage shorter than so many units is shown with its neighbours, as far as they fit. */
const WINDOW = 450;
/** Passages looked at in each ranking. */
const DEPTH = 12;
/** Of a story around a question, so many of its last pieces are looked for by themselves; they count half. */
const PIECES = 2;
const PIECE_WEIGHT = 0.5;
/** A message with so many units may be a story. */
const STORY = 28;
/** Reciprocal rank fusion: the first of a ranking counts 1 / FUSION, the next 1 / (FUSION + 1), … */
const FUSION = 3;
/** Units that a number and the end of its line take. */
const NUMBERED = 5;

/** A passage of a document's whole reading. */
interface Place {
  readonly document: Document;
  readonly passage: Passage;
}

export interface OfferingParts {
  readonly readings: readonly Reading[];
  readonly retriever: Retriever;
  readonly texts: Pick<TextSearch, 'rank'>;
}

/** A place that is likely for another reason than its words: by vectors, or because it was pointed at before. */
export interface Near {
  /** The id of a document. */
  readonly document: string;
  readonly span: Span;
}

/** Chooses what a reader is shown. */
export interface Offering {
  /** `without` is what would be answered without a reader: its clauses are among what is offered. */
  offer(question: string, asked: Asked, without: Answer, near?: readonly Near[]): Offer;
}

export function createOffering({ readings, retriever, texts }: OfferingParts): Offering {
  const readingOf = new Map(readings.map((reading) => [reading.document.id, reading]));
  return {
    offer(question, { within, before }, without, near = []) {
      const leaning = before !== undefined && leansOn(question) ? before : undefined;
      const scores = new Map<Passage, { place: Place; score: number }>();
      const add = (places: readonly Place[], weight: number) => {
        for (const [rank, place] of places.entries()) {
          const known = scores.get(place.passage);
          const score = (known?.score ?? 0) + weight / (FUSION + rank);
          scores.set(place.passage, { place, score });
        }
      };
      for (const { query, weight } of queriesOf(question, leaning)) {
        add(byPhrasings(query, within), weight);
        add(byTexts(query, within), weight);
      }
      // What means the same counts as much as what says the same, in phrasings or in the text.
      add(distinct(near.flatMap(({ document, span }) => placesAt(document, span))), 1);
      const first = placesIn(without);
      const rest = [...scores.values()].toSorted((a, b) => b.score - a.score).map(({ place }) => place);
      return { question, before: leaning, passages: chosen([...first, ...rest], neighboursOf) };
    },
  };

  function byPhrasings(query: string, within: string | undefined): readonly Place[] {
    const { candidates } = retriever.retrieve(query, within);
    return distinct(candidates.slice(0, DEPTH).flatMap(({ target }) => placesOf(target))).slice(0, DEPTH);
  }

  function byTexts(query: string, within: string | undefined): readonly Place[] {
    const { passages } = texts.rank(query, DEPTH, within === undefined ? undefined : { within });
    return distinct(
      passages.flatMap(({ passage: { clauses }, document: { document } }) =>
        clauses.slice(0, 1).flatMap(({ span }) => placesAt(document.id, span)),
      ),
    );
  }

  function placesOf(target: PhrasedTarget): readonly Place[] {
    const quotes = target.kind === 'point' ? [target.point.quote] : target.section.points.map(({ quote }) => quote);
    return quotes.flatMap((quote) => placesAt(target.document.id, quote));
  }

  function neighboursOf({ document }: Place): readonly Place[] {
    return (readingOf.get(document.id)?.whole ?? []).map((passage) => ({ document, passage }));
  }

  function placesAt(id: string, span: Span): readonly Place[] {
    const reading = readingOf.get(id);
    if (!reading) return [];
    return reading.whole
      .filter(({ clauses }) => clauses.some((clause) => overlap(clause.span, span)))
      .map((passage) => ({ document: reading.document, passage }));
  }

  function placesIn(answer: Answer): readonly Place[] {
    const answered = answer.outcome === 'answered' ? [answer, ...(answer.also ?? [])] : [];
    const quotes = [
      ...answered.map(({ quotes: [quote] }) => quote),
      ...(answer.outcome === 'related' ? answer.related.map(({ quotes: [quote] }) => quote) : []),
    ];
    return quotes.flatMap((quote) => placesAt(quote.document.id, quote));
  }
}

function queriesOf(question: string, before: string | undefined): readonly { query: string; weight: number }[] {
  if (before !== undefined)
    return [
      { query: completed(before, question), weight: 1 },
      { query: question, weight: 1 },
    ];
  const parts = partsOf(question);
  if (parts.length > 1) return [...parts, question].map((query) => ({ query, weight: 1 }));
  const pieces = question.length < STORY ? [] : piecesOf(question).slice(-PIECES);
  return [
    { query: question, weight: 1 },
    ...pieces.filter((piece) => piece !== question).map((query) => ({ query, weight: PIECE_WEIGHT })),
  ];
}

/** The first that fit, each sentence once. */
function chosen(places: readonly Place[], neighbours: (place: Place) => readonly Place[]): readonly OfferedPassage[] {
  const passages: OfferedPassage[] = [];
  let room = UNITS;
  const offered = (document: Document, span: Span) =>
    passages.some(
      (other) =>
        other.document === document &&
        sentencesOf({ passages: [other] }).some((sentence) => isWithin(span, sentence.span)),
    );
  for (const place of distinct(places)) {
    if (passages.length === PASSAGES) break;
    const { document } = place;
    const part = offerPart(document, place.passage, (span) => offered(document, span));
    if (!part || unitsOf(document, [part]) > room) continue;
    const parts = widened(part, document, neighbours(place), room, (span) => offered(document, span));
    room -= unitsOf(document, parts);
    passages.push({ document, parts });
  }
  return passages;
}

/** A short passage with those that follow and stand before it, in the order of the text. */
function widened(
  part: OfferedPart,
  document: Document,
  neighbours: readonly Place[],
  room: number,
  taken: (span: Span) => boolean,
): readonly OfferedPart[] {
  let parts: readonly OfferedPart[] = [part];
  const at = neighbours.findIndex(({ passage }) => passage === part.sentences[0]?.passage);
  const add = (place: Place | undefined, after: boolean): boolean => {
    const own = (span: Span) =>
      taken(span) || parts.some(({ sentences }) => sentences.some((sentence) => isWithin(span, sentence.span)));
    const next = place && offerPart(document, place.passage, own);
    if (!next) return false;
    const wider = after ? [...parts, next] : [next, ...parts];
    if (wider.reduce((sum, { sentences }) => sum + lengthOf(sentences), 0) > WINDOW) return false;
    if (unitsOf(document, wider) > room) return false;
    parts = wider;
    return true;
  };
  for (let next = at + 1; add(neighbours[next], true); next++);
  for (let next = at - 1; add(neighbours[next], false); next--);
  return parts;
}

function lengthOf(sentences: OfferedPart['sentences']): number {
  return sentences.reduce((sum, { text }) => sum + text.length, 0);
}

function unitsOf({ title }: Document, parts: readonly OfferedPart[]): number {
  return parts.reduce((sum, { path, above, sentences }) => {
    const head = [title, ...path, ...above].reduce((units, text) => units + text.length + NUMBERED, 0);
    return sum + head + lengthOf(sentences) + NUMBERED * sentences.length;
  }, 0);
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [place.passage, place])).values()];
}
