import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShelf } from '../../src/keeper/shelf.ts';
import { loadFolder } from '../../src/knowledge/folder.ts';
import { SHIPPED } from '../shipped.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

let folder: string;
let knowledge: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-kill-'));
  knowledge = join(folder, 'knowledge');
  await cp(join(SHIPPED, 'slogans'), join(knowledge, 'slogans'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// At whatever moment: by the number of documents that were taken in, and some microseconds more.
it.each([1, 2, 5, 9])(
  'killed after %i documents, nothing half written is loaded, and nothing taken in is lost',
  async (count) => {
    const database = join(folder, 'wence.db');
    const child = spawn(process.execPath, [CHILD, knowledge, `sqlite:${database}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.split('\n').length > count) break;
    }
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const safe = said.split('\n').slice(0, -1);

    const { library, problems } = await loadFolder(knowledge);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const { paragraphs } of library.documents) expect(paragraphs.length).toBeGreaterThan(1);
    const shelved = (await openShelf(knowledge).list()).map(({ title }) => title);
    const reader = new DatabaseSync(database, { readOnly: true });
    const drafts = reader
      .prepare('select content from drafts')
      .all()
      .map(({ content }) => JSON.parse(String(content)).document.title as string);
    reader.close();
    expect(safe.length).toBeGreaterThanOrEqual(count);
    expect(safe.filter((title) => !shelved.includes(title) && !drafts.includes(title))).toEqual([]);
    expect(new Set(shelved).size).toBe(shelved.length);
  },
);
