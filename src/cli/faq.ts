import { access, readFile, writeFile } from 'node:fs/promises';
import { openEngine } from '../engine.ts';
import { decodeText } from '../importing/encoding.ts';
import { COLUMNS, faqRows, findPlace, readFaq } from '../keeper/faq.ts';
import { claimsIn, writeLesson } from '../keeper/lessons.ts';
import { phrasingKey } from '../knowledge/check.ts';
import { CLI } from '../messages/wording.ts';
import { writeCsv } from '../text/csv.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { FAQ } from './wording.ts';

/** Questions and where their answers stand, as a table for a spreadsheet. */
export const exportCommand: Command = {
  usage: 'export FILE.csv [--replace] [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, replace: { type: 'boolean' } },
  async run(values, places) {
    const [file] = places;
    if (places.length !== 1 || file === undefined || !isFaq(file)) throw new UsageError(CLI.usage(exportCommand.usage));
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere && values.replace !== true) throw new UsageError(FAQ.exists(file));
    const { library } = await openEngine(knowledgeFolder(values));
    const rows = faqRows(library);
    await writeFile(file, writeCsv([COLUMNS, ...rows]));
    process.stdout.write(`${FAQ.exported(file, rows.length)}\n`);
    return 0;
  },
};

export function isFaq(path: string): boolean {
  return /\.csv$/i.test(path);
}

/** Writes the questions of a table into the documents that they name. Returns how many rows were not taken. */
export async function importFaq(path: string, knowledge: string): Promise<number> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(path, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  const engine = await openEngine(knowledge);
  const refused: string[] = [];
  const refuse = (row: number, why: string) => refused.push(FAQ.refused(path, row, why));
  const claimed = claimsIn(engine.library.documents);
  const claimedHere = new Map<string, string>();
  const lessons = new Map<string, { readonly row: number; readonly question: string }[]>();
  for (const { row, question, place } of readFaq(decodeText(bytes).text)) {
    const found = findPlace(place, engine);
    const name = phrasingKey(question);
    if (name === '') refuse(row, FAQ.why['no-question']);
    else if (found.kind !== 'found') refuse(row, FAQ.why[found.kind]);
    else {
      const other = claimed.get(name);
      const isOthers = other && (other.document !== found.document || other.point !== found.point);
      const before = claimedHere.get(name);
      if (isOthers) refuse(row, FAQ.taken(other.title));
      else if (before !== undefined && before !== found.key) refuse(row, FAQ.why.twice);
      else {
        claimedHere.set(name, found.key);
        lessons.set(found.key, [...(lessons.get(found.key) ?? []), { row, question }]);
      }
    }
  }
  let taken = 0;
  for (const [key, rows] of lessons) {
    const [first, ...others] = rows.map(({ question }) => question) as [string, ...string[]];
    const written = await writeLesson(knowledge, engine, { key, list: 'ask', questions: [first, ...others] });
    if (written.outcome === 'written') taken += rows.length;
    else for (const { row } of rows) refuse(row, FAQ.why.unwritable);
  }
  for (const line of refused) process.stdout.write(`${line}\n`);
  // Whatever stands there now has to load.
  await openEngine(knowledge);
  process.stdout.write(`${FAQ.imported(taken, refused.length)}\n`);
  return refused.length;
}
