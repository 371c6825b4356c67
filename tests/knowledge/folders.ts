import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files of a knowledge folder by their paths inside it. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes a folder that is gone when the test has finished, and returns its path. */
export async function temporaryFolder(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** The lines of a file, each ended. */
export function lines(...rows: string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}

export const SOURCE = lines(
  '---', // 1
  'title: 物业公告', // 2
  'publisher: 幸福小区', // 3
  '---', // 4
  '', // 5
  '电梯每月检修一次，由物业负责。', // 6
  '', // 7
  '“停车费”每月80元。', // 8
);

export const QUESTIONS = lines(
  'sections:', // 1
  '  - id: lift', // 2
  '    title: 电梯', // 3
  '    ask:', // 4
  '      - 电梯的事都有哪些', // 5
  '    points:', // 6
  '      - id: lift-check', // 7
  '        title: 多久检修', // 8
  '        quote: 电梯每月检修一次', // 9
  '        ask:', // 10
  '          - 电梯多久检修', // 11
  '  - id: parking', // 12
  '    title: 停车', // 13
  '    points:', // 14
  '      - id: fee', // 15
  '        title: 停车费', // 16
  '        quote: “停车费”每月80元。', // 17
  '        answer: 80元', // 18
  '        ask:', // 19
  '          - 停车多少钱', // 20
  '        not:', // 21
  '          - 停车位够不够', // 22
);

/** A small folder in which nothing is wrong; `changes` replace or add files. */
export function goodFiles(changes: Files = {}): Files {
  return { 'notice/source.md': SOURCE, 'notice/questions.yaml': QUESTIONS, ...changes };
}
