import { readdir, readFile } from 'node:fs/promises';
import { createEnglishLexicon } from './english.ts';
import { createLexicon, type Lexicon, parseLexicon } from './lexicon.ts';

const FOLDER = new URL('../../lexicon/', import.meta.url);
const DICTIONARY = 'cc-cedict.tsv';

let loaded: Promise<Lexicon> | undefined;

/** The project's lexicon and dictionary, read once. */
export function loadLexicon(): Promise<Lexicon> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Lexicon> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.tsv') && name !== DICTIONARY).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
  const groups = texts.flatMap((text) => parseLexicon(text).groups);
  const lexicon = createLexicon(groups);
  const english = createEnglishLexicon(groups, await readFile(new URL(DICTIONARY, FOLDER), 'utf8'));
  return { concepts: (folded) => [...lexicon.concepts(folded), ...english.concepts(folded)] };
}
