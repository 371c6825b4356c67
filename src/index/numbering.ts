/** Gives the terms that come numbers in order of their coming: an open hash table over typed arrays. */
export interface Numbering {
  of(term: number): number;
  /** −1 when the term never came. */
  find(term: number): number;
  /** The terms by number. */
  terms(): Uint32Array;
}

const SMALLEST = 1 << 12;

/** A new numbering, or one that knows these terms already, numbered as they stand. */
export function createNumbering(known: Uint32Array = new Uint32Array(0)): Numbering {
  let size = known.length;
  let terms = larger(known, new Uint32Array(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.max(1, size))))));
  let slots = new Int32Array(2 * terms.length).fill(-1);
  for (let number = 0; number < size; number++) place(slots, terms[number] as number, number);
  return {
    of(term) {
      let slot = slotOf(term, slots.length);
      for (;;) {
        const number = slots[slot] as number;
        if (number < 0) break;
        if (terms[number] === term) return number;
        slot = (slot + 1) & (slots.length - 1);
      }
      if (size === terms.length) {
        terms = larger(terms, new Uint32Array(2 * size));
        slots = new Int32Array(4 * size).fill(-1);
        for (let number = 0; number < size; number++) place(slots, terms[number] as number, number);
        place(slots, term, size);
      } else slots[slot] = size;
      terms[size] = term;
      return size++;
    },
    find(term) {
      let slot = slotOf(term, slots.length);
      for (;;) {
        const number = slots[slot] as number;
        if (number < 0 || terms[number] === term) return number;
        slot = (slot + 1) & (slots.length - 1);
      }
    },
    terms: () => terms.subarray(0, size),
  };
}

export function larger<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Fibonacci hashing: the high bits of a multiplication, which spread well. `capacity` is a power of two. */
export function slotOf(term: number, capacity: number): number {
  return (Math.imul(term, 0x9e3779b1) >>> 0) >>> (Math.clz32(capacity) + 1);
}

function place(slots: Int32Array, term: number, number: number): void {
  let slot = slotOf(term, slots.length);
  while ((slots[slot] as number) >= 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = number;
}
