import { readFileSync } from 'node:fs';
import { mistype, type Typo } from '../evaluation/typos.ts';
import { ask, askWithoutOwn, build, canKeep, canRemove, type Measured, type Task } from './measure.ts';
import { createText } from './scale-text.ts';
import { parseSquad } from './squad.ts';
import { SYSTEMS } from './systems/names.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const system = await (SYSTEMS[task.system] as (typeof SYSTEMS)[string])();
const { passages, questions } = read();
const buildMs = await build(system, passages);
const asked = await ask(
  system,
  questions.map(({ question }) => question),
  task.seconds,
);
globalThis.gc?.();
const rssMb = process.memoryUsage().rss / 2 ** 20;
const withoutOwn =
  Array.isArray(passages) && canRemove(system)
    ? await askWithoutOwn(system, passages, questions.slice(0, asked.answers.length))
    : [];
const own = questions.map(({ paragraph }) => paragraph);
const kept = task.source.kind === 'scale' && canKeep(system) ? { loadMs: await system.reload() } : {};
const measured: Measured = { ...asked, ...kept, own, withoutOwn, buildMs, rssMb };
process.send?.(measured, () => process.disconnect());

function read(): { passages: Iterable<string>; questions: readonly { question: string; paragraph: number }[] } {
  const { source } = task;
  if (source.kind === 'scale') return createText(source.size, source.questions);
  const { paragraphs, questions: all } = parseSquad(readFileSync(source.file, 'utf8'));
  const some = all.slice(0, source.limit).map((one) => ({
    question: source.typo ? mistype(one.question, source.typo as Typo) : one.question,
    paragraph: one.paragraph,
  }));
  return { passages: paragraphs, questions: some };
}
