import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../knowledge/folders.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

async function preflight(folder: string, options: readonly string[] = []) {
  const args = [...options, '-r', './scripts/preflight.cjs', '-e', 'console.log("goes on")'];
  const child = spawn(process.execPath, args, { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

it('before npm ci one line says what to do', async () => {
  const folder = await temporaryFolder({});
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await cp(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  await cp(join(PROJECT, 'scripts/preflight.cjs'), join(folder, 'scripts/preflight.cjs'));
  const { code, stdout, stderr } = await preflight(folder);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^还没有安装：[^\n]*npm ci[^\n]*\n$/);
});

it('a Node that does not strip types is told of in one line', async () => {
  const { code, stdout, stderr } = await preflight(PROJECT, ['--no-experimental-strip-types']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^这里的 Node v[\d.]+ 不能运行 TypeScript：[^\n]*\n$/);
});

it('else nothing is said', async () => {
  expect(await preflight(PROJECT)).toEqual({ code: 0, stdout: 'goes on\n', stderr: '' });
});

it('stands before every command of the project that is ours', async () => {
  const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default;
  const ours = Object.entries(scripts).filter(([, command]) => /\bnode\b/.test(command));
  expect(ours.length).toBeGreaterThan(8);
  for (const [name, command] of ours) expect(command, name).toContain('scripts/preflight.cjs');
});
