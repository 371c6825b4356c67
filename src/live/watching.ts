import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SECTIONS } from '../knowledge/folder.ts';

export interface Watching {
  stop(): void;
}

export interface WatchTimes {
  /** An editor writes beside a file and renames; a folder is copied file by file: it is over when so long nothing came. */
  readonly quietMs: number;
  /** Somebody who never stops is looked at all the same. */
  readonly mostMs: number;
  /** Where nothing can be watched (a network share, no watches left) it is looked at so often. */
  readonly pollMs: number;
}

export const WATCH_TIMES: WatchTimes = { quietMs: 150, mostMs: 600, pollMs: 5_000 };

/** What the folder's own program writes begins with a dot, and so does what editors leave there; but for this file. */
export const ACCEPTED = '.accepted';

/**
 * Calls back a little after files in a folder, in its documents' or in their questions' have changed, from when the
 * promise settles.
 * Folders are watched, not files: so what is renamed onto a file is seen, and a folder that appears, goes or comes in
 * place of another.
 */
export async function watchFolder(
  folder: string,
  changed: () => void,
  failed: (cause: unknown) => void,
  { quietMs, mostMs, pollMs }: WatchTimes = WATCH_TIMES,
): Promise<Watching> {
  const inside = new Map<string, { readonly inode: number; readonly watcher: FSWatcher }>();
  let stopped = false;
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  const root = open(folder);
  await lookInside(() => {});

  return {
    stop() {
      stopped = true;
      for (const timer of [quiet, latest, polling]) clearTimeout(timer);
      root?.close();
      for (const { watcher } of inside.values()) watcher.close();
    },
  };

  function open(path: string): FSWatcher | undefined {
    try {
      return watch(path, { persistent: false }, note).on('error', giveUp);
    } catch (cause) {
      giveUp(cause);
      return undefined;
    }
  }

  function giveUp(cause: unknown): void {
    if (stopped || polling) return;
    failed(cause);
    polling = setInterval(changed, pollMs).unref();
  }

  function note(_: string, name: string | null): void {
    if (name?.startsWith('.') && name !== ACCEPTED) return;
    soon();
    // What came into a new folder before it was watched is a change as well.
    looking = looking.then(() => lookInside(soon));
  }

  function soon(): void {
    if (stopped) return;
    clearTimeout(quiet);
    quiet = setTimeout(call, quietMs).unref();
    latest ??= setTimeout(call, mostMs).unref();
  }

  function call(): void {
    clearTimeout(quiet);
    clearTimeout(latest);
    latest = undefined;
    changed();
  }

  /** Watches the documents' folders that are there now, with those of their questions, and tells of each that is new. */
  async function lookInside(isNew: () => void): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const names = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .flatMap(({ name }) => [name, join(name, SECTIONS)]);
    for (const [name, { watcher }] of inside) {
      if (names.includes(name)) continue;
      watcher.close();
      inside.delete(name);
    }
    for (const name of names) {
      const { ino: inode } = await stat(join(folder, name)).catch(() => ({ ino: undefined }));
      const known = inside.get(name);
      if (stopped || inode === undefined || known?.inode === inode) continue;
      known?.watcher.close();
      const watcher = open(join(folder, name));
      if (watcher) inside.set(name, { inode, watcher });
      isNew();
    }
  }
}
