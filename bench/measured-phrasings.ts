import { once } from 'node:events';
import { openEngine } from '../src/engine.ts';
import type { AskedPhrasings } from './phrasings.ts';

// The process that `bench phrasings` measures.

interface Task {
  readonly folder: string;
  readonly questions: readonly string[];
}

const WARM_UP = 100;

const [{ folder, questions }] = (await once(process, 'message')) as [Task];
const before = performance.now();
const { answerer } = await openEngine(folder);
const loadMs = performance.now() - before;
for (const question of questions.slice(0, WARM_UP)) answerer.answer(question);
const times = questions.map((question) => {
  const asked = performance.now();
  answerer.answer(question);
  return performance.now() - asked;
});
globalThis.gc?.();
const measured: AskedPhrasings = { loadMs, rssMb: process.memoryUsage().rss / 2 ** 20, times };
process.send?.(measured, () => process.disconnect());
