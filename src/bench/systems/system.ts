/** A search engine under measurement. It numbers the passages in the order in which it was given them. */
export interface System {
  build(passages: Iterable<string>): Promise<void>;
  search(question: string, k: number): Promise<Answered>;
}

export interface Answered {
  /** Numbers of passages, best first. */
  readonly passages: readonly number[];
  /** From the first passage; systems that cannot quote leave it to ours. */
  readonly quote?: string | undefined;
  readonly confidence?: number;
}

/** A system that can say how sure it is, also when a passage is not there. */
export interface Removing extends System {
  remove(passage: number): void;
  restore(passage: number, text: string): void;
}

/** A system that keeps its index in a file. */
export interface Keeping extends System {
  /** Saves the index and loads it again; the milliseconds that loading took. */
  reload(): Promise<number>;
}
