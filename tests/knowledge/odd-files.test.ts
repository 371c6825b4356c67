import { spawnSync } from 'node:child_process';
import { mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadFolder } from '../../src/knowledge/folder.ts';
import { describeProblem } from '../../src/messages/problems.ts';
import { goodFiles, lines, QUESTIONS, SOURCE, temporaryFolder } from './folders.ts';

/** What `check` says of a folder of good files to which something was done: file, severity, code. */
async function said(change: (folder: string) => Promise<unknown>): Promise<readonly string[]> {
  const folder = await temporaryFolder(goodFiles());
  await change(folder);
  const { problems } = await loadFolder(folder);
  return problems.map(({ file, line, severity, detail }) =>
    [`${file.slice(folder.length + 1)}:${line}`, severity, detail.code].join(' '),
  );
}

const cases: readonly (readonly [string, (folder: string) => Promise<unknown>, readonly string[]])[] = [
  [
    'a folder that only points to another is named',
    (folder) => symlink(join(folder, 'notice'), join(folder, 'other')),
    ['other:1 error link'],
  ],
  ['one that points nowhere too', (folder) => symlink('/nowhere', join(folder, 'other')), ['other:1 error link']],
  [
    'a file that points to another is read as it stands there',
    async (folder) => {
      await rename(join(folder, 'notice', 'source.md'), join(folder, 'text.md'));
      await symlink(join(folder, 'text.md'), join(folder, 'notice', 'source.md'));
    },
    [],
  ],
  [
    'a file that we do not know is named',
    (folder) => writeFile(join(folder, 'notice', 'questions.yml'), QUESTIONS),
    ['notice/questions.yml:1 warning unknown-file'],
  ],
  [
    'a folder in a folder too',
    (folder) => mkdir(join(folder, 'notice', 'older')),
    ['notice/older:1 warning unknown-file'],
  ],
  [
    'terms under a name that is no name is named',
    (folder) => writeFile(join(folder, 'terms.yml'), '物业: [管理处]\n'),
    ['terms.yml:1 warning unknown-file'],
  ],
  ['what begins with a dot is left alone', (folder) => writeFile(join(folder, 'notice', '.DS_Store'), ''), []],
  [
    'a second document in questions.yaml is named',
    (folder) => writeFile(join(folder, 'notice', 'questions.yaml'), `${QUESTIONS}---\nsections: []\n`),
    ['notice/questions.yaml:23 error second-document'],
  ],
  [
    'an empty one in terms.yaml too',
    (folder) => writeFile(join(folder, 'terms.yaml'), lines('物业: [管理处]', '---')),
    ['terms.yaml:2 error second-document'],
  ],
  [
    'a second front matter too',
    (folder) => writeFile(join(folder, 'notice', 'source.md'), SOURCE.replace('\n\n', '\n---\ntitle: 乙\n---\n\n')),
    ['notice/source.md:5 error second-document'],
  ],
  [
    'a pipe is not waited for',
    async (folder) => spawnSync('mkfifo', [join(folder, 'notice', 'slogans.yaml')]),
    ['notice/slogans.yaml:1 error no-file'],
  ],
  [
    'a device that never ends is not read',
    (folder) => symlink('/dev/zero', join(folder, 'terms.yaml')),
    ['terms.yaml:1 error no-file'],
  ],
  [
    'a file without end is not read',
    (folder) => truncate(join(folder, 'notice', 'questions.yaml'), 2 ** 40),
    ['notice/questions.yaml:1 error too-large'],
  ],
];

it.each(cases)('%s', async (_, change, expected) => {
  expect(await said(change)).toEqual(expected);
});

it('every one of them is a sentence that says what to do', async () => {
  for (const [, change] of cases) {
    const folder = await temporaryFolder(goodFiles());
    await change(folder);
    for (const problem of (await loadFolder(folder)).problems) expect(describeProblem(problem)).toMatch(/请.+。$/);
  }
});

it('more problems than a call takes arguments are no problem', async () => {
  const marks = Array.from({ length: 140_000 }, () => '          - ！\n').join('');
  const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join('');
  const { problems } = await loadFolder(
    await temporaryFolder(
      goodFiles({ 'notice/questions.yaml': QUESTIONS.replace('          - 停车多少钱\n', (own) => own + marks) }),
    ),
  );
  expect(problems).toHaveLength(140_000);
  const folder = await temporaryFolder(goodFiles({ 'notice/questions.yaml': `sections: []\n${keys}` }));
  expect((await loadFolder(folder)).problems).toHaveLength(20_000);
});
