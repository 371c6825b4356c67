/** Waiting, so that tests can do it on a clock of their own. */
export interface Timers {
  /** Runs something once, `ms` milliseconds from now; what it returns cancels that. */
  after(ms: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, run) {
    if (ms <= 0) {
      const soon = setImmediate(run);
      return () => clearImmediate(soon);
    }
    const later = setTimeout(run, ms);
    return () => clearTimeout(later);
  },
};
