/**
 * Keeps a map that lives on from growing beyond a number of entries. The oldest tenth gives way at once: after many
 * deletions a map takes long to find its first entry.
 */
export function makeRoom<K>(kept: Map<K, unknown>, most: number): void {
  if (kept.size <= most) return;
  let left = Math.ceil(most / 10);
  for (const key of kept.keys()) {
    if (left === 0) return;
    kept.delete(key);
    left--;
  }
}
