import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { loadKnowledge } from '../../src/loading/loading.ts';
import { goodFiles, lines, temporaryFolder } from '../knowledge/folders.ts';

const TESTS = lines('- question: 停车多少钱', '  gold: [每月80元]', '- question: 能养狗吗', '  gold: null');

async function checked(folder: string, force = false) {
  const printed: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const code = await check.run({ force }, [folder]).finally(() => spy.mockRestore());
  return { code, printed: printed.join('') };
}

describe('check asks the labelled questions of a folder', () => {
  it('and has nothing to say where all are answered as labelled', async () => {
    const folder = await temporaryFolder(goodFiles({ 'tests.yaml': TESTS }));
    expect(await checked(folder)).toMatchObject({ code: 0, printed: expect.not.stringContaining('tests.yaml') });
  });

  it('prints those that are not, exits 1, and 0 where that is accepted', async () => {
    const folder = await temporaryFolder(goodFiles({ 'notice/tests.yaml': TESTS.replace('80元', '70元') }));
    const { code, printed } = await checked(folder);
    expect(code).toBe(1);
    expect(printed).toContain('有 1 个问题');
    expect(printed).toContain('停车多少钱');
    expect((await checked(folder, true)).code).toBe(0);
    const { fingerprint } = await loadKnowledge(folder);
    expect(await readFile(join(folder, '.accepted'), 'utf8')).toBe(`${fingerprint}\n`);
  });

  it('and names the line of what is no labelled question', async () => {
    const folder = await temporaryFolder(goodFiles({ 'tests.yaml': TESTS.replace('gold: null', 'golden: null') }));
    const { code, printed } = await checked(folder);
    expect(code).toBe(1);
    expect(printed).toMatch(/tests\.yaml:\d+:\d+ 错误/);
  });
});
