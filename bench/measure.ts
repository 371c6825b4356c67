import { fork } from 'node:child_process';
import type { Abstaining, Answered, Piece, System } from './systems/system.ts';

/** What a child process is to measure. Each system has a process of its own, so that memory and timings are its own. */
export interface Task {
  readonly system: string;
  readonly source:
    | { readonly kind: 'squad'; readonly file: string; readonly typo: string | undefined; readonly limit: number }
    | { readonly kind: 'statutes'; readonly folder: string }
    | { readonly kind: 'scale'; readonly size: number; readonly questions: number };
  /** Asking stops after this time; the figures are then of the questions asked so far. */
  readonly seconds: number;
}

export interface Measured {
  readonly answers: readonly Answered[];
  /** By question: what the system answers when the question's own paragraph is removed. */
  readonly withoutOwn: readonly Answered[];
  /** By question: the numbers of the passages that answer it. */
  readonly own: readonly (readonly number[])[];
  readonly buildMs: number;
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

export async function build(system: System, passages: Iterable<Piece>): Promise<number> {
  const before = performance.now();
  await system.build(passages);
  return performance.now() - before;
}

/** Asks until the questions or the seconds are over. */
export async function ask(system: System, questions: readonly string[], seconds: number, depth = DEPTH) {
  const answers: Answered[] = [];
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (const question of questions.slice(0, WARM_UP)) {
    await system.search(question, depth);
    if (performance.now() > end - seconds * 800) break;
  }
  for (const question of questions) {
    const before = performance.now();
    const answer = await system.search(question, depth);
    const after = performance.now();
    times.push(after - before);
    answers.push(answer);
    if (after > end) break;
  }
  return { answers, times };
}

export function isAbstaining(system: System): system is Abstaining {
  return 'searchWithout' in system;
}

/** What is answered where the question's own passage is not there. */
export async function askWithoutOwn(
  system: Abstaining,
  questions: readonly { readonly question: string; readonly own: readonly number[] }[],
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const { question, own } of questions) answers.push(await system.searchWithout(question, own[0] as number));
  return answers;
}
