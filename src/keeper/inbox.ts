import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './folders.ts';

/** Something an owner sent that is to become a draft. */
export interface Job {
  /** Of the update that brought it: a repeated update is the same job. */
  readonly id: number;
  readonly chatId: number;
  readonly messageId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly content:
    | { readonly kind: 'file'; readonly fileId: string; readonly name: string }
    | { readonly kind: 'text'; readonly text: string };
}

/** What was sent and not yet read. It is on the disk before Telegram is told that it arrived. */
export interface Inbox {
  put(job: Job): Promise<void>;
  /** Earliest first. */
  waiting(): Promise<readonly Job[]>;
  remove(id: number): Promise<void>;
}

const FOLDER = '.inbox';

export function openInbox(knowledge: string): Inbox {
  const folder = join(knowledge, FOLDER);
  return {
    async put(job) {
      await mkdir(folder, { recursive: true });
      await writeWhole(join(folder, `${job.id}.json`), JSON.stringify(job));
    },
    async waiting() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
      const jobs = await Promise.all(
        names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Job),
      );
      return jobs.toSorted((a, b) => a.id - b.id);
    },
    async remove(id) {
      await rm(join(folder, `${id}.json`), { force: true });
    },
  };
}
