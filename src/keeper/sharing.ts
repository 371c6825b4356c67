import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { splitSource } from '../knowledge/source.ts';
import type { DocumentState, DocumentTexts, Original, StoredDocument, StoredDocuments } from '../storage/documents.ts';
import { DISABLED, moveFolder, WITHDRAWN } from './folders.ts';

/** Carries what owners change to the other processes on the database, and what they changed there into our folder. */
export interface Sharing {
  /**
   * Does something to the folder, after what the others did, and while nothing of theirs is written; once more, from its
   * beginning, when one of them was quicker to `put` the same document.
   */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Tells the others what a document is from now on; once it resolves it cannot be lost. To be called within a turn. */
  put(id: string, state: DocumentState, texts: () => Promise<DocumentTexts>, more?: PutMore): Promise<void>;
  /** What a document was made from, wherever it came in. */
  original(id: string): Promise<Original | undefined>;
  /** Lets what was changed last go live everywhere. */
  force(): Promise<void>;
  /** Writes what has changed into our folder, by version. Returns all that was written since it was last called. */
  catchUp(): Promise<CaughtUp>;
}

export interface PutMore {
  /** Lets it go live whatever labelled questions come to. */
  readonly forced?: boolean;
  readonly original?: Original;
}

export interface CaughtUp {
  /** Documents of whose folders something was written or taken away. */
  readonly written: readonly string[];
  /** Whether something of it is to go live whatever labelled questions come to. */
  readonly forced: boolean;
}

const NOTHING: CaughtUp = { written: [], forced: false };

/** A process that has its folder to itself. */
export const ALONE: Sharing = {
  turn: (work) => work(),
  put: async () => {},
  original: async () => undefined,
  force: async () => {},
  catchUp: async () => NOTHING,
};

export interface SharingOptions {
  readonly knowledge: string;
  readonly documents: StoredDocuments;
  /** Says that something is stored. */
  readonly ring: () => void;
  /** Told of a row that cannot be a document. */
  readonly damaged: (id: string) => void;
}

export function createSharing({ knowledge, documents, ring, damaged }: SharingOptions): Sharing {
  /** What our folder has of the others: from nothing at each start, so that a folder that is older is made up for. */
  let seen = 0;
  let caughtUp = NOTHING;
  let last: Promise<unknown> = Promise.resolve();

  async function look(): Promise<void> {
    for (const one of await documents.since(seen)) {
      const { id, version, forced } = one;
      const changed = await write(one);
      seen = version;
      caughtUp = {
        written: changed ? [...caughtUp.written, id] : caughtUp.written,
        forced: caughtUp.forced || forced,
      };
    }
  }

  async function write({ id, state }: StoredDocument): Promise<boolean> {
    const texts = await documents.texts(id);
    if (!texts || !isDocument(id, state, texts)) {
      damaged(id);
      return false;
    }
    return await bringAbout(knowledge, id, state, texts);
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  }

  return {
    turn: (work) =>
      inTurn(async () => {
        for (;;) {
          await look();
          try {
            return await work();
          } catch (cause) {
            if (!(cause instanceof Overtaken)) throw cause;
          }
        }
      }),
    async put(id, state, texts, { forced = false, original } = {}) {
      if (!(await documents.put({ id, state, forced, texts: await texts(), original }, seen))) throw new Overtaken();
      ring();
    },
    original: documents.original,
    async force() {
      await documents.force();
      ring();
    },
    catchUp: () =>
      inTurn(async () => {
        await look();
        const all = caughtUp;
        caughtUp = NOTHING;
        return all;
      }),
  };
}

/** The document was changed on another process since we looked. */
class Overtaken extends Error {}

const SOURCE = 'source.md';
/** What a neighbour in the database could name otherwise: a path is one of those that a document has, and no way out. */
const TEXT = /^(?:source\.md|(?:questions|slogans|tests)\.yaml|questions\/[^./\\\0][^/\\\0]{0,79}\.yaml)$/;
const ID = /^[^./\\\0][^/\\\0]{0,79}$/;

function isDocument(id: string, state: string, texts: DocumentTexts): boolean {
  if (!ID.test(id) || !Object.keys(texts).every((path) => TEXT.test(path))) return false;
  return state === 'withdrawn' || ((state === 'enabled' || state === 'disabled') && SOURCE in texts);
}

/** The texts of a document's folder. What it was made from stays where it came in. */
export async function textsOf(folder: string): Promise<DocumentTexts> {
  const paths = (await readdir(folder, { recursive: true }).catch(() => [])).filter((path) => TEXT.test(path));
  const texts = paths.toSorted().map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Makes the folder say what is stored. Returns whether it did not. */
async function bringAbout(knowledge: string, id: string, state: DocumentState, texts: DocumentTexts): Promise<boolean> {
  const move = async (from: string, to: string) =>
    (await isThere(join(knowledge, from, id))) && (await moveFolder(knowledge, id, from, to));
  if (state === 'withdrawn') {
    const enabled = await move('', WITHDRAWN);
    return (await move(DISABLED, WITHDRAWN)) || enabled;
  }
  const [to, from] = state === 'enabled' ? ['', DISABLED] : [DISABLED, ''];
  const target = join(knowledge, to, id);
  const moved = await move(from, (await isThere(target)) ? WITHDRAWN : to);
  if (isSame(await textsOf(target), texts)) return moved;
  const beside = join(knowledge, `.incoming-${randomUUID()}`);
  const gone = `${beside}-gone`;
  try {
    await writeTexts(beside, target, texts);
    await mkdir(join(knowledge, to), { recursive: true });
    // Nobody sees a folder half written: it is the old one, for a moment none, and then the new one.
    if (await isThere(target)) await rename(target, gone);
    await rename(beside, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
    await rm(gone, { recursive: true, force: true });
  }
  return true;
}

async function isThere(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => undefined)) !== undefined;
}

async function writeTexts(folder: string, older: string, texts: DocumentTexts): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flush: true });
  }
  // Of another text it is not what this one was made from; a keeper's words about it are no other text.
  const before = await readFile(join(older, SOURCE), 'utf8').catch(() => '');
  if (splitSource(before).body !== splitSource(texts[SOURCE] ?? '').body) return;
  const originals = (await readdir(older)).filter((name) => name.startsWith('original.'));
  for (const name of originals) await copyFile(join(older, name), join(folder, name));
}

function isSame(one: DocumentTexts, other: DocumentTexts): boolean {
  const paths = Object.keys(one);
  return paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path]);
}
