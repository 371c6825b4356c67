import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShelf } from '../../src/keeper/shelf.ts';
import { loadFolder } from '../../src/knowledge/folder.ts';
import { SHIPPED } from '../shipped.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

let knowledge: string;
beforeEach(async () => {
  knowledge = await mkdtemp(join(tmpdir(), 'wence-kill-'));
  await cp(join(SHIPPED, 'slogans'), join(knowledge, 'slogans'), { recursive: true });
});
afterEach(() => rm(knowledge, { recursive: true, force: true }));

// At whatever moment: by the number of documents that were taken in, and some microseconds more.
it.each([1, 2, 5, 9])(
  'killed after %i documents, nothing half written is loaded, and nothing taken in is lost',
  async (count) => {
    const child = spawn(process.execPath, [CHILD, knowledge], { stdio: ['ignore', 'pipe', 'inherit'] });
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
    const names = (await readdir(join(knowledge, '.drafts'))).filter((name) => name.endsWith('.json'));
    const drafts = await Promise.all(
      names.map(
        async (name) => JSON.parse(await readFile(join(knowledge, '.drafts', name), 'utf8')).document.title as string,
      ),
    );
    expect(safe.length).toBeGreaterThanOrEqual(count);
    expect(safe.filter((title) => !shelved.includes(title) && !drafts.includes(title))).toEqual([]);
    expect(new Set(shelved).size).toBe(shelved.length);
  },
);
