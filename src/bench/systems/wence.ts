import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPassageIndex } from '../../passages/passage-index.ts';
import { loadSnapshot, saveSnapshot } from '../../passages/snapshot-file.ts';
import { createPassageStore } from '../../passages/store.ts';
import type { Keeping, Removing } from './system.ts';

const SOURCES = 'bench';

export function createWence(): Removing & Keeping {
  const store = createPassageStore();
  const index = createPassageIndex([], store);
  return {
    async build(passages) {
      index.add(numbered(passages));
    },
    async search(question, k) {
      const { hits, quote, confidence } = index.search(question, k);
      return { passages: hits.map(({ document }) => Number(document)), quote: quote?.text, confidence };
    },
    async reload() {
      const folder = await mkdtemp(join(tmpdir(), 'wence-bench-'));
      try {
        const file = join(folder, 'passages.snapshot');
        await saveSnapshot(file, store.stored(), SOURCES);
        const before = performance.now();
        createPassageStore(await loadSnapshot(file, SOURCES));
        return performance.now() - before;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    remove: (passage) => void index.remove(String(passage)),
    restore: (passage, text) => index.add([{ document: String(passage), text }]),
  };
}

function* numbered(passages: Iterable<string>) {
  let number = 0;
  for (const text of passages) yield { document: String(number++), text };
}
