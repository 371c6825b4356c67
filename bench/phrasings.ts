import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../src/engine.ts';
import type { Document, Library } from '../src/knowledge/document.ts';
import { loadKnowledge } from '../src/loading/loading.ts';
import { phrasedOf } from '../src/phrasings/targets.ts';
import { quantile, round } from './figures.ts';
import { writeFolder } from './written-folder.ts';

/** How documents with phrasings are loaded and asked. */
export interface PhrasingsFigures {
  readonly documents: number;
  readonly phrasings: number;
  /** The first time; afterwards it is kept. */
  readonly readMs: number;
  /** From what was kept of the reading. */
  readonly loadMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
}

export interface PhrasingsOptions {
  readonly documents: number;
  readonly knowledge: string;
  readonly questions: readonly string[];
}

/** What a process of its own measured, so that its memory is that of answering alone. */
export interface AskedPhrasings {
  readonly loadMs: number;
  readonly rssMb: number;
  /** By question, in ms. */
  readonly times: readonly number[];
}

/** Of the documents of a folder, those with fewer phrasings are not copied. */
const LEAST_PHRASINGS = 1000;

/** Asks a library of as many documents, each a copy of one of the folder with phrasings of its own. */
export async function measurePhrasings({
  documents,
  knowledge,
  questions,
}: PhrasingsOptions): Promise<PhrasingsFigures> {
  const library = copied((await openEngine(knowledge)).library, documents);
  const folder = await mkdtemp(join(tmpdir(), 'wence-bench-'));
  await writeFolder(folder, library);
  const before = performance.now();
  await loadKnowledge(folder);
  const readMs = performance.now() - before;
  const child = fork(new URL('./measured-phrasings.ts', import.meta.url), [], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  child.send({ folder, questions });
  const [{ loadMs, rssMb, times }] = (await once(child, 'message')) as [AskedPhrasings];
  await rm(folder, { recursive: true });
  return {
    documents,
    phrasings: phrasingsOf(library),
    readMs: Math.round(readMs),
    loadMs: Math.round(loadMs),
    rssMb: Math.round(rssMb),
    p50: round(quantile(times, 0.5), 3),
    p99: round(quantile(times, 0.99), 3),
  };
}

export function copied({ documents, terms }: Library, count: number): Library {
  const originals = documents.filter((document) => phrasingsOf({ documents: [document], terms }) >= LEAST_PHRASINGS);
  const copies = Array.from({ length: count }, (_, number) =>
    copyOf(originals[number % originals.length] as Document, number),
  );
  return { documents: copies, terms };
}

function copyOf(original: Document, number: number): Document {
  const document = `${original.id}-${number}`;
  // No two documents may claim the same phrasing.
  const own = (phrasings: readonly string[]) => phrasings.map((phrasing) => `${phrasing} ${number}`);
  const sections = original.sections.map((section) => ({
    ...section,
    document,
    ask: own(section.ask),
    points: section.points.map((point) => ({ ...point, document, ask: own(point.ask), not: own(point.not) })),
  }));
  return { ...original, id: document, command: undefined, sections };
}

function phrasingsOf(library: Library): number {
  return phrasedOf(library.documents).reduce((sum, { ask, not }) => sum + ask.length + not.length, 0);
}
