import { once } from 'node:events';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '../src/knowledge/document.ts';
import { SECTIONS } from '../src/knowledge/folder.ts';
import { openLive, type Reloaded } from '../src/live/live-knowledge.ts';
import { phrasedOf } from '../src/phrasings/targets.ts';
import type { MeasuredLibrary } from './library.ts';

// The process that `bench library` measures.

interface Task {
  readonly folder: string;
  readonly questions: readonly string[];
}

const EDITS = 5;
const WARM_UP = 100;
/** How often somebody asks while an edit goes live, in ms. */
const ASKED_EVERY = 5;

const [{ folder, questions }] = (await once(process, 'message')) as [Task];
let heard = (_: Reloaded) => {};
const live = await openLive({
  folder,
  told: (reloaded) => heard(reloaded),
  failed: (cause) => {
    throw cause;
  },
});
live.engine().answerer.answer('社区工作者有体检吗');
process.send?.('ready');
if (questions.length > 0) await measureAll();

async function measureAll(): Promise<void> {
  const { documents } = live.engine().library;
  const phrased = documents.toSorted((a, b) => phrasingsOf(b) - phrasingsOf(a))[0] as Document;
  const section = (await readdir(join(folder, phrased.id, SECTIONS)))[0] as string;
  const plain = documents.filter(({ sections }) => sections.length === 0);
  for (const question of questions.slice(0, WARM_UP)) ask(question);
  globalThis.gc?.();
  const rssMb = process.memoryUsage().rss / 2 ** 20;
  const waits: number[] = [];
  const textEdits: number[] = [];
  const questionsEdits: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const { id } = plain[edit % plain.length] as Document;
    textEdits.push(
      await edited(join(folder, id, 'source.md'), (text) => `${text}\n第${edit}次补充的一段话。\n`, waits),
    );
    questionsEdits.push(
      await edited(
        join(folder, phrased.id, SECTIONS, section),
        (text) => text.replace(/^( +)ask:\n/m, `$&$1  - 第${edit}次补充的问法\n`),
        waits,
      ),
    );
  }
  const times = questions.map((question) => {
    const before = performance.now();
    ask(question);
    return performance.now() - before;
  });
  const measured: MeasuredLibrary = {
    documents: documents.length,
    passages: live.engine().texts.size,
    phrasings: documents.reduce((sum, document) => sum + phrasingsOf(document), 0),
    ...{ textEdits, questionsEdits, waits, rssMb, times },
  };
  process.send?.(measured);
}

/** Not from memory: no two of the questions are the same. */
function ask(question: string): void {
  live.engine().answerer.answer(question);
}

/** From saving a file to the first answer from it, in ms; notes how late timers ran meanwhile: so long a question waits. */
async function edited(path: string, edit: (text: string) => string, waits: number[]): Promise<number> {
  const text = edit(await readFile(path, 'utf8'));
  await writeFile(`${path}~`, text);
  let due = performance.now() + ASKED_EVERY;
  const asking = setInterval(() => {
    const now = performance.now();
    waits.push(now - due);
    due = now + ASKED_EVERY;
  }, ASKED_EVERY);
  const before = performance.now();
  const told = new Promise<Reloaded>((resolve) => {
    heard = resolve;
  });
  await rename(`${path}~`, path);
  const { outcome } = await told;
  clearInterval(asking);
  if (outcome !== 'live') throw new Error(`${path}: ${outcome}`);
  return performance.now() - before;
}

function phrasingsOf(document: Document): number {
  return phrasedOf([document]).reduce((sum, { ask: some, not }) => sum + some.length + not.length, 0);
}
