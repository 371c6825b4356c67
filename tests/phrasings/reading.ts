import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Library, Section } from '../../src/knowledge/document.ts';
import { indexPhrasings } from '../../src/phrasings/phrasing-index.ts';
import { createQuestionReader } from '../../src/phrasings/question.ts';

/** What a target of a library for tests is made of; the first is a point, and so on. */
export interface Asked {
  readonly passage: string;
  readonly ask: readonly string[];
  readonly not?: readonly string[];
}

/** A library of one document whose points have these words, each in a section of its own that nobody asks for. */
export function libraryOf(asked: readonly Asked[], terms: Library['terms'] = []): Library {
  const sections = asked.map(({ passage, ask, not = [] }, number): Section => {
    const id = `s${number}`;
    const span = { paragraph: number, start: 0, end: passage.length };
    const point = { id: `p${number}`, title: '', quote: span, answer: span, ask, not };
    return { id, title: '', heading: undefined, ofClauses: false, ask: [], points: [point] };
  });
  const document = {
    ...plainDocument('d', ''),
    title: '',
    label: '',
    paragraphs: asked.map(({ passage }) => passage),
    sections,
  };
  return { documents: [document], terms };
}

/** The library read, and a reader of questions to it. Target `2 · i` is the point `i`. */
export function readingOf(asked: readonly Asked[], terms?: Library['terms']) {
  const library = libraryOf(asked, terms);
  const reading = indexPhrasings(library);
  return { library, reading, ask: createQuestionReader(library, reading) };
}
