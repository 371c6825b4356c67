import { DatabaseSync } from 'node:sqlite';
import { idf } from '../../passages/impacts.ts';
import { createMatcher } from '../../passages/matcher.ts';
import { readQuestion } from '../../passages/question.ts';
import { rerankScore } from '../../passages/rerank.ts';
import { sentenceEnds } from '../../passages/sentence-ends.ts';
import { foldUnits, toUnits } from '../../passages/units.ts';
import { passageFields, questionFields } from './fields.ts';
import type { System } from './system.ts';

const RERANKED = 20;
const FIELDS = ['characters', 'bigrams', 'words'] as const;

/** SQLite's FTS5 over the three kinds of token, and our re-ranking of its first twenty. */
export function createFts5(): System {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE VIRTUAL TABLE passages USING fts5(characters, bigrams, words, content='', detail=full, tokenize='unicode61');
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab('passages', 'col');
  `);
  const matching = database.prepare(`
    SELECT rowid, -bm25(passages, 1, 0.75, 0.35) AS score FROM passages WHERE passages MATCH ?
    ORDER BY bm25(passages, 1, 0.75, 0.35) LIMIT ?
  `);
  const frequency = database.prepare('SELECT doc FROM vocabulary WHERE term = ? AND col = ?');
  const texts: string[] = [];
  return {
    async build(passages) {
      const insert = database.prepare('INSERT INTO passages (rowid, characters, bigrams, words) VALUES (?, ?, ?, ?)');
      database.exec('BEGIN');
      for (const text of passages) {
        const number = texts.push(text) - 1;
        const fields = passageFields(text);
        insert.run(number, ...FIELDS.map((field) => fields[field].join(' ')));
      }
      database.exec("INSERT INTO passages(passages) VALUES ('optimize'); COMMIT");
    },
    async search(question, k) {
      const fields = questionFields(question);
      const query = FIELDS.flatMap((field) => [...new Set(fields[field])].map((token) => `${field}:"${token}"`)).join(
        ' OR ',
      );
      if (query === '') return { passages: [] };
      const found = matching.all(query, Math.max(k, RERANKED)) as { rowid: number; score: number }[];
      const matcher = createMatcher(readQuestion(question), idfOf);
      const best = found[0]?.score ?? 1;
      const reranked = found
        .slice(0, RERANKED)
        .map(({ rowid, score }) => {
          const units = toUnits(texts[rowid] as string);
          return { rowid, score: rerankScore(score / best, matcher.match(foldUnits(units), sentenceEnds(units))) };
        })
        .sort((a, b) => b.score - a.score);
      return { passages: [...reranked, ...found.slice(RERANKED)].slice(0, k).map(({ rowid }) => rowid) };
    },
  };

  function idfOf(term: number): number {
    const [token, column] =
      term < 0x10000
        ? [String.fromCharCode(term), 'characters']
        : [String.fromCharCode(term >>> 16, term & 0xffff), 'bigrams'];
    const row = frequency.get(token, column) as { doc: number } | undefined;
    return idf(row?.doc ?? 0, texts.length);
  }
}
