/** A file as it was given. */
export interface GivenFile {
  /** With its ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
