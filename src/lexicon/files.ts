import { readdir, readFile } from 'node:fs/promises';
import { createEnglishLexicon } from './english.ts';
import type { Language } from './language.ts';
import { createLexicon, parseLexicon, readLexicon } from './lexicon.ts';
import type { LexiconGroup } from './lexicon-rows.ts';
import { createVectors } from './vectors.ts';

const FOLDER = new URL('../../lexicon/', import.meta.url);
const DICTIONARY = 'cc-cedict.tsv';
export const VECTORS = new URL('vectors.bin', FOLDER);

let loaded: Promise<Language> | undefined;

/** The project's own, read once. */
export function loadLanguage(): Promise<Language> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Language> {
  const [texts, dictionary, vectors] = await Promise.all([
    readTexts(),
    readFile(new URL(DICTIONARY, FOLDER), 'utf8'),
    readFile(VECTORS),
  ]);
  const { rows } = readLexicon(texts);
  const lexicon = createLexicon(rows);
  const english = createEnglishLexicon(rows, dictionary);
  return {
    lexicon: { concepts: (folded) => [...lexicon.concepts(folded), ...english.concepts(folded)] },
    vectors: createVectors(new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length)),
  };
}

/** All groups of the lexicon, but for the dictionary. */
export async function readGroups(): Promise<readonly LexiconGroup[]> {
  return (await readTexts()).flatMap((text) => parseLexicon(text).groups);
}

async function readTexts(): Promise<readonly string[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.tsv') && name !== DICTIONARY).toSorted();
  return await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
}
