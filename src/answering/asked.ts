/** What goes along with a question. */
export interface Asked {
  /** The id of the only document to answer from. */
  readonly within?: string | undefined;
  /** The question before it, in the same conversation. */
  readonly before?: string | undefined;
}
