/** A bar on standard error that shows how far a long run has come; nothing unless a person looks at it. */
export interface Progress {
  show(done: number, all: number): void;
  /** Wipes it away. */
  end(): void;
}

/** Milliseconds from which a run counts as long, and between two drawings. */
const LONG = 400;
const EVERY = 100;
const CELLS = 24;

export function createProgress(stream: NodeJS.WriteStream, now: () => number): Progress {
  const began = now();
  let drawnAt = began + LONG - EVERY;
  let drawn = false;
  return {
    show(done, all) {
      const at = now();
      if (!stream.isTTY || at - drawnAt < EVERY) return;
      drawnAt = at;
      drawn = true;
      const share = all === 0 ? 1 : Math.min(1, done / all);
      const full = Math.round(CELLS * share);
      const left = share > 0 ? Math.round(((at - began) * (1 - share)) / share / 1_000) : 0;
      stream.write(`\r${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${Math.floor(100 * share)}% ${left} s `);
    },
    end() {
      if (drawn) stream.write('\r\u001b[2K');
    },
  };
}
