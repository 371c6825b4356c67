import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Writes down the address of every module when the process ends. */
const LISTENING = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  const seen = [];
  registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
  process.on('exit', () => writeSync(2, seen.join('\\n')));
`)}`;

/** Rooms of src and packages that a command loads, besides its own. */
async function loadedBy(...command: readonly string[]): Promise<readonly string[]> {
  const args = ['--import', LISTENING, 'src/cli/main.ts', ...command];
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT }).catch(
    (failed: { readonly stderr: string }) => failed,
  );
  const places = stderr.split('\n').flatMap((url) => {
    const [, name, room] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)|\/(?:src|packages)\/([^/]+)/.exec(url) ?? [];
    return name ?? room ?? (url.includes('/bench/') ? 'bench' : []);
  });
  return [...new Set(places)].filter((place) => place !== 'cli');
}

const HEAVY = ['kysely', 'grammy', 'delivery', 'broadcast', 'telegram', 'telegram-emulator', 'bench', 'learning'];

const ANSWERING = ['answering', 'retrieval', 'phrasings', 'engine.ts'];

test('ask loads what answers, and neither database, Telegram nor benchmarks', async () => {
  const loaded = await loadedBy('ask', '你好');
  expect(loaded).toContain('answering');
  expect(loaded.filter((one) => HEAVY.includes(one))).toEqual([]);
});

test('check loads what reads a folder, and not what answers from it', async () => {
  const loaded = await loadedBy('check', 'no-such-folder');
  expect(loaded).toContain('knowledge');
  expect(loaded.filter((one) => [...HEAVY, ...ANSWERING].includes(one))).toEqual([]);
});

test('a command that does not exist loads none', async () => {
  const loaded = await loadedBy('asc');
  expect(loaded).toContain('messages');
  expect(loaded.filter((one) => [...HEAVY, ...ANSWERING, 'zod', 'js-yaml'].includes(one))).toEqual([]);
});
