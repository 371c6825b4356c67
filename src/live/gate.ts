import { readdir, readFile } from 'node:fs/promises';
import { setImmediate as immediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LoadedEngine } from '../engine.ts';
import { type Labelled, parseLabelled } from '../evaluation/labelled.ts';
import { concerned, holds, type Regression } from '../evaluation/regressions.ts';

/** Tells which labelled questions an edit would spoil. */
export interface Gate {
  /** `labelled` are asked all, of the project's own those that the edited documents concern. */
  regressions(live: LoadedEngine, next: LoadedEngine, labelled: readonly Labelled[]): Promise<readonly Regression[]>;
}

/** Of the project's own so many are asked, so that an edit goes live within a second. */
const SAMPLE = { answerable: 40, unanswerable: 20 };
const PROJECT = fileURLToPath(new URL('../../eval/', import.meta.url));
/** Questions of people are answered after so many milliseconds of asking these. */
const SLICE_MS = 10;

/** `folder` holds the project's labelled questions, JSON Lines in files; it may not be there. */
export function createGate(folder = PROJECT): Gate {
  let project: Promise<readonly Labelled[]> | undefined;
  // What was found out of the engine that asked last, by question: the live one, where its edit went live.
  let known = new WeakMap<LoadedEngine, Map<Labelled, boolean>>();

  const heldBy = (engine: LoadedEngine) => {
    const held = known.get(engine) ?? new Map<Labelled, boolean>();
    known.set(engine, held);
    return held;
  };
  return {
    async regressions(live, next, labelled) {
      project ??= readProject(folder);
      const had = new Set(live.knowledge.documents);
      const edited = next.knowledge.documents.filter((one) => !had.has(one)).map(({ document }) => document);
      const before = live.library.documents.filter(({ id }) => edited.some((one) => one.id === id));
      const gone = live.library.documents.filter(({ id }) => !next.library.documents.some((one) => one.id === id));
      const some = concerned(await project, [...before, ...gone], SAMPLE);
      const found: Regression[] = [];
      const [heldLive, heldNext] = [heldBy(live), heldBy(next)];
      let until = performance.now() + SLICE_MS;
      const ask = async (engine: LoadedEngine, one: Labelled, held: Map<Labelled, boolean>) => {
        if (performance.now() > until) {
          await immediate();
          until = performance.now() + SLICE_MS;
        }
        const answer = engine.answerer.answer(one.question, { before: one.before });
        held.set(one, holds(one, answer));
        return answer;
      };
      for (const one of [...labelled, ...some]) {
        const after = await ask(next, one, heldNext);
        if (heldNext.get(one) || heldLive.get(one) === false) continue;
        const answer = await ask(live, one, heldLive);
        if (heldLive.get(one)) found.push({ labelled: one, before: answer, after });
      }
      known = new WeakMap([
        [live, heldLive],
        [next, heldNext],
      ]);
      return found;
    },
  };
}

async function readProject(folder: string): Promise<readonly Labelled[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return texts.flatMap(parseLabelled);
}
