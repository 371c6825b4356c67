/** A stretch of text on a page. Lengths are in points; `x` and `y` from the page's lower left corner. */
export interface Glyphs {
  readonly text: string;
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
}
