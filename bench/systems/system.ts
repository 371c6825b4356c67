/** A piece of text to be found; pieces that stand side by side under one title are of one document. */
export interface Piece {
  readonly title: string;
  readonly text: string;
}

/** A search engine under measurement. It numbers the passages in the order in which it was given them. */
export interface System {
  build(passages: Iterable<Piece>): Promise<void>;
  search(question: string, k: number): Promise<Answered>;
}

export interface Answered {
  /** Numbers of passages, best first. */
  readonly passages: readonly number[];
  /** From the first passage, of a system that can quote. */
  readonly quote?: string | undefined;
  readonly confidence?: number;
}

/** A system that can say how sure it is, also when a passage is not there. */
export interface Abstaining extends System {
  searchWithout(question: string, passage: number): Promise<Answered>;
}
