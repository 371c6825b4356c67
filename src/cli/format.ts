import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { documentIds, QUESTIONS, SECTIONS, TERMS } from '../knowledge/folder.ts';
import { FormatError, formatQuestions, formatSection, formatTerms, splitQuestions } from '../knowledge/format.ts';
import { CLI } from '../messages/wording.ts';
import { type Command, KNOWLEDGE_OPTION, knowledgeFolder, UsageError } from './command.ts';

/** Brings what people ask into one form. What the texts say is left alone. */
export const format: Command = {
  usage: 'format:knowledge [--check] [--knowledge DIR] | format:knowledge --split DOCUMENT… [--knowledge DIR]',
  options: { ...KNOWLEDGE_OPTION, check: { type: 'boolean' }, split: { type: 'boolean' } },
  async run(values, positionals) {
    if ((values.split === true) !== positionals.length > 0) throw new UsageError(CLI.usage(format.usage));
    const folder = knowledgeFolder(values);
    if (values.split) for (const id of positionals) await split(join(folder, id));
    const unformatted = await formatFolder(folder, values.check === true);
    if (unformatted === 0) process.stdout.write(`${CLI.allFormatted}\n`);
    return values.check && unformatted > 0 ? 1 : 0;
  },
};

type Format = (text: string) => string;

/** How many files were (or, when only asked, are) not in form. */
async function formatFolder(folder: string, onlyAsk: boolean): Promise<number> {
  let changed = 0;
  for (const [path, form] of await filesIn(folder)) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const formatted = made(path, text, form);
    if (formatted === text) continue;
    changed++;
    if (!onlyAsk) await writeWhole(path, formatted);
    process.stdout.write(`${onlyAsk ? CLI.unformatted(path) : CLI.formatted(path)}\n`);
  }
  return changed;
}

async function filesIn(folder: string): Promise<readonly (readonly [path: string, form: Format])[]> {
  const ids = await documentIds(folder).catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(folder, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  const sections = await Promise.all(
    ids.map(async (id) => {
      const names = await readdir(join(folder, id, SECTIONS)).catch(() => []);
      return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, id, SECTIONS, name));
    }),
  );
  return [
    ...ids.map((id) => [join(folder, id, QUESTIONS), formatQuestions] as const),
    ...sections.flat().map((path) => [path, formatSection] as const),
    [join(folder, TERMS), formatTerms],
  ];
}

/** Puts the sections of a document's questions.yaml into a folder of their own, whole or not at all. */
async function split(document: string): Promise<void> {
  const path = join(document, QUESTIONS);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(CLI.unreadable(path, cause instanceof Error ? cause.message : String(cause)), cause);
  });
  const files = made(path, text, splitQuestions);
  const target = join(document, SECTIONS);
  if ((await readdir(target).catch(() => [])).length > 0) throw new UsageError(CLI.splitAlready(target));
  const beside = join(document, `.${SECTIONS}`);
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside);
  for (const { name, text: section } of files) await writeFile(join(beside, name), section);
  await rename(beside, target);
  await rm(path);
  process.stdout.write(`${CLI.split(path, files.length)}\n`);
}

function made<T>(path: string, text: string, make: (text: string) => T): T {
  try {
    return make(text);
  } catch (cause) {
    if (cause instanceof FormatError) throw new UsageError(CLI.unreadable(path, cause.message), cause);
    throw cause;
  }
}

/** A file in the place of another: nobody meets half of one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}`);
  await writeFile(beside, text);
  await rename(beside, path);
}
