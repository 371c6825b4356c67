/**
 * Multi-row statements in few sizes, so that each is compiled and prepared once: the largest powers of two that fit.
 * 64 rows of the widest table are some 1,300 parameters; SQLite allows 32,766 and PostgreSQL 65,535.
 */
export function inBatches<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let start = 0; start < rows.length; ) {
    const size = Math.min(LARGEST, 2 ** Math.floor(Math.log2(rows.length - start)));
    batches.push(rows.slice(start, start + size));
    start += size;
  }
  return batches;
}

/** A list for `in (…)`, lengthened to a power of two by repeating `filler`, so that few different statements arise. */
export function padded(values: readonly number[], filler: number): readonly number[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(values.length, 1)));
  return [...values, ...Array.from({ length: size - values.length }, () => filler)];
}

const LARGEST = 64;

/** Lets the thread's other work go on: what is asked of SQLite is there at once, and a loop of it would hold up all else. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
