import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Library } from './knowledge/document.ts';
import type { LibraryReading } from './phrasings/reading.ts';

/** A knowledge folder as it was read, without an error in it. */
export interface ReadFolder {
  readonly library: Library;
  readonly reading: LibraryReading;
}

/** What was made of a folder, kept in a file beside its texts. A folder that can't be written to does without. */
export interface Snapshot {
  /** Undefined when there is none, when it is damaged, or when texts, code or libraries have changed since. */
  load(): Promise<ReadFolder | undefined>;
  save(read: ReadFolder): Promise<void>;
}

const FILE = '.snapshot';
/** The code by which texts are read, and the libraries that it calls: a change of either makes every snapshot void. */
export const CODE = ['text', 'index', 'knowledge', 'phrasings'].map((room) =>
  fileURLToPath(new URL(room, import.meta.url)),
);
export const LIBRARIES = ['fuse.js', 'js-yaml', 'nzh', 'opencc-js', 'pinyin-pro', 'yaml', 'zod'] as const;
/** In bytes: two SHA-256 sums, of what was read and of what was made of it. */
const SUM = 32;

/** `libraries` are those that are installed, by name and version, unless it is told otherwise. */
export async function openSnapshot(folder: string, libraries?: readonly string[]): Promise<Snapshot> {
  const file = join(folder, FILE);
  const sources = await sumOfSources(folder, libraries ?? (await installedLibraries()));
  return {
    async load() {
      const bytes = await readFile(file).catch(() => undefined);
      if (!bytes?.subarray(0, SUM).equals(sources)) return undefined;
      const body = bytes.subarray(2 * SUM);
      if (!sum(body).equals(bytes.subarray(SUM, 2 * SUM))) return undefined;
      return deserialize(body) as ReadFolder;
    },
    async save(read) {
      const body = serialize(read);
      // Written beside it first, so that nobody meets half of one.
      const beside = `${file}.${randomUUID()}`;
      try {
        await writeFile(beside, Buffer.concat([sources, sum(body), body]));
        await rename(beside, file);
      } catch {
        await rm(beside, { force: true }).catch(() => {});
      }
    },
  };
}

/** By name and version: two installations of one lock file are alike, and a folder may be carried from one to the other. */
async function installedLibraries(): Promise<readonly string[]> {
  return Promise.all(
    LIBRARIES.map(async (name) => {
      const { version } = JSON.parse(await readFile(findPackageJSON(name, import.meta.url) as string, 'utf8'));
      return `${name} ${version}`;
    }),
  );
}

/** Of all that the reading depends on: Node, whose tables of characters and words differ by version; libraries; files. */
async function sumOfSources(folder: string, libraries: readonly string[]): Promise<Buffer> {
  const hash = createHash('sha256').update([process.version, ...libraries].join('\n'));
  for (const root of [...CODE, folder]) {
    for (const path of await filesBelow(root)) {
      const bytes = await readFile(join(root, path)).catch(() => '');
      hash.update(`\n${path} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest();
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length))
    .toSorted();
}

function sum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
