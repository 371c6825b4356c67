import type { Near } from '../answering/offering.ts';
import type { Timers } from '../delivery/timers.ts';
import { cut } from '../knowledge/document.ts';
import type { Embedder } from '../model/embeddings.ts';
import type { Passage, Reading } from '../reading/reading.ts';
import type { Log } from '../storage/store.ts';
import { shortHash } from '../text/hash.ts';
import { loadVectors, saveVectors } from './kept-vectors.ts';

/** Finds passages by what they mean: by vectors that a service makes of them, once, and of each question. */
export interface PassageVectors {
  /** Has made what is missing for these texts, in the background: what is asked meanwhile does without. */
  follow(readings: readonly Reading[]): void;
  /** The nearest passages that have a vector, best first; none when the service does not answer in time. Never rejects. */
  nearest(question: string, readings: readonly Reading[], limits: NearestLimits): Promise<readonly Near[]>;
  stop(): Promise<void>;
}

export interface NearestLimits {
  /** The id of the only document to look into. */
  readonly within?: string | undefined;
  /** In milliseconds. */
  readonly timeoutMs: number;
}

export interface PassageVectorsDeps {
  readonly embedder: Embedder;
  readonly model: string;
  /** The knowledge folder: vectors are kept beside its texts. */
  readonly folder: string;
  readonly timers: Timers;
  readonly log: Log;
  readonly retryMs?: number;
}

const NEAREST = 12;
/** Texts of one call, and how long it may take in milliseconds: nobody waits for it. */
const BATCH = 32;
const BATCH_MS = 60_000;
/** In milliseconds. */
const RETRY_MS = 60_000;

/** One row a passage that has a vector. */
interface Rows {
  readonly passages: readonly Passage[];
  readonly vectors: readonly Int8Array[];
}

export function createPassageVectors(deps: PassageVectorsDeps): PassageVectors {
  const { embedder, model, folder, timers, log, retryMs = RETRY_MS } = deps;
  const known = new WeakMap<Reading, Rows>();
  const stopping = new AbortController();
  let wanted: readonly Reading[] = [];
  let working: Promise<void> | undefined;
  let cancelRetry = () => {};

  /** Never rejects. */
  async function work(): Promise<void> {
    for (let reading = next(); reading; reading = next()) {
      if (!(await make(reading))) {
        if (stopping.signal.aborted) return;
        log.warn({ document: reading.document.id }, '向量服务没有答应，稍后再试；回答照常');
        cancelRetry = timers.after(retryMs, begin);
        return;
      }
    }
  }

  function next(): Reading | undefined {
    return stopping.signal.aborted ? undefined : wanted.find((reading) => !known.has(reading));
  }

  function begin(): void {
    cancelRetry();
    working ??= work().finally(() => {
      working = undefined;
    });
  }

  /** False when the service failed: what was made until then is kept. */
  async function make(reading: Reading): Promise<boolean> {
    const { document, whole } = reading;
    const texts = new Map(whole.map((passage) => [passage, textOf(reading, passage)]));
    const hashes = new Map([...texts].map(([passage, text]) => [passage, shortHash(text)]));
    const kept = await loadVectors(folder, document.id, model);
    const made = new Map<string, Int8Array>();
    for (const hash of hashes.values()) {
      const vector = kept.get(hash);
      if (vector) made.set(hash, vector);
    }
    const missing = whole.filter((passage) => !made.has(hashes.get(passage) as string));
    let isWell = true;
    for (let at = 0; at < missing.length && isWell; at += BATCH) {
      const batch = missing.slice(at, at + BATCH);
      const input = batch.map((passage) => texts.get(passage) as string);
      const called = await embedder.embed(input, { timeoutMs: BATCH_MS, signal: stopping.signal });
      isWell = called.ok;
      if (!called.ok) break;
      for (const [place, vector] of called.value.entries())
        made.set(hashes.get(batch[place] as Passage) as string, small(vector));
    }
    if (missing.length > 0 || kept.size > made.size) await saveVectors(folder, document.id, model, made);
    if (!isWell) return false;
    const passages = whole.filter((passage) => made.has(hashes.get(passage) as string));
    known.set(reading, { passages, vectors: passages.map((one) => made.get(hashes.get(one) as string) as Int8Array) });
    return true;
  }

  return {
    follow(readings) {
      wanted = readings;
      if (!stopping.signal.aborted) begin();
    },
    async nearest(question, readings, { within, timeoutMs }) {
      const searched = readings.filter(
        (reading) => known.has(reading) && (within === undefined || within === reading.document.id),
      );
      if (searched.length === 0) return [];
      const called = await embedder.embed([question], { timeoutMs, signal: stopping.signal });
      const asked = called.ok ? called.value[0] : undefined;
      if (!asked) return [];
      return searched
        .flatMap((reading) => ranked(reading, known.get(reading) as Rows, asked))
        .toSorted((a, b) => b.likeness - a.likeness)
        .slice(0, NEAREST)
        .map(({ near }) => near);
    },
    async stop() {
      cancelRetry();
      stopping.abort();
      await working;
    },
  };
}

/** A passage as it is offered: with the title and what stands above it. */
function textOf({ document }: Reading, { above, clauses }: Passage): string {
  const head = new Set([document.title, ...above.split('\n')].filter((text) => text !== ''));
  return [...head, ...clauses.map(({ span }) => cut(document, span))].join('\n');
}

/** The best of a document; the vector of another length is of another model, and like nothing. */
function ranked({ document }: Reading, { passages, vectors }: Rows, asked: Float32Array) {
  return passages
    .map((passage, at) => {
      const [clause] = passage.clauses;
      const vector = vectors[at] as Int8Array;
      const likeness = vector.length === asked.length ? product(vector, asked) : 0;
      return clause && { likeness, near: { document: document.id, span: clause.span } };
    })
    .filter((one) => one !== undefined)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, NEAREST);
}

function product(bytes: Int8Array, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum += (bytes[at] as number) * (vector[at] as number);
  return sum;
}

/** A byte a value: of vectors of length 1 no value is beyond 1, and what is lost changes no ranking that matters. */
function small(vector: Float32Array): Int8Array {
  return Int8Array.from(vector, (value) => Math.round(value * 127));
}
