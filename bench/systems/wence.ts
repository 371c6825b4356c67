import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut, type Document } from '../../src/knowledge/document.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { type Reading, readDocument } from '../../src/reading/reading.ts';
import type { PassageRef } from '../../src/retrieval/passage-finder.ts';
import { createTextSearch, type Found, type TextSearch } from '../../src/retrieval/search.ts';
import type { Abstaining, Answered, Piece } from './system.ts';

/** Pieces of one title are one document, and a piece may be several passages of it. */
export function createWence(): Abstaining {
  let texts: TextSearch;
  /** By document: the number of its first piece, and the paragraph with which each of its pieces begins. */
  const places = new Map<Document, { readonly first: number; readonly starts: number[] }>();

  return {
    async build(passages) {
      texts = createTextSearch([...readingsOf(passages)], await loadLanguage());
    },
    async search(question, k) {
      // A piece may be several passages.
      const ranked = texts.rank(question, 2 * k);
      return { ...answered(ranked), passages: [...new Set(ranked.passages.map(numberOf))].slice(0, k) };
    },
    async searchWithout(question, passage) {
      return { ...answered(texts.search(question, { without: String(passage) })), passages: [] };
    },
  };

  function* readingsOf(pieces: Iterable<Piece>): Generator<Reading> {
    let title: string | undefined;
    let lines: string[] = [];
    let starts: number[] = [];
    let first = 0;
    let number = 0;
    const read = () => {
      const document = { ...plainDocument(String(first), ''), title: title ?? '', paragraphs: lines };
      places.set(document, { first, starts });
      return readDocument(document);
    };
    for (const piece of pieces) {
      if (number > 0 && (piece.title !== title || piece.title === '')) {
        yield read();
        [lines, starts, first] = [[], [], number];
      }
      title = piece.title;
      starts.push(lines.length);
      lines.push(...piece.text.split('\n'));
      number++;
    }
    if (number > 0) yield read();
  }

  function numberOf({ passage, document: { document } }: PassageRef): number {
    const { first, starts } = places.get(document) as { first: number; starts: number[] };
    const paragraph = passage.clauses[0]?.span.paragraph ?? 0;
    return first + starts.findLastIndex((start) => start <= paragraph);
  }
}

function answered({ hits: [first], confidence }: Found): Omit<Answered, 'passages'> {
  return first ? { quote: cut(first.document.document, first.clause.span), confidence } : { confidence };
}
