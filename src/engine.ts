import { type Answerer, createAnswerer } from './answering/answerer.ts';
import { createOutlines, type Outlines } from './answering/outlines.ts';
import { remembering } from './answering/remembering.ts';
import type { Library } from './knowledge/document.ts';
import { loadFolder } from './knowledge/folder.ts';
import { KnowledgeError } from './knowledge/knowledge-error.ts';
import { loadLanguage } from './lexicon/files.ts';
import type { Language } from './lexicon/language.ts';
import { createLexicon } from './lexicon/lexicon.ts';
import { type LibraryReading, readLibrary } from './phrasings/reading.ts';
import { createRetriever } from './phrasings/retriever.ts';
import { readDocument } from './reading/reading.ts';
import { createTextSearch } from './retrieval/search.ts';
import { openSnapshot, type ReadFolder } from './snapshot.ts';
import { foldText } from './text/fold.ts';

/** A knowledge folder made ready to answer. */
export interface Engine {
  readonly library: Library;
  readonly answerer: Answerer;
  readonly outlines: Outlines;
}

/** Answers kept in a bot that runs; each takes a few kilobytes at most. */
const REMEMBERED = 2_000;

/** The same engine for a bot that is asked the same again and again. */
export function rememberingEngine(engine: Engine): Engine {
  return { ...engine, answerer: remembering(engine.answerer, REMEMBERED) };
}

/**
 * Loads a folder; throws a KnowledgeError when any of its problems is an error. What was read is kept beside the texts,
 * so that the next start need not read them again: see snapshot.ts.
 */
export async function openEngine(folder: string): Promise<Engine> {
  const snapshot = await openSnapshot(folder);
  const kept = await snapshot.load();
  if (kept) return assemble(kept);
  const { library, problems } = await loadFolder(folder);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new KnowledgeError(folder, errors);
  const read = { library, reading: readLibrary(library) };
  await snapshot.save(read);
  return assemble(read);
}

async function assemble({ library, reading }: ReadFolder): Promise<Engine> {
  return engineOf(library, await loadLanguage(), reading);
}

/** An engine from a library alone: all that is made of it is made anew, but for what is given. */
export function engineOf(library: Library, language: Language, reading?: LibraryReading): Engine {
  const readings = library.documents.map(readDocument);
  const retriever = createRetriever(library, reading);
  const texts = createTextSearch(readings, withTerms(language, library.terms));
  const answerer = createAnswerer({ library, readings, retriever, texts });
  return { library, answerer, outlines: createOutlines(readings) };
}

/** The folder's own terms.yaml beside the project's lexicon: what people say here for what these texts say. */
function withTerms({ lexicon, vectors }: Language, terms: Library['terms']): Language {
  if (terms.length === 0) return { lexicon, vectors };
  const own = createLexicon(
    terms.map(({ text, say }) => ({
      official: [foldText(text)],
      everyday: say.map((word) => ({ word: foldText(word), weight: 1 })),
      english: [],
    })),
  );
  return { lexicon: { concepts: (folded) => [...own.concepts(folded), ...lexicon.concepts(folded)] }, vectors };
}
