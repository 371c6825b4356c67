import { DatabaseSync } from 'node:sqlite';
import { passageFields, questionFields } from './fields.ts';
import type { System } from './system.ts';

const FIELDS = ['characters', 'bigrams', 'words'] as const;

/** SQLite's FTS5 over the three kinds of token. */
export function createFts5(): System {
  const database = new DatabaseSync(':memory:');
  database.exec(
    "CREATE VIRTUAL TABLE passages USING fts5(characters, bigrams, words, content='', tokenize='unicode61')",
  );
  const matching = database.prepare(
    'SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, 1, 0.75, 0.35) LIMIT ?',
  );
  return {
    async build(passages) {
      const insert = database.prepare('INSERT INTO passages (rowid, characters, bigrams, words) VALUES (?, ?, ?, ?)');
      database.exec('BEGIN');
      let number = 0;
      for (const { text } of passages) {
        const fields = passageFields(text);
        insert.run(number++, ...FIELDS.map((field) => fields[field].join(' ')));
      }
      database.exec("INSERT INTO passages(passages) VALUES ('optimize'); COMMIT");
    },
    async search(question, k) {
      const fields = questionFields(question);
      const query = FIELDS.flatMap((field) => [...new Set(fields[field])].map((token) => `${field}:"${token}"`)).join(
        ' OR ',
      );
      if (query === '') return { passages: [] };
      return { passages: (matching.all(query, k) as { rowid: number }[]).map(({ rowid }) => rowid) };
    },
  };
}
