import { fork } from 'node:child_process';
import type { Answered, Keeping, Removing, System } from './systems/system.ts';

/** What a child process is to measure. Each system has a process of its own, so that memory and timings are its own. */
export interface Task {
  readonly system: string;
  readonly source:
    | { readonly kind: 'squad'; readonly file: string; readonly typo: string | undefined; readonly limit: number }
    | { readonly kind: 'scale'; readonly size: number; readonly questions: number };
  /** Asking stops after this time; the figures are then of the questions asked so far. */
  readonly seconds: number;
}

export interface Measured {
  readonly answers: readonly Answered[];
  /** By question: what the system answers when the question's own paragraph is removed. */
  readonly withoutOwn: readonly Answered[];
  /** By question: the number of its own passage. */
  readonly own: readonly number[];
  readonly buildMs: number;
  /** For a system that keeps its index in a file: what loading it takes. */
  readonly loadMs?: number;
  readonly rssMb: number;
  /** By question, in ms. */
  readonly times: readonly number[];
}

export class MeasureError extends Error {
  readonly code = 'measure';
}

/** Runs the task in a child process. Throws a MeasureError when it dies or takes longer than `capSeconds`. */
export function measure(task: Task, capSeconds: number, heapMb = 8192): Promise<Measured> {
  const child = fork(new URL('./child.ts', import.meta.url), [JSON.stringify(task)], {
    execArgv: [`--max-old-space-size=${heapMb}`, '--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new MeasureError(`${task.system} took longer than ${capSeconds} s`));
    }, capSeconds * 1000);
    child.once('message', (measured) => {
      clearTimeout(timer);
      resolve(measured as Measured);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new MeasureError(`${task.system} ended with ${signal ?? code} before it answered`));
    });
  });
}

const WARM_UP = 50;
export const DEPTH = 10;

export async function build(system: System, passages: Iterable<string>): Promise<number> {
  const before = performance.now();
  await system.build(passages);
  return performance.now() - before;
}

/** Asks until the questions or the seconds are over. */
export async function ask(system: System, questions: readonly string[], seconds: number) {
  const answers: Answered[] = [];
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (const question of questions.slice(0, WARM_UP)) {
    await system.search(question, DEPTH);
    if (performance.now() > end - seconds * 800) break;
  }
  for (const question of questions) {
    const before = performance.now();
    const answer = await system.search(question, DEPTH);
    const after = performance.now();
    times.push(after - before);
    answers.push(answer);
    if (after > end) break;
  }
  return { answers, times };
}

export function canRemove(system: System): system is Removing {
  return 'remove' in system;
}

export function canKeep(system: System): system is Keeping {
  return 'reload' in system;
}

/** Takes each paragraph out in turn and asks its questions of the rest. */
export async function askWithoutOwn(
  system: Removing,
  passages: readonly string[],
  questions: readonly { question: string; paragraph: number }[],
): Promise<Answered[]> {
  const answers: Answered[] = [];
  const byParagraph = Map.groupBy(questions.keys(), (at) => (questions[at] as { paragraph: number }).paragraph);
  for (const [paragraph, places] of byParagraph) {
    system.remove(paragraph);
    for (const at of places) {
      answers[at] = await system.search((questions[at] as { question: string }).question, 1);
    }
    system.restore(paragraph, passages[paragraph] as string);
  }
  return answers;
}
