import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { GivenFile } from '../importing/file.ts';
import type { Imported } from '../importing/imported.ts';
import type { StoredDrafts } from '../storage/drafts.ts';
import {
  type KnownFolder,
  knownFolders,
  namesTaken,
  newFolderName,
  originalName,
  replaceFolder,
  sameDocument,
  sourceInPlaceOf,
  writeFolder,
} from './folders.ts';
import { ALONE, type Sharing, textsOf } from './sharing.ts';

/** A document that came in and waits for its keeper's word. */
export interface Draft {
  /** Of `0-9a-z`, at most 11: for button data. The same for the same file. */
  readonly key: string;
  readonly fileName: string;
  readonly document: Imported;
}

/** What waits is in the database: it outlives a crash, and whichever process hears the keeper's word has it. */
export interface Drafts {
  add(document: Imported, file: GivenFile, chatId: number): Promise<Draft>;
  get(key: string): Promise<Draft | undefined>;
  /** The folder that holds the same document already, and would be replaced. */
  twin(draft: Draft): Promise<KnownFolder | undefined>;
  retitle(key: string, title: string): Promise<Draft | undefined>;
  /** Makes a folder of it, or puts it in the place of its twin. Returns the folder's name; undefined when it is gone. */
  accept(key: string): Promise<{ readonly folder: string; readonly replaced: boolean } | undefined>;
  drop(key: string): Promise<void>;
}

interface Kept {
  readonly version: 1;
  readonly fileName: string;
  readonly document: Imported;
}

export function createDrafts(
  knowledge: string,
  stored: StoredDrafts,
  { turn, put }: Pick<Sharing, 'turn' | 'put'> = ALONE,
): Drafts {
  async function get(key: string): Promise<Draft | undefined> {
    const kept = (await stored.content(key)) as Kept | undefined;
    return kept?.version === 1 ? { key, fileName: kept.fileName, document: kept.document } : undefined;
  }

  return {
    async add(document, { name, bytes }, chatId) {
      const draft = { key: keyOf(bytes, document.title), fileName: name, document };
      await stored.put({ key: draft.key, chatId, content: keptOf(draft), original: bytes });
      return draft;
    },
    get,
    twin: ({ document }) => turn(async () => sameDocument(document, await knownFolders(knowledge))),
    async retitle(key, title) {
      const draft = await get(key);
      if (!draft) return undefined;
      const { doubts, ...document } = draft.document;
      const known = doubts.filter(({ detail }) => detail.code !== 'title-guessed');
      const changed = { ...draft, document: { ...document, title, label: undefined, doubts: known } };
      await stored.change(key, keptOf(changed));
      return changed;
    },
    accept: (key) =>
      turn(async () => {
        const draft = await get(key);
        const bytes = await stored.original(key);
        if (!draft || !bytes) return undefined;
        const { document, fileName } = draft;
        const file = { name: fileName, bytes };
        const folders = await knownFolders(knowledge);
        const twin = sameDocument(document, folders);
        const name = twin?.name ?? newFolderName(document, file, await namesTaken(knowledge));
        const source = sourceInPlaceOf(document, twin);
        const texts = async () => ({ ...(await textsOf(join(knowledge, name))), 'source.md': source });
        await put(name, 'enabled', texts, { original: { name: originalName(fileName), bytes } });
        if (twin) await replaceFolder(knowledge, twin, document, file);
        else await writeFolder(knowledge, name, document, file);
        await stored.remove(key);
        return { folder: name, replaced: twin !== undefined };
      }),
    drop: stored.remove,
  };
}

function keptOf({ fileName, document }: Draft): Kept {
  return { version: 1, fileName, document };
}

/** 50 bits: as many drafts as anybody has are told apart. */
function keyOf(bytes: Uint8Array, title: string): string {
  const sum = createHash('sha256').update(bytes).update(title).digest('hex');
  return Number.parseInt(sum.slice(0, 13), 16).toString(36);
}
