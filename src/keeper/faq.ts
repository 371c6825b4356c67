import { keyOf } from '../answering/key.ts';
import type { Engine } from '../engine.ts';
import { cut, type Document, type Library } from '../knowledge/document.ts';
import type { Reading } from '../reading/reading.ts';
import { parseCsv } from '../text/csv.ts';
import { placeOf } from './lessons.ts';

// Questions with where their answers stand, as a table: 「文件夹：原话」.

export const COLUMNS = ['question', 'answer place'] as const;

/** Every way in which people ask for a point or clause, with the words that answer. */
export function faqRows({ documents }: Library): readonly (readonly [question: string, place: string])[] {
  return documents.flatMap((document) =>
    document.sections
      .flatMap((section) => section.points)
      .flatMap(({ ask, quote }) =>
        ask.map((question) => [question, `${document.id}: ${cut(document, quote)}`] as const),
      ),
  );
}

export interface FaqRow {
  /** The 1-based row of the table. */
  readonly row: number;
  readonly question: string;
  readonly place: string;
}

/** The rows of a table, without its heading if it has one. */
export function readFaq(text: string): readonly FaqRow[] {
  const rows = parseCsv(text).map(([question = '', place = ''], at) => {
    return { row: at + 1, question: question.replace(/\s+/g, ' ').trim(), place: place.trim() };
  });
  const isHeading = ({ question }: FaqRow) => /^(?:question|问题|問題|问法|提问)$/i.test(question);
  return rows.filter((row, at) => at > 0 || !isHeading(row));
}

export type FoundPlace =
  /** `point`: the id by which people ask for it already. */
  | { readonly kind: 'found'; readonly key: string; readonly document: string; readonly point: string | undefined }
  | { readonly kind: 'no-place' | 'no-document' | 'no-words' };

const PLACE = /^([^:：]+)[:：]\s*([\s\S]+)$/;

/** The point or clause that a place names: a folder, and words that stand in it. */
export function findPlace(
  place: string,
  { library, readings, answerer }: Pick<Engine, 'library' | 'readings' | 'answerer'>,
): FoundPlace {
  const [, folder = '', words = ''] = PLACE.exec(place) ?? [];
  if (folder === '') return { kind: 'no-place' };
  const named = folder.trim();
  const document = library.documents.find(({ id, title, label }) => [id, title, label].includes(named));
  if (!document) return { kind: 'no-document' };
  const key = pointOf(document, words) ?? clauseOf(readings, document, words);
  const quote = key === undefined ? undefined : answerer.open(key)?.quotes[0].text;
  if (key === undefined || quote === undefined) return { kind: 'no-words' };
  return { kind: 'found', key, document: document.id, point: placeOf(document, key, quote)?.point };
}

function pointOf(document: Document, words: string): string | undefined {
  const own = document.sections.filter(({ ofClauses }) => !ofClauses);
  const points = own.flatMap((section) =>
    section.points.map((point) => ({ kind: 'point', document, section, point }) as const),
  );
  const of = (fits: (quote: string) => boolean) => points.find(({ point }) => fits(cut(document, point.quote)));
  const found = of((quote) => quote === words) ?? of((quote) => quote.includes(words));
  return found && keyOf(found);
}

function clauseOf(readings: readonly Reading[], document: Document, words: string): string | undefined {
  const reading = readings.find((one) => one.document.id === document.id);
  const targets = (reading?.whole ?? []).flatMap((passage) =>
    passage.clauses.map((clause) => ({ kind: 'clause', document, clause, passage }) as const),
  );
  const of = (fits: (text: string) => boolean) => targets.find(({ clause }) => fits(cut(document, clause.span)));
  const target = of((text) => text === words) ?? of((text) => text.includes(words));
  return target && keyOf(target);
}
