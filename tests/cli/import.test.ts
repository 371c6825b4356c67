import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from './run.ts';

const SAMPLES = fileURLToPath(new URL('../fixtures/importing/', import.meta.url));

let home: string;
let knowledge: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wence-import-'));
  knowledge = join(home, 'knowledge');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const importing = (...args: string[]) => call(['import', '--knowledge', knowledge, ...args]);

describe('npm run import', () => {
  it('takes a folder of files, keeps each beside what was made of it, and its sum; check finds nothing wrong', async () => {
    const files = join(home, 'files');
    await mkdir(files);
    for (const name of ['notice.docx', 'answers-gb18030.txt', 'scan.pdf'])
      await cp(join(SAMPLES, name), join(files, name));
    const { code, stdout } = await importing(files);
    expect(code).toBe(1);
    expect(stdout).toContain('这是扫描件');
    expect(stdout).toContain('收进 2 份');
    expect(stdout).toMatch(/answers-gb18030\/source\.md:1 请看：编码是猜的：gb18030/);
    expect((await readdir(knowledge)).toSorted()).toEqual(['answers-gb18030', 'notice']);
    const folder = join(knowledge, 'notice');
    expect((await readdir(folder)).toSorted()).toEqual(['original.docx', 'original.sha256', 'source.md']);
    const original = await readFile(join(folder, 'original.docx'));
    expect(original).toEqual(await readFile(join(SAMPLES, 'notice.docx')));
    const sum = createHash('sha256').update(original).digest('hex');
    expect(await readFile(join(folder, 'original.sha256'), 'utf8')).toBe(`${sum}  original.docx\n`);
    const checked = await call(['check', knowledge]);
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('2 份文件')]);
  });

  it('names the line of what it was unsure of', async () => {
    const press = fileURLToPath(new URL('../fixtures/press-text.txt', import.meta.url));
    const { stdout } = await importing(press);
    const [, path = '', line = ''] =
      /(\S+source\.md):(\d+) 请看：断开的句子接上了：「…[^｜]*最迫切、｜最集中/.exec(stdout) ?? [];
    expect((await readFile(path, 'utf8')).split('\n')[Number(line) - 1]).toContain('最迫切、最集中');
  });

  it('overwrites nothing without --replace, and with it keeps what the keeper wrote', async () => {
    await importing(join(SAMPLES, 'notice.docx'));
    const source = join(knowledge, 'notice', 'source.md');
    const edited = (await readFile(source, 'utf8'))
      .replace(/^label: .*$/m, 'label: 停车办法')
      .replace('第二条', '第二条（改）');
    await writeFile(source, edited);
    await writeFile(join(knowledge, 'notice', 'questions.yaml'), 'sections: []\n');
    const again = await importing(join(SAMPLES, 'notice.html'));
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('--replace')]);
    expect(await readFile(source, 'utf8')).toBe(edited);
    const replaced = await importing('--replace', join(SAMPLES, 'notice.html'));
    expect([replaced.code, replaced.stdout]).toEqual([0, expect.stringContaining('已替换')]);
    const now = await readFile(source, 'utf8');
    expect(now).toContain('label: 停车办法');
    expect(now).not.toContain('（改）');
    expect((await readdir(join(knowledge, 'notice'))).toSorted()).toEqual([
      'original.html',
      'original.sha256',
      'questions.yaml',
      'source.md',
    ]);
  });

  it('says how to call it, and what it cannot find', async () => {
    expect((await importing()).stderr).toContain('import FILE|FOLDER');
    expect(await importing(join(home, 'nothing.docx'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing.docx'),
    });
  });
});
