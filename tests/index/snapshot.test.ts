import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPassageIndex } from '../../src/passages/passage-index.ts';
import { loadSnapshot, saveSnapshot } from '../../src/passages/snapshot-file.ts';
import { createPassageStore } from '../../src/passages/store.ts';

let folder: string;
let file: string;
const QUESTION = '社区工作者的薪酬由谁定？';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-snapshot-'));
  file = join(folder, 'passages.snapshot');
});
afterAll(() => rm(folder, { recursive: true }));

async function saved() {
  const store = createPassageStore();
  const index = createPassageIndex([{ document: 'a', text: '社区工作者的薪酬由街道办事处定。🙂𠮷野' }], store);
  index.add([
    { document: 'b', text: '电信业务对外开放试点。' },
    { document: 'c', text: 'IDC 50%' },
  ]);
  index.remove('b');
  index.add([{ document: 'd', text: '数据中心' }]);
  await saveSnapshot(file, store.stored(), 'sources 1');
  return index;
}

describe('a snapshot', () => {
  it('answers as what it was made from, and takes further passages', async () => {
    const index = await saved();
    const loaded = createPassageIndex([], createPassageStore(await loadSnapshot(file, 'sources 1')));
    expect(loaded.search(QUESTION, 5)).toEqual(index.search(QUESTION, 5));
    for (const one of [index, loaded]) one.add([{ document: 'e', text: '薪酬体系由区定。' }]);
    expect(loaded.search(QUESTION, 5)).toEqual(index.search(QUESTION, 5));
  });

  it('is undefined when there is no file', async () => {
    expect(await loadSnapshot(join(folder, 'none'), 'sources 1')).toBeUndefined();
  });

  it('is refused when the sources have changed', async () => {
    await saved();
    await expect(loadSnapshot(file, 'sources 2')).rejects.toMatchObject({ code: 'snapshot' });
  });

  it('is refused when cut short, wherever', async () => {
    await saved();
    const bytes = await readFile(file);
    const cut = join(folder, 'cut');
    for (let length = 0; length < bytes.length; length += 211) {
      await writeFile(cut, bytes.subarray(0, length));
      await expect(loadSnapshot(cut, 'sources 1'), `${length} bytes`).rejects.toMatchObject({ code: 'snapshot' });
    }
  });

  it('is refused when any byte is wrong that is read', async () => {
    await saved();
    const bytes = await readFile(file);
    const wrong = join(folder, 'wrong');
    for (let at = 0; at < bytes.length; at += 331) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      await writeFile(wrong, damaged);
      const loaded = await loadSnapshot(wrong, 'sources 1').catch((cause) => cause);
      // Only what pads the header to a multiple of eight is not read.
      if (!(loaded instanceof Error)) expect(bytes[at]).toBe(0);
      else expect(loaded).toMatchObject({ code: 'snapshot' });
    }
  });
});
