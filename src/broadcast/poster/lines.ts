/** One place of a line: a Chinese character, a punctuation mark, or a run of Latin letters and digits. */
export interface Cell {
  readonly text: string;
  /** In em: 1 for a Chinese character. */
  readonly width: number;
  readonly kind: 'character' | 'mark' | 'run';
}

export interface Line {
  readonly cells: readonly Cell[];
  /** In em, without the marks that open and close it: those hang in the margins. */
  readonly width: number;
  /** How much of it hangs before the margin, in em. */
  readonly lead: number;
}

/** Lines of a headline, and what they cost: the less, the better they read. */
export interface Setting {
  readonly lines: readonly Line[];
  readonly cost: number;
}

/**
 * Sets words into exactly so many lines, each of two characters at least: broken at phrases first, between words if
 * need be, never before a closing mark or after an opening one, and as even as that allows. Undefined when it can't
 * be done. Spaces are phrase ends and leave nothing behind but the break, or themselves between two Latin words.
 */
export function setInLines(words: string, count: number): Setting | undefined {
  const atoms = atomsOf(words);
  if (count > atoms.length) return undefined;
  const measure = measurer(atoms, count);
  // best[k][end]: the least cost of setting the first `end` atoms in k lines, and where the last of these begins.
  const best: (readonly ({ readonly cost: number; readonly from: number } | undefined)[])[] = [[{ cost: 0, from: 0 }]];
  for (let k = 1; k <= count; k++) {
    const before = best[k - 1] ?? [];
    best.push(
      Array.from({ length: atoms.length + 1 }, (_, end) => {
        let found: { readonly cost: number; readonly from: number } | undefined;
        for (let from = k - 1; from < end; from++) {
          const earlier = before[from];
          if (!earlier) continue;
          const cost = earlier.cost + measure(from, end);
          // Of equals the one that leaves the least for the end: a headline that grows lighter downwards reads well.
          if (cost <= (found?.cost ?? Number.POSITIVE_INFINITY) + 1e-9) found = { cost, from };
        }
        return found;
      }),
    );
  }
  const cost = best[count]?.[atoms.length]?.cost;
  if (cost === undefined) return undefined;
  const lines: Line[] = [];
  for (let k = count, end = atoms.length; k > 0; k--) {
    const from = best[k]?.[end]?.from ?? 0;
    lines.unshift(lineOf(atoms.slice(from, end).flatMap(({ cells }) => cells)));
    end = from;
  }
  return { lines, cost };
}

/** What can't be parted, and what a break after it costs. */
interface Atom {
  readonly cells: readonly Cell[];
  readonly breakCost: number;
}

/** A break after a comma or a space is what a reader expects; inside a phrase it has to pay in size or evenness. */
const BREAK = { sentence: 0, phrase: 0, list: 0.05, words: 0.25, besideSingle: 0.45 } as const;
/** A line of less than two characters. */
const ORPHAN = 8;
/** How much unevenness counts: a line half as long as the ideal costs a quarter of `short`. Long lines make all small. */
const UNEVEN = { short: 0.9, long: 3.6 } as const;

/** A line that ends one phrase and begins another without ending it. */
const STRADDLING = 0.5;
/** Words that lean on what follows, and those that lean on what went before: neither is parted from it lightly. */
const LEANS_FORWARD = /^(?:和|与|及|或|是|就是|不是|在|把|被|让|使|为|对|向|从|以|由|不|请|要)$/u;
const LEANS_BACK = /^(?:的|了|着|过|地|得|吗|呢|吧|们|之|等|中|上|下|里|内|外)$/u;
const LEANING = 0.6;

const OPENING = /^[（《〈「『【〔“‘([{]$/u;
const CLOSING = /^[，、。；：？！）》〉」』】〕”’…—～·,.;:?!)\]}%％‰℃°]$/u;

/** Says what a line of the atoms from one up to another costs; by sums, since a long text has many such lines. */
function measurer(atoms: readonly Atom[], count: number): (from: number, end: number) => number {
  const widths = [0];
  const phraseEnds = [0];
  for (const { cells, breakCost } of atoms) {
    widths.push((widths.at(-1) ?? 0) + widthOf(cells));
    phraseEnds.push((phraseEnds.at(-1) ?? 0) + (breakCost <= BREAK.list ? 1 : 0));
  }
  const hanging = atoms.map(({ cells }) => ({ before: hangsBefore(cells), after: hangsAfter(cells) }));
  const between = (sums: readonly number[], from: number, end: number) => (sums[end] ?? 0) - (sums[from] ?? 0);
  const ideal = between(widths, 0, atoms.length) / count;
  return (from, end) => {
    const width = between(widths, from, end) - (hanging[from]?.before ?? 0) - (hanging[end - 1]?.after ?? 0);
    const uneven = (width > ideal ? UNEVEN.long : UNEVEN.short) * ((width - ideal) / ideal) ** 2;
    const breakCost = end === atoms.length ? 0 : (atoms[end - 1]?.breakCost ?? 0);
    const straddling = breakCost > BREAK.list && between(phraseEnds, from, end - 1) > 0;
    return uneven + breakCost + (width < 2 ? ORPHAN : 0) + (straddling ? STRADDLING : 0);
  };
}

function hangsBefore(cells: readonly Cell[]): number {
  const first = cells.findIndex(({ text }) => !OPENING.test(text));
  return widthOf(cells.slice(0, Math.max(0, first)));
}

function hangsAfter(cells: readonly Cell[]): number {
  return widthOf(cells.slice(cells.findLastIndex(({ text }) => !CLOSING.test(text)) + 1));
}

const SPACE: Cell = { text: ' ', width: 0.3, kind: 'character' };

function lineOf(parts: readonly Cell[]): Line {
  // A run ends where a space stood: two of them in one line need it back.
  const cells = parts.flatMap((cell, i) =>
    cell.kind === 'run' && parts[i - 1]?.kind === 'run' ? [SPACE, cell] : [cell],
  );
  const lead = hangsBefore(cells);
  return { cells, width: widthOf(cells) - lead - hangsAfter(cells), lead };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function atomsOf(words: string): readonly Atom[] {
  const atoms: { cells: Cell[]; breakCost: number }[] = [];
  let opened: Cell[] = [];
  for (const piece of piecesOf(words)) {
    const last = atoms.at(-1);
    if (/^\s+$/u.test(piece)) {
      if (last) last.breakCost = BREAK.phrase;
    } else if (last && opened.length === 0 && CLOSING.test(piece)) {
      last.cells.push(...cellsOf(piece));
      last.breakCost = breakAfter(piece);
    } else if (OPENING.test(piece)) {
      opened.push(...cellsOf(piece));
    } else {
      const cells = cellsOf(piece);
      // A single character between words mostly belongs to one of them.
      const single = cells.length === 1;
      if (last && last.breakCost >= BREAK.words) {
        if (single) last.breakCost = Math.max(last.breakCost, BREAK.besideSingle);
        if (LEANS_BACK.test(piece)) last.breakCost += LEANING;
      }
      const leaning = LEANS_FORWARD.test(piece) ? LEANING : 0;
      atoms.push({ cells: [...opened, ...cells], breakCost: (single ? BREAK.besideSingle : BREAK.words) + leaning });
      opened = [];
    }
  }
  if (opened.length > 0) atoms.push({ cells: opened, breakCost: 0 });
  return atoms;
}

function breakAfter(mark: string): number {
  if (/[。！？；!?;]/u.test(mark)) return BREAK.sentence;
  if (/[，：,:—…]/u.test(mark)) return BREAK.phrase;
  return mark === '、' ? BREAK.list : BREAK.words;
}

/** Words, marks and spaces. Digits and Latin letters stay together with their dots and signs. */
function piecesOf(words: string): readonly string[] {
  const runs =
    words.match(/[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}.+\-/]*|\s+|[^\p{Script=Latin}\p{N}\s]+/gu) ?? [];
  return runs.flatMap((run) =>
    /^[\p{Script=Latin}\p{N}\s]/u.test(run)
      ? [run]
      : [...SEGMENTER.segment(run)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : [...segment])),
  );
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });

/** Average advance of a Latin letter or digit in Noto Serif SC, in em. */
export const LATIN = 0.58;

function cellsOf(piece: string): readonly Cell[] {
  if (/^[\p{Script=Latin}\p{N}]/u.test(piece)) return [{ text: piece, width: LATIN * piece.length, kind: 'run' }];
  return [...piece].map((text) => ({
    text,
    width: 1,
    kind: OPENING.test(text) || CLOSING.test(text) ? 'mark' : 'character',
  }));
}
