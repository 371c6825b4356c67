import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadSchema } from '../src/schema/load.ts';
import { start } from './harness.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('the first test that the README shows is one of these', async () => {
  expect(await read('../README.md')).toContain(`\`\`\`ts\n${await read('./first.test.ts')}\`\`\``);
});

test('the README names the methods that are played', async () => {
  const { call } = await start();
  const played = [];
  for (const name of Object.keys(loadSchema().methods)) {
    // These two would end the session, or wait for nobody.
    if (name === 'logOut' || name === 'setWebhook') played.push(name);
    else if (!(await call(name)).description?.startsWith('Not Found')) played.push(name);
  }
  const [, section = ''] = (await read('../README.md')).split('## Methods that are played\n');
  const named = [...(section.split('\n## ')[0] ?? '').matchAll(/`([a-zA-Z]+)`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(played.toSorted());
});
