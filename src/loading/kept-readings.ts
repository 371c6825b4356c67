import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { constants, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Kept } from './prepared.ts';

/**
 * Readings of documents, a file each, beside their texts. A folder that can't be written to does without. What is said is
 * always cut from the texts themselves, but a reading decides where: so none is taken that anybody else may have written.
 */
export interface KeptReadings {
  /** Undefined when there is none of this fingerprint, when it is damaged, or when others than we can write it. */
  load(id: string, fingerprint: string): Promise<Kept | undefined>;
  save(id: string, fingerprint: string, kept: Kept): Promise<void>;
  /** Takes away what is of no document (any more). */
  keepOnly(ids: readonly string[]): Promise<void>;
}

export const FOLDER = '.readings';
/** The code by which a document is read, and the libraries that it calls: a change of either makes every reading void. */
export const CODE = ['text', 'index', 'knowledge', 'reading', 'phrasings', 'loading'].map((room) =>
  fileURLToPath(new URL(`../${room}/`, import.meta.url)),
);
export const LIBRARIES = ['fuse.js', 'js-yaml', 'nzh', 'opencc-js', 'pinyin-pro', 'zod'] as const;
/** In bytes, of a SHA-256 sum. */
const SUM = 32;

export function openKeptReadings(folder: string): KeptReadings {
  const root = join(folder, FOLDER);
  return {
    async load(id, fingerprint) {
      const bytes = (await isOurs(root)) ? await readOurs(join(root, id)).catch(() => undefined) : undefined;
      if (bytes?.subarray(0, SUM).toString('hex') !== fingerprint) return undefined;
      const body = bytes.subarray(2 * SUM);
      if (!sum(body).equals(bytes.subarray(SUM, 2 * SUM))) return undefined;
      try {
        return deserialize(body) as Kept;
      } catch {
        return undefined;
      }
    },
    async save(id, fingerprint, { annotations, postings, phrasings, claims }) {
      const body = serialize({ annotations, postings, phrasings, claims } satisfies Kept);
      // Written beside it first, so that nobody meets half of one.
      const beside = join(root, `.${id}.${randomUUID()}`);
      try {
        await mkdir(root, { mode: 0o700 }).catch(() => {});
        if (!(await isOurs(root))) return;
        const whole = Buffer.concat([Buffer.from(fingerprint, 'hex'), sum(body), body]);
        await writeFile(beside, whole, { mode: 0o600, flag: 'wx' });
        await rename(beside, join(root, id));
      } catch {
        await rm(beside, { force: true }).catch(() => {});
      }
    },
    async keepOnly(ids) {
      if (!(await isOurs(root))) return;
      const wanted = new Set(ids);
      const others = (await readdir(root).catch(() => [])).filter((name) => !wanted.has(name));
      await Promise.all(others.map((name) => rm(join(root, name), { force: true, recursive: true }).catch(() => {})));
    },
  };
}

/** In bytes; a document of 16 MB has a reading of some 100 MB. */
const LARGEST = 512 * 1_048_576;
const BY_OTHERS = 0o022;

/** A folder of ours, not a link to one: whatever lies in it is read, and what is of no document is deleted. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && isOnlyOurs(found);
}

async function readOurs(path: string): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= LARGEST && isOnlyOurs(found) ? await file.readFile() : undefined;
  } finally {
    await file.close();
  }
}

/** Whether nobody but we and the machine's own administrator can write it; Windows has no such owners. */
function isOnlyOurs({ uid, mode }: Stats): boolean {
  const own = process.geteuid?.();
  return own === undefined || ((uid === own || uid === 0) && (mode & BY_OTHERS) === 0);
}

/**
 * Names all that makes a reading out of a text: Node, whose tables of characters and words differ by version; libraries
 * by name and version, so that a folder may be carried from one installation of a lock file to another; the code.
 */
export async function makersOf(libraries?: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(
    [process.version, ...(libraries ?? (await installedLibraries()))].join('\n'),
  );
  for (const root of CODE) {
    const names = (await readdir(root, { recursive: true })).filter((name) => /\.\w+$/.test(name)).toSorted();
    for (const [at, bytes] of (await Promise.all(names.map((name) => readFile(join(root, name))))).entries())
      hash.update(`\n${names[at]} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

async function installedLibraries(): Promise<readonly string[]> {
  return Promise.all(
    LIBRARIES.map(async (name) => {
      const { version } = JSON.parse(await readFile(findPackageJSON(name, import.meta.url) as string, 'utf8'));
      return `${name} ${version}`;
    }),
  );
}

function sum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
