import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { splitSource } from '../knowledge/source.ts';
import { DISABLED, type KnownFolder, knownFolders, moveFolder, WITHDRAWN, writeWhole } from './folders.ts';
import { ALONE, type Sharing, textsOf } from './sharing.ts';

/** The documents there are, answering or not. Each change is one rename: it is done or not, whatever happens meanwhile. */
export interface Shelf {
  list(): Promise<readonly Shelved[]>;
  enable(name: string): Promise<boolean>;
  disable(name: string): Promise<boolean>;
  /** Takes it away for good; the folder is kept beside, for somebody at the machine. */
  withdraw(name: string): Promise<boolean>;
  /** Says in its front matter what took its place; undefined: that nothing did. */
  supersede(name: string, by: string | undefined): Promise<boolean>;
  /** The files of a document to hand out: its text, and what it was made from. */
  files(name: string): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
}

export interface Shelved extends KnownFolder {
  readonly enabled: boolean;
}

/** A document is changed here after the others were told: a change that only one process knew would never reach them. */
export function openShelf(
  knowledge: string,
  { turn, put, original }: Pick<Sharing, 'turn' | 'put' | 'original'> = ALONE,
): Shelf {
  const move = (name: string, from: string, to: string) => moveFolder(knowledge, name, from, to);

  async function placeOf(name: string): Promise<string | undefined> {
    const found = (await listHere()).find((one) => one.name === name);
    return found && join(knowledge, found.enabled ? '' : DISABLED, name);
  }

  async function listHere(): Promise<readonly Shelved[]> {
    const [enabled, disabled] = await Promise.all([knownFolders(knowledge), knownFolders(join(knowledge, DISABLED))]);
    return [
      ...enabled.map((folder) => ({ ...folder, enabled: true })),
      ...disabled.map((folder) => ({ ...folder, enabled: false })),
    ];
  }

  return {
    // What the others did is on it, also where one of them did it a moment ago.
    list: () => turn(listHere),
    enable: (name) =>
      turn(async () => {
        const place = await placeOf(name);
        if (place !== undefined) await put(name, 'enabled', () => textsOf(place));
        return await move(name, DISABLED, '');
      }),
    disable: (name) =>
      turn(async () => {
        const place = await placeOf(name);
        if (place !== undefined) await put(name, 'disabled', () => textsOf(place));
        return await move(name, '', DISABLED);
      }),
    withdraw: (name) =>
      turn(async () => {
        await put(name, 'withdrawn', async () => ({}));
        return (await move(name, '', WITHDRAWN)) || (await move(name, DISABLED, WITHDRAWN));
      }),
    supersede: (name, by) =>
      turn(async () => {
        const found = (await listHere()).find((one) => one.name === name);
        if (!found) return false;
        const place = join(knowledge, found.enabled ? '' : DISABLED, name);
        const path = join(place, 'source.md');
        const text = withSuccessor(await readFile(path, 'utf8'), by);
        const texts = async () => ({ ...(await textsOf(place)), 'source.md': text });
        await put(name, found.enabled ? 'enabled' : 'disabled', texts);
        await writeWhole(path, text);
        return true;
      }),
    async files(name) {
      const place = await placeOf(name);
      if (place === undefined) return [];
      const stored = await original(name);
      const names = (await readdir(place)).filter(
        (file) => file === 'source.md' || (!stored && /^original\.(?!sha256$)/.test(file)),
      );
      const files = await Promise.all(
        names
          .toSorted()
          .map(async (file) => ({ name: file, bytes: new Uint8Array(await readFile(join(place, file))) })),
      );
      return stored ? [stored, ...files] : files;
    },
  };
}

/** Only that line of the front matter is touched: what else a keeper wrote stays as it is. */
function withSuccessor(text: string, by: string | undefined): string {
  const { head = '', body } = splitSource(text);
  const others = head.replace(/^superseded_by:.*(?:\r?\n|$)/m, '').replace(/\n?$/, '\n');
  const line = by === undefined ? '' : dump({ superseded_by: by }, { lineWidth: -1 });
  return `---\n${others}${line}---\n${body}`;
}
