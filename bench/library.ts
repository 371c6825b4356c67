import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainDocument } from '../src/evaluation/document-questions.ts';
import { parseStatutes } from '../src/evaluation/statutes.ts';
import type { Document } from '../src/knowledge/document.ts';
import { quantile, round } from './figures.ts';
import { createText } from './scale-text.ts';
import { writeFolder } from './written-folder.ts';

/** What a knowledge folder of many documents costs a keeper. */
export interface LibraryFigures {
  readonly documents: number;
  readonly passages: number;
  readonly phrasings: number;
  /** From the command to the first answer: with nothing kept, … */
  readonly firstStartMs: number;
  /** … and from readings kept. */
  readonly startMs: number;
  /** From saving a file to answers from it: of a text, and of the phrasings of the document that has most. */
  readonly textEditMs: number;
  readonly questionsEditMs: number;
  /** The longest that a question waited while edits went live. */
  readonly waitMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
}

export interface LibraryOptions {
  readonly documents: number;
  /** A folder whose documents have phrasings; the rest is text alone. */
  readonly knowledge: string;
  /** Laws instead of made-up texts. */
  readonly statutes: string | undefined;
  readonly questions: readonly string[];
}

/** What the process that answers measured. */
export interface MeasuredLibrary {
  readonly documents: number;
  readonly passages: number;
  readonly phrasings: number;
  /** In ms. */
  readonly textEdits: readonly number[];
  readonly questionsEdits: readonly number[];
  readonly waits: readonly number[];
  readonly rssMb: number;
  /** By question, in ms. */
  readonly times: readonly number[];
}

export async function measureLibrary(options: LibraryOptions): Promise<LibraryFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-bench-'));
  try {
    await cp(options.knowledge, folder, { recursive: true, filter: (path) => !path.includes('.readings') });
    await writeFolder(folder, { documents: textsOf(options), terms: [] });
    const first = await started(folder, []);
    await stopped(first.child);
    const again = await started(folder, options.questions);
    const [{ textEdits, questionsEdits, waits, times, rssMb, ...sizes }] = (await once(again.child, 'message')) as [
      MeasuredLibrary,
    ];
    await stopped(again.child);
    return {
      ...sizes,
      firstStartMs: Math.round(first.ms),
      startMs: Math.round(again.ms),
      textEditMs: Math.round(quantile(textEdits, 0.5)),
      questionsEditMs: Math.round(quantile(questionsEdits, 0.5)),
      waitMs: Math.round(Math.max(...waits)),
      rssMb: Math.round(rssMb),
      p50: round(quantile(times, 0.5), 3),
      p99: round(quantile(times, 0.99), 3),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process that has answered its first question; the time is from before there was one. */
async function started(folder: string, questions: readonly string[]): Promise<{ child: ChildProcess; ms: number }> {
  const before = performance.now();
  const child = fork(new URL('./measured-library.ts', import.meta.url), [], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  child.send({ folder, questions });
  await once(child, 'message');
  return { child, ms: performance.now() - before };
}

async function stopped(child: ChildProcess): Promise<void> {
  const exited = child.exitCode === null ? once(child, 'exit') : undefined;
  child.kill();
  await exited;
}

/** As long as what offices publish: some 4,000 characters. */
const PASSAGES = 40;

function textsOf({ documents, statutes }: LibraryOptions): readonly Document[] {
  if (statutes !== undefined) {
    const { laws } = parseStatutes(readFileSync(join(statutes, 'articles.jsonl'), 'utf8'), '');
    return laws
      .slice(0, documents)
      .map(({ document }, number) => ({ ...document, id: `text-${number}`, label: `第${number}号文件` }));
  }
  const { passages } = createText(documents * PASSAGES, 0);
  const lines = Array.from(passages, ({ text }) => text);
  return Array.from({ length: documents }, (_, number) => {
    const paragraphs = lines.slice(number * PASSAGES, (number + 1) * PASSAGES);
    return {
      ...plainDocument(`text-${number}`, ''),
      title: `第${number}号文件`,
      label: `第${number}号文件`,
      paragraphs,
    };
  });
}
