/** How many characters two texts have in common in the same order: the length of their longest common subsequence (Myers 1986). */
export function commonLength(a: string, b: string): number {
  const most = a.length + b.length;
  const furthest = new Int32Array(2 * most + 2);
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = diagonal + most;
      const left = furthest[at - 1] ?? 0;
      const right = furthest[at + 1] ?? 0;
      let x = diagonal === -edits || (diagonal !== edits && left < right) ? right : left + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest[at] = x;
      if (x >= a.length && x - diagonal >= b.length) return (most - edits) / 2;
    }
  }
  return 0;
}
