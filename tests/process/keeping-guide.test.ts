import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/store.ts';
import { run } from '../cli/run.ts';
import { createPlace, MAIN } from './child.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SILENT = { info() {}, warn() {}, error() {} };

/** The commands of the guide, in its order. */
async function commandsIn(path: string): Promise<readonly string[]> {
  const text = await readFile(join(ROOT, path), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, lines = '']) => lines.trim().split('\n'));
}

it('the keeper’s guide works from nothing, command by command', async ({ onTestFinished }) => {
  const commands = await commandsIn('docs/keeping.zh-CN.md');
  expect(commands.length).toBeGreaterThan(10);
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const place = await createPlace(onTestFinished);
  const knowledge = join(place.folder, 'own');
  await mkdir(join(place.folder, 'data'));
  await copyFile(join(ROOT, 'tests/fixtures/importing/notice.docx'), join(place.folder, '办法.docx'));
  const database = `sqlite:${join(place.folder, 'data', 'wence.db')}`;
  // As the bot has made it by then.
  await (await openStore({ url: database, now: Date.now, log: SILENT })).close();
  const said = new Map<string, string>();
  for (const command of commands) {
    if (command === 'npm install') continue;
    if (command === 'npm start') {
      expect(`node -r ./scripts/preflight.cjs ${MAIN.slice(ROOT.length)}`).toBe(scripts.start);
      const child = place.start({ BOT_TOKEN: '', LOG_LEVEL: 'warn', PORT: '0' });
      await child.says(/试用页：http\S+\n/);
      child.kill('SIGTERM');
      await child.ended;
      continue;
    }
    const [, name = '', rest = ''] = /^npm run (?:-s )?([\w:]+)(?: -- (.*))?$/.exec(command) ?? [];
    expect(scripts[name], command).toContain('src/cli/main.ts');
    const args = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const inPlace = args.map((arg) => (/\.(?:docx|csv|db)$/.test(arg) ? join(place.folder, arg) : arg));
    const { code, stdout, stderr } = await run([name, ...inPlace], 'y\nq\n', {
      KNOWLEDGE_DIR: knowledge,
      DATABASE_URL: database,
    });
    expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' });
    said.set(command, stdout);
  }
  expect(said.get('npm run -s ask -- "违规停放的共享单车多久移走"')).toContain('2小时内将违规停放的车辆移走');
  expect([...said].find(([command]) => command.includes('suggest'))?.[1]).toContain('收下 1 个问法');
  expect([...said].find(([command]) => command.includes('export'))?.[1]).toContain('1 个问法');
}, 60_000);
