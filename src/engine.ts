import { setImmediate as immediate } from 'node:timers/promises';
import { type Answerer, createAnswerer } from './answering/answerer.ts';
import { createOutlines, type Outlines } from './answering/outlines.ts';
import { remembering } from './answering/remembering.ts';
import type { Library, Term } from './knowledge/document.ts';
import { loadLanguage } from './lexicon/files.ts';
import type { Language } from './lexicon/language.ts';
import { createLexicon } from './lexicon/lexicon.ts';
import { type LoadedKnowledge, libraryOf, loadKnowledge } from './loading/loading.ts';
import type { Prepared } from './loading/prepared.ts';
import { indexPhrasings, joinPhrasings } from './phrasings/phrasing-index.ts';
import { createRetriever, type Retriever } from './phrasings/retriever.ts';
import { type Reading, readDocument } from './reading/reading.ts';
import { createTextSearch, type TextSearch } from './retrieval/search.ts';
import { foldText } from './text/fold.ts';

/** A knowledge folder made ready to answer. Never changed: a folder that changes is another engine. */
export interface Engine {
  readonly library: Library;
  readonly readings: readonly Reading[];
  readonly answerer: Answerer;
  readonly outlines: Outlines;
}

/** An engine with what it was made of, for the next. */
export interface LoadedEngine extends Engine {
  readonly knowledge: LoadedKnowledge;
  readonly retriever: Retriever;
  readonly texts: TextSearch;
}

/** Answers kept in a bot that runs; each takes a few kilobytes at most. */
const REMEMBERED = 2_000;

/** The same engine for a bot that is asked the same again and again. */
export function rememberingEngine<T extends Engine>(engine: T): T {
  return { ...engine, answerer: remembering(engine.answerer, REMEMBERED) };
}

/** Loads a folder; throws a KnowledgeError when any of its problems is an error. */
export async function openEngine(folder: string): Promise<LoadedEngine> {
  const [knowledge, language] = await Promise.all([loadKnowledge(folder), loadLanguage()]);
  return await assemble(knowledge, language);
}

/** The folder as it is now, of which nothing is made again that has not changed; the same engine when nothing has. */
export async function reopenEngine(folder: string, before: LoadedEngine): Promise<LoadedEngine> {
  const knowledge = await loadKnowledge(folder, before.knowledge);
  if (knowledge.fingerprint === before.knowledge.fingerprint) return before;
  return await assemble(knowledge, await loadLanguage(), before);
}

/** The same without some of its documents, of which nothing else is made anew. */
export async function withoutDocuments(engine: LoadedEngine, ids: ReadonlySet<string>): Promise<LoadedEngine> {
  const { knowledge } = engine;
  const documents = knowledge.documents.filter(({ document }) => !ids.has(document.id));
  return await assemble({ ...knowledge, documents }, await loadLanguage(), engine);
}

/** Step by step: a bot that reloads answers in between. */
async function assemble(knowledge: LoadedKnowledge, language: Language, before?: LoadedEngine): Promise<LoadedEngine> {
  const library = libraryOf(knowledge);
  const readings = knowledge.documents.map(({ reading }) => reading);
  const retriever = await retrieverOf(knowledge, library, before);
  await immediate();
  const texts = textsOf(knowledge, withTerms(language, library.terms), before);
  await immediate();
  const answerer = createAnswerer({ library, readings, retriever, texts });
  return { library, readings, answerer, outlines: createOutlines(readings), knowledge, retriever, texts };
}

async function retrieverOf(
  knowledge: LoadedKnowledge,
  library: Library,
  before: LoadedEngine | undefined,
): Promise<Retriever> {
  const phrased = phrasedIn(knowledge);
  if (before && sameTerms(knowledge, before.knowledge) && sameItems(phrased, phrasedIn(before.knowledge)))
    return before.retriever;
  const index = joinPhrasings(knowledge.documents.map(({ phrasings }) => phrasings));
  await immediate();
  return createRetriever(library, index);
}

function phrasedIn({ documents }: LoadedKnowledge): readonly Prepared[] {
  return documents.filter(({ document }) => document.sections.length > 0);
}

/** Of more changed documents than these all are joined anew, which costs as much as adding so many one by one. */
const FEW = 8;

function textsOf(knowledge: LoadedKnowledge, language: Language, before: LoadedEngine | undefined): TextSearch {
  const anew = () =>
    createTextSearch(
      knowledge.documents.map(({ reading, postings }) => ({ ...reading, postings })),
      language,
    );
  if (!before || !sameTerms(knowledge, before.knowledge)) return anew();
  const had = new Set(before.knowledge.documents);
  const has = new Set(knowledge.documents);
  const ids = new Set(knowledge.documents.map(({ document }) => document.id));
  const come = knowledge.documents.filter((one) => !had.has(one));
  const gone = before.knowledge.documents.filter((one) => !has.has(one) && !ids.has(one.document.id));
  if (come.length + gone.length > FEW) return anew();
  const rest = gone.reduce((texts, { document }) => texts.without(document.id), before.texts);
  return come.reduce((texts, { reading, postings }) => texts.with({ ...reading, postings }), rest);
}

function sameTerms(one: LoadedKnowledge, other: LoadedKnowledge): boolean {
  return JSON.stringify(one.terms) === JSON.stringify(other.terms);
}

function sameItems<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

/** An engine from a library alone: all that is made of it is made anew. */
export function engineOf(library: Library, language: Language): Engine {
  const readings = library.documents.map(readDocument);
  const retriever = createRetriever(library, indexPhrasings(library));
  const texts = createTextSearch(readings, withTerms(language, library.terms));
  return {
    library,
    readings,
    answerer: createAnswerer({ library, readings, retriever, texts }),
    outlines: createOutlines(readings),
  };
}

/** The folder's own terms.yaml beside the project's lexicon: what people say here for what these texts say. */
function withTerms({ lexicon, vectors }: Language, terms: readonly Term[]): Language {
  if (terms.length === 0) return { lexicon, vectors };
  const own = createLexicon(
    terms.map(({ text, say }) => ({
      official: [foldText(text)],
      everyday: say.map((word) => ({ word: foldText(word), weight: 1 })),
      english: [],
    })),
  );
  return {
    lexicon: { concepts: (folded, occurs) => [...own.concepts(folded), ...lexicon.concepts(folded, occurs)] },
    vectors,
  };
}
