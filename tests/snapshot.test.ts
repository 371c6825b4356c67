import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../src/engine.ts';
import { KnowledgeError } from '../src/knowledge/knowledge-error.ts';
import { readLibrary } from '../src/phrasings/reading.ts';
import { CODE, LIBRARIES, openSnapshot } from '../src/snapshot.ts';
import { SHIPPED } from './shipped.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-snapshot-'));
  await cp(join(SHIPPED, 'slogans'), join(folder, 'slogans'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const kept = async () => (await openSnapshot(folder)).load();

describe('what was read of a folder', () => {
  it('is kept beside it, and answers as what was read', async () => {
    expect(await kept()).toBeUndefined();
    const first = await openEngine(folder);
    expect(await kept()).toBeDefined();
    const second = await openEngine(folder);
    expect(second.library).toEqual(first.library);
    for (const question of ['森林防火的标语', '标语谁做的', '今天天气', '標語全文']) {
      expect(second.answerer.answer(question)).toEqual(first.answerer.answer(question));
    }
  });

  it('is void once a text has changed', async () => {
    await openEngine(folder);
    await appendFile(join(folder, 'slogans', 'questions.yaml'), '\n# 注\n');
    expect(await kept()).toBeUndefined();
    await openEngine(folder);
    await writeFile(join(folder, 'terms.yaml'), '标语: [口号]\n');
    expect(await kept()).toBeUndefined();
  });

  it('is void once a library is of another version', async () => {
    const installed = ['opencc-js 1.4.2', 'yaml 2.9.1'];
    const read = { library: { documents: [], terms: [] }, reading: readLibrary({ documents: [], terms: [] }) };
    await (await openSnapshot(folder, installed)).save(read);
    expect(await (await openSnapshot(folder, installed)).load()).toBeDefined();
    expect(await (await openSnapshot(folder, ['opencc-js 1.4.3', 'yaml 2.9.1'])).load()).toBeUndefined();
    expect(await kept()).toBeUndefined();
  });

  it('names every library that the code calls by which texts are read', async () => {
    const called = new Set<string>();
    for (const room of CODE) {
      for (const file of await readdir(room)) {
        const text = await readFile(join(room, file), 'utf8');
        for (const [, name = ''] of text.matchAll(/ from '((?!node:)[^.'/][^'/]*)/g)) called.add(name);
      }
    }
    expect([...called].toSorted()).toEqual(LIBRARIES);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    [
      'one bit different',
      (bytes: Buffer) => bytes.fill((bytes.at(-50) ?? 0) ^ 1, bytes.length - 50, bytes.length - 49),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('is not used when it is %s', async (_, damage) => {
    await openEngine(folder);
    const file = join(folder, '.snapshot');
    await writeFile(file, damage(await readFile(file)));
    expect(await kept()).toBeUndefined();
    expect((await openEngine(folder)).answerer.answer('森林防火的标语').outcome).toBe('answered');
  });

  it('is not kept of a folder with an error in it', async () => {
    await appendFile(join(folder, 'slogans', 'questions.yaml'), '\nunknown: 1\n');
    await expect(openEngine(folder)).rejects.toThrow(KnowledgeError);
    expect(await kept()).toBeUndefined();
  });
});
