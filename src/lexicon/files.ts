import { readdir, readFile } from 'node:fs/promises';
import { createEnglishLexicon, isEnglish } from './english.ts';
import type { Language } from './language.ts';
import { createLexicon, parseLexicon, readLexicon } from './lexicon.ts';
import type { LexiconGroup } from './lexicon-rows.ts';
import { createVectors } from './vectors.ts';

const FOLDER = new URL('../../lexicon/', import.meta.url);
const ENGLISH = new URL('english/', FOLDER);
export const VECTORS = new URL('vectors.bin', FOLDER);

let loaded: Promise<Language> | undefined;

/** The project's own, read once. */
export function loadLanguage(): Promise<Language> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Language> {
  const [texts, dictionary, near, names, vectors] = await Promise.all([
    readTexts(),
    readFile(new URL('cc-cedict.tsv', ENGLISH)),
    readFile(new URL('near.tsv', ENGLISH)),
    readFile(new URL('names.tsv', ENGLISH), 'utf8'),
    readFile(VECTORS),
  ]);
  const { rows } = readLexicon(texts);
  const lexicon = createLexicon(rows);
  const english = createEnglishLexicon(rows, { dictionary, near, names });
  return {
    lexicon: { concepts: (folded, occurs) => (isEnglish(folded) ? english : lexicon).concepts(folded, occurs) },
    vectors: createVectors(new Int8Array(vectors.buffer, vectors.byteOffset, vectors.length)),
  };
}

/** All groups of the lexicon. */
export async function readGroups(): Promise<readonly LexiconGroup[]> {
  return (await readTexts()).flatMap((text) => parseLexicon(text).groups);
}

async function readTexts(): Promise<readonly string[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.tsv')).toSorted();
  return await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
}
