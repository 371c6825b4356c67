import { readdir, readFile } from 'node:fs/promises';
import { createEnglishLexicon } from './english.ts';
import type { Language } from './language.ts';
import { createLexicon, type LexiconGroup, parseLexicon } from './lexicon.ts';
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
  const [groups, dictionary, vectors] = await Promise.all([
    readGroups(),
    readFile(new URL(DICTIONARY, FOLDER), 'utf8'),
    readFile(VECTORS),
  ]);
  const lexicon = createLexicon(groups);
  const english = createEnglishLexicon(groups, dictionary);
  return {
    lexicon: { concepts: (folded) => [...lexicon.concepts(folded), ...english.concepts(folded)] },
    vectors: createVectors(new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length)),
  };
}

/** All groups of the lexicon, but for the dictionary. */
export async function readGroups(): Promise<readonly LexiconGroup[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.tsv') && name !== DICTIONARY).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
  return texts.flatMap((text) => parseLexicon(text).groups);
}
