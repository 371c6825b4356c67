/** One line of a file as its format tells it: a paragraph, a heading, a row of a table. */
export interface Block {
  /** White space around it left out; the cells of a row are parted by tabs. */
  readonly text: string;
  readonly kind: 'text' | 'heading' | 'item' | 'row';
  /** The share of its characters that stand in links, 0 to 1. */
  readonly links: number;
  readonly bold: boolean;
  readonly align: 'start' | 'center' | 'end';
  /** Of a heading: 1 to 6, as its format says it; 0 for what is none. */
  readonly level: number;
  /** The 1-based line of the file where it begins; undefined where a format has no lines. */
  readonly line: number | undefined;
}

export const PLAIN_BLOCK: Omit<Block, 'text'> = {
  kind: 'text',
  links: 0,
  bold: false,
  align: 'start',
  level: 0,
  line: undefined,
};
