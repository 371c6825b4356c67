import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { GivenFile } from '../importing/file.ts';
import { isImportable } from '../importing/format.ts';
import type { Imported } from '../importing/imported.ts';
import { MOST_BYTES } from '../importing/limits.ts';
import { ImportError } from '../importing/refusal.ts';
import { sourceFile } from '../importing/source-file.ts';
import {
  type KnownFolder,
  knownFolders,
  namesTaken,
  newFolderName,
  replaceFolder,
  sameDocument,
  writeFolder,
} from '../keeper/folders.ts';
import { createReader } from '../keeper/reader.ts';
import { describeRefusal, IMPORTING } from '../messages/importing.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';
import { importFaq, isFaq } from './faq.ts';
import { createProgress } from './progress.ts';

export const importCommand: Command = {
  usage: 'import FILE|FOLDER… [--replace] [--knowledge DIR] | import FAQ.csv [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, replace: { type: 'boolean' } },
  async run(values, places) {
    if (places.length === 0) throw new UsageError(CLI.usage(importCommand.usage));
    const knowledge = knowledgeFolder(values);
    const tables = places.filter(isFaq);
    let left = 0;
    for (const table of tables) left += await importFaq(table, knowledge);
    if (tables.length === places.length) return left > 0 ? 1 : 0;
    const paths = (await Promise.all(places.filter((place) => !isFaq(place)).map(filesAt))).flat();
    const reader = createReader();
    const progress = createProgress(process.stderr, () => performance.now());
    const run: Run = { knowledge, replace: values.replace === true, folders: [...(await knownFolders(knowledge))] };
    let failed = 0;
    let documents = 0;
    let doubts = 0;
    const say = (line: string) => {
      progress.end();
      process.stdout.write(`${line}\n`);
    };
    try {
      for (const [at, path] of paths.entries()) {
        progress.show(at, paths.length);
        try {
          const file = await givenFile(path);
          for (const document of await reader.read(file)) {
            const taken = await take(run, path, file, document);
            say(taken.said);
            if (taken.refused) failed++;
            else documents++;
            if (!taken.refused) doubts += document.doubts.length;
          }
        } catch (cause) {
          if (!(cause instanceof ImportError)) throw cause;
          say(IMPORTING.refused(path, describeRefusal(cause.refusal)));
          failed++;
        }
      }
    } finally {
      progress.end();
      await reader.close();
    }
    process.stdout.write(`\n${IMPORTING.done(documents, doubts, failed)}\n`);
    if (documents > 0) process.stdout.write(`${IMPORTING.hint(knowledge)}\n`);
    return failed + left > 0 ? 1 : 0;
  },
};

interface Run {
  readonly knowledge: string;
  readonly replace: boolean;
  /** Those that are there, and those written since. */
  readonly folders: KnownFolder[];
}

async function take(
  { knowledge, replace, folders }: Run,
  path: string,
  file: GivenFile,
  document: Imported,
): Promise<{ readonly said: string; readonly refused: boolean }> {
  const same = sameDocument(document, folders);
  if (same && !replace) return { said: IMPORTING.exists(path, join(knowledge, same.name)), refused: true };
  const name = same?.name ?? newFolderName(document, file, await namesTaken(knowledge));
  if (same) await replaceFolder(knowledge, same, document, file);
  else {
    await writeFolder(knowledge, name, document, file);
    folders.push({ name, title: document.title, number: document.number, frontMatter: {} });
  }
  const source = join(knowledge, name, 'source.md');
  const { lineOf } = sourceFile(document);
  const lines = document.doubts.map((doubt) => `  ${IMPORTING.doubt(source, lineOf(doubt), doubt)}`);
  const head = `${IMPORTING.written(join(knowledge, name), same !== undefined)}\n  ${IMPORTING.about(document)}`;
  return { said: [head, ...lines].join('\n'), refused: false };
}

/** A file as it is, or all that can be read below a folder. */
async function filesAt(place: string): Promise<readonly string[]> {
  const about = await stat(place).catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(place, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  if (!about.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.') && isImportable(entry.name));
  if (files.length === 0) throw new UsageError(IMPORTING.nothing(place));
  return files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
}

/** Too large a file is not even read. */
async function givenFile(path: string): Promise<GivenFile> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new ImportError({ code: 'too-large', megabytes: MOST_BYTES / 1024 / 1024 });
  return { name: basename(path), bytes: new Uint8Array(await readFile(path)) };
}
