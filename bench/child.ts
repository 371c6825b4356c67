import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSquad } from '../src/evaluation/squad.ts';
import { parseStatutes } from '../src/evaluation/statutes.ts';
import { mistype, type Typo } from '../src/evaluation/typos.ts';
import { ask, askWithoutOwn, build, isAbstaining, type Measured, type Task } from './measure.ts';
import { createText } from './scale-text.ts';
import { SYSTEMS } from './systems/names.ts';
import type { Piece } from './systems/system.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const system = await (SYSTEMS[task.system] as (typeof SYSTEMS)[string])();
const { passages, questions } = read();
const buildMs = await build(system, passages);
const asked = await ask(
  system,
  questions.map(({ question }) => question),
  task.seconds,
  task.source.kind === 'statutes' ? 100 : undefined,
);
globalThis.gc?.();
const rssMb = process.memoryUsage().rss / 2 ** 20;
const withoutOwn =
  task.source.kind === 'squad' && isAbstaining(system)
    ? await askWithoutOwn(system, questions.slice(0, asked.answers.length))
    : [];
const measured: Measured = { ...asked, own: questions.map(({ own }) => own), withoutOwn, buildMs, rssMb };
process.send?.(measured, () => process.disconnect());

interface Asked {
  readonly question: string;
  /** The numbers of the passages that answer it. */
  readonly own: readonly number[];
}

function read(): { passages: Iterable<Piece>; questions: readonly Asked[] } {
  const { source } = task;
  if (source.kind === 'statutes') {
    const { laws, questions: asked } = parseStatutes(
      readFileSync(join(source.folder, 'articles.jsonl'), 'utf8'),
      readFileSync(join(source.folder, 'questions.jsonl'), 'utf8'),
    );
    const articles = laws.flatMap((law) => law.articles.map((one) => ({ ...one, title: law.document.title })));
    const numbers = new Map(articles.map(({ id }, number) => [id, number]));
    return {
      passages: articles,
      questions: asked.map(({ question, own }) => ({ question, own: own.flatMap((id) => numbers.get(id) ?? []) })),
    };
  }
  if (source.kind === 'scale') {
    const { passages, questions: made } = createText(source.size, source.questions);
    return { passages, questions: made.map(({ question, paragraph }) => ({ question, own: [paragraph] })) };
  }
  const { paragraphs, questions: all } = parseSquad(readFileSync(source.file, 'utf8'));
  const some = all.slice(0, source.limit).map(({ question, paragraph }) => ({
    question: source.typo ? mistype(question, source.typo as Typo) : question,
    own: [paragraph],
  }));
  return { passages: paragraphs.map((text) => ({ title: '', text })), questions: some };
}
