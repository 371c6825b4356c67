import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoadedEngine, openEngine, rememberingEngine, reopenEngine } from '../engine.ts';
import type { Regression } from '../evaluation/regressions.ts';
import { KnowledgeError } from '../knowledge/knowledge-error.ts';
import type { Problem } from '../knowledge/problem.ts';
import { loadKnowledge } from '../loading/loading.ts';
import { readTests } from './folder-tests.ts';
import { createGate, type Gate } from './gate.ts';
import { ACCEPTED, type WatchTimes, watchFolder } from './watching.ts';

/** What an edit came to. `mended`: an earlier one had not gone live. */
export type Reloaded =
  | { readonly outcome: 'unchanged'; readonly mended: boolean }
  /** The documents that are new, changed or gone. */
  | { readonly outcome: 'live'; readonly mended: boolean; readonly documents: readonly string[]; readonly ms: number }
  /** The folder has errors: what was good before goes on. */
  | { readonly outcome: 'broken'; readonly problems: readonly Problem[] }
  /** Labelled questions would be answered worse: what was good before goes on until the edit is forced. */
  | { readonly outcome: 'withheld'; readonly regressions: readonly Regression[] };

/** A knowledge folder that people edit while it answers. */
export interface LiveKnowledge {
  /** As it is now. Whoever answers takes it once: it does not change in between. */
  engine(): LoadedEngine;
  /** Looks at the folder at once, and lets go live what is there; `force`: also what answers labelled questions worse. */
  reload(options?: { readonly force?: boolean }): Promise<Reloaded>;
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly folder: string;
  /** Told of what edits come to, each outcome once, but for what changes nothing. */
  readonly told: (reloaded: Reloaded) => void;
  /** The folder can't be watched, and is looked at now and then instead; or an edit failed for another reason. */
  readonly failed: (cause: unknown) => void;
  readonly open?: ((folder: string) => Promise<LoadedEngine>) | undefined;
  readonly gate?: Gate | undefined;
  readonly times?: WatchTimes | undefined;
}

/** Loads the folder, and from then on what changes in it; throws a KnowledgeError when it has errors now. */
export async function openLive({
  folder,
  told,
  failed,
  open = openEngine,
  gate = createGate(),
  times,
}: LiveOptions): Promise<LiveKnowledge> {
  let loaded = await open(folder);
  let answering = rememberingEngine(loaded);
  /** What was last told of an edit that did not go live. */
  let trouble: string | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;

  async function look(force: boolean): Promise<Reloaded> {
    const before = performance.now();
    try {
      const next = await reopenEngine(folder, loaded);
      const tests = await readTests(folder);
      if (tests.problems.length > 0) throw new KnowledgeError(folder, tests.problems);
      const mended = trouble !== undefined;
      if (next === loaded) {
        trouble = undefined;
        return { outcome: 'unchanged', mended };
      }
      const { fingerprint } = next.knowledge;
      const wanted = force || (await accepted(folder)) === fingerprint;
      const regressions = wanted ? [] : await gate.regressions(loaded, next, tests.labelled);
      if (regressions.length > 0) {
        inform(fingerprint, { outcome: 'withheld', regressions });
        return { outcome: 'withheld', regressions };
      }
      const documents = changed(loaded, next);
      loaded = next;
      answering = rememberingEngine(next);
      trouble = undefined;
      const reloaded = { outcome: 'live', mended, documents, ms: performance.now() - before } as const;
      told(reloaded);
      return reloaded;
    } catch (cause) {
      if (!(cause instanceof KnowledgeError)) throw cause;
      const { problems } = cause;
      inform(JSON.stringify(problems), { outcome: 'broken', problems });
      return { outcome: 'broken', problems };
    }
  }

  function inform(what: string, reloaded: Reloaded): void {
    if (trouble === what) return;
    trouble = what;
    told(reloaded);
  }

  /** One after the other: what is edited meanwhile is looked at in the next. */
  function reload({ force = false } = {}): Promise<Reloaded> {
    const next = last.then(() => look(force));
    last = next.catch(() => {});
    return next;
  }

  const watching = await watchFolder(
    folder,
    () => {
      if (!stopped) reload().then(tellMended, failed);
    },
    failed,
    times,
  );
  return {
    engine: () => answering,
    reload,
    async stop() {
      stopped = true;
      watching.stop();
      await last;
    },
  };

  function tellMended(reloaded: Reloaded): void {
    if (reloaded.outcome === 'unchanged' && reloaded.mended) told(reloaded);
  }
}

/** Says that the folder as it is now may go live whatever its labelled questions come to: a running bot sees it. */
export async function accept(folder: string): Promise<void> {
  const { fingerprint } = await loadKnowledge(folder);
  await writeFile(join(folder, ACCEPTED), `${fingerprint}\n`);
}

async function accepted(folder: string): Promise<string | undefined> {
  return (await readFile(join(folder, ACCEPTED), 'utf8').catch(() => undefined))?.trim();
}

function changed(before: LoadedEngine, now: LoadedEngine): readonly string[] {
  const had = new Set(before.knowledge.documents);
  const has = new Set(now.knowledge.documents);
  const ids = [
    ...before.knowledge.documents.filter((one) => !has.has(one)),
    ...now.knowledge.documents.filter((one) => !had.has(one)),
  ];
  return [...new Set(ids.map(({ document }) => document.id))].toSorted();
}
