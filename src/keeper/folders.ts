import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { GivenFile } from '../importing/file.ts';
import { folderName, freeName } from '../importing/folder-name.ts';
import { endingOf } from '../importing/format.ts';
import type { Imported } from '../importing/imported.ts';
import { sourceFile } from '../importing/source-file.ts';
import { splitSource } from '../knowledge/source.ts';

/** A document's folder as the keeper's commands see it. */
export interface KnownFolder {
  readonly name: string;
  readonly title: string;
  readonly number: string | undefined;
  readonly frontMatter: Readonly<Record<string, unknown>>;
}

const SOURCE = 'source.md';
/** Below the knowledge folder: documents that do not answer, and those that were taken away for good. */
export const DISABLED = '.disabled';
export const WITHDRAWN = '.withdrawn';
const SUMS = 'original.sha256';

/** The folders below one, by their front matter; those that cannot be read are left out: `check` tells of them. */
export async function knownFolders(knowledge: string): Promise<readonly KnownFolder[]> {
  const entries = await readdir(knowledge, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const folders = await Promise.all(
    names.toSorted().map(async (name): Promise<KnownFolder | undefined> => {
      const text = await readFile(join(knowledge, name, SOURCE), 'utf8').catch(() => undefined);
      const frontMatter = text === undefined ? undefined : frontMatterOf(text);
      if (!frontMatter) return undefined;
      const { title, number } = frontMatter;
      return {
        name,
        title: typeof title === 'string' ? title : name,
        number: typeof number === 'string' ? number : undefined,
        frontMatter,
      };
    }),
  );
  return folders.filter((folder) => folder !== undefined);
}

function frontMatterOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed = load(splitSource(text).head ?? '');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The folder that holds the same document: under the same number, or by the same title where one of them has none. */
export function sameDocument(document: Imported, folders: readonly KnownFolder[]): KnownFolder | undefined {
  const plain = (text: string) => text.replace(/\s/g, '');
  return folders.find(
    ({ title, number }) =>
      plain(title) === plain(document.title) &&
      (number === undefined || document.number === undefined || plain(number) === plain(document.number)),
  );
}

/** Whatever stands there already, also a folder that cannot be read, or that is disabled. */
export async function namesTaken(knowledge: string): Promise<ReadonlySet<string>> {
  const places = [knowledge, join(knowledge, DISABLED)];
  return new Set((await Promise.all(places.map((place) => readdir(place).catch(() => [])))).flat());
}

/** Moves a document's folder, under another name where its own is taken. False when it is not there. */
export async function moveFolder(knowledge: string, name: string, from: string, to: string): Promise<boolean> {
  await mkdir(join(knowledge, to), { recursive: true });
  const target = freeNumbered(name, new Set(await readdir(join(knowledge, to))));
  return rename(join(knowledge, from, name), join(knowledge, to, target)).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );
}

function freeNumbered(name: string, taken: ReadonlySet<string>): string {
  let target = name;
  for (let number = 2; taken.has(target); number++) target = `${name}-${number}`;
  return target;
}

/** A name for a new document's folder that none of the others has. */
export function newFolderName(document: Imported, file: GivenFile, taken: ReadonlySet<string>): string {
  return freeName(folderName(document.title, file.name), (name) => taken.has(name));
}

/** Writes a new document's folder, whole or not at all: source.md, the file it was made from, and that one's SHA-256. */
export async function writeFolder(parent: string, name: string, document: Imported, file: GivenFile): Promise<void> {
  await mkdir(parent, { recursive: true });
  const beside = join(parent, `.import-${randomUUID()}`);
  try {
    await mkdir(beside);
    for (const [path, content] of contentOf(document, file))
      await writeFile(join(beside, path), content, { flush: true });
    await rename(beside, join(parent, name));
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw cause;
  }
}

/** What an import makes out itself; all else in a front matter is the keeper's. */
const OWN: ReadonlySet<string> = new Set(
  'title subtitle publisher number published url effective expires region audience reporters about'.split(' '),
);

/** Puts a document in the place of the one in a folder. What the keeper wrote stays: questions, a command, a short name. */
export async function replaceFolder(
  parent: string,
  folder: KnownFolder,
  document: Imported,
  file: GivenFile,
): Promise<void> {
  const kept = keptOf(folder);
  const path = join(parent, folder.name);
  const older = (await readdir(path)).filter((name) => /^original\.(?!sha256$)/.test(name));
  const files = contentOf(document, file, kept);
  for (const [name, content] of files.toReversed()) await writeWhole(join(path, name), content);
  const names = new Set(files.map(([name]) => name));
  for (const name of older.filter((each) => !names.has(each))) await rm(join(path, name), { force: true });
}

/** The text of a document that takes the place of the one in a folder, or of a new one. */
export function sourceInPlaceOf(document: Imported, folder: KnownFolder | undefined): string {
  return sourceFile(document, folder ? keptOf(folder) : {}).text;
}

function keptOf({ frontMatter }: KnownFolder): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(frontMatter).filter(([key]) => !OWN.has(key)));
}

/** A file in the place of another, whole or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, content, { flush: true });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

/** What a file is called in a document's folder. */
export function originalName(name: string): string {
  return `original.${endingOf(name) || 'txt'}`;
}

/** source.md last when written in turn: it is what is read. */
function contentOf(
  document: Imported,
  { name, bytes }: GivenFile,
  kept: Readonly<Record<string, unknown>> = {},
): readonly (readonly [name: string, content: string | Uint8Array])[] {
  const original = originalName(name);
  const sum = createHash('sha256').update(bytes).digest('hex');
  return [
    [SOURCE, sourceFile(document, kept).text],
    [SUMS, `${sum}  ${original}\n`],
    [original, bytes],
  ];
}
