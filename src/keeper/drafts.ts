import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GivenFile } from '../importing/file.ts';
import type { Imported } from '../importing/imported.ts';
import {
  type KnownFolder,
  knownFolders,
  namesTaken,
  newFolderName,
  replaceFolder,
  sameDocument,
  sourceInPlaceOf,
  writeFolder,
  writeWhole,
} from './folders.ts';
import { ALONE, type Sharing, textsOf } from './sharing.ts';

/** A document that came in and waits for its keeper's word. */
export interface Draft {
  /** Of `0-9a-z`, at most 11: for button data. The same for the same file. */
  readonly key: string;
  readonly fileName: string;
  readonly document: Imported;
}

/** What waits stands below the knowledge folder, where nothing is loaded from; so it outlives a crash. */
export interface Drafts {
  add(document: Imported, file: GivenFile): Promise<Draft>;
  get(key: string): Promise<Draft | undefined>;
  /** The folder that holds the same document already, and would be replaced. */
  twin(draft: Draft): Promise<KnownFolder | undefined>;
  retitle(key: string, title: string): Promise<Draft | undefined>;
  /** Makes a folder of it, or puts it in the place of its twin. Returns the folder's name; undefined when it is gone. */
  accept(key: string): Promise<{ readonly folder: string; readonly replaced: boolean } | undefined>;
  drop(key: string): Promise<void>;
}

const FOLDER = '.drafts';
const KEY = /^[0-9a-z]{1,11}$/;

interface Kept {
  readonly version: 1;
  readonly fileName: string;
  readonly document: Imported;
}

export function openDrafts(knowledge: string, { turn, put }: Pick<Sharing, 'turn' | 'put'> = ALONE): Drafts {
  const folder = join(knowledge, FOLDER);
  const pathOf = (key: string) => join(folder, `${key}.json`);
  const originalOf = (key: string) => join(folder, `${key}.original`);

  async function get(key: string): Promise<Draft | undefined> {
    if (!KEY.test(key)) return undefined;
    const text = await readFile(pathOf(key), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const { fileName, document } = JSON.parse(text) as Kept;
    return { key, fileName, document };
  }

  async function write({ key, fileName, document }: Draft): Promise<void> {
    const kept: Kept = { version: 1, fileName, document };
    await writeWhole(pathOf(key), JSON.stringify(kept));
  }

  const drafts: Drafts = {
    async add(document, { name, bytes }) {
      await mkdir(folder, { recursive: true });
      const draft = { key: keyOf(bytes, document.title), fileName: name, document };
      await writeWhole(originalOf(draft.key), bytes);
      await write(draft);
      return draft;
    },
    get,
    async twin({ document }) {
      return sameDocument(document, await knownFolders(knowledge));
    },
    async retitle(key, title) {
      const draft = await get(key);
      if (!draft) return undefined;
      const { doubts, ...document } = draft.document;
      const known = doubts.filter(({ detail }) => detail.code !== 'title-guessed');
      const changed = { ...draft, document: { ...document, title, label: undefined, doubts: known } };
      await write(changed);
      return changed;
    },
    accept: (key) =>
      turn(async () => {
        const draft = await get(key);
        const bytes = await readFile(originalOf(key)).catch(() => undefined);
        if (!draft || !bytes) return undefined;
        const { document, fileName } = draft;
        const file = { name: fileName, bytes: new Uint8Array(bytes) };
        const folders = await knownFolders(knowledge);
        const twin = sameDocument(document, folders);
        const name = twin?.name ?? newFolderName(document, file, await namesTaken(knowledge));
        const source = sourceInPlaceOf(document, twin);
        await put(name, 'enabled', async () => ({ ...(await textsOf(join(knowledge, name))), 'source.md': source }));
        if (twin) await replaceFolder(knowledge, twin, document, file);
        else await writeFolder(knowledge, name, document, file);
        await drafts.drop(key);
        return { folder: name, replaced: twin !== undefined };
      }),
    async drop(key) {
      if (!KEY.test(key)) return;
      // Without the first it is no draft any more.
      await rm(pathOf(key), { force: true });
      await rm(originalOf(key), { force: true });
    },
  };
  return drafts;
}

/** 50 bits: as many drafts as anybody has are told apart. */
function keyOf(bytes: Uint8Array, title: string): string {
  const sum = createHash('sha256').update(bytes).update(title).digest('hex');
  return Number.parseInt(sum.slice(0, 13), 16).toString(36);
}
