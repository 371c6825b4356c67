import { cut, type Document, type Span } from '../knowledge/document.ts';
import { QUOTE_LIMIT } from '../knowledge/schema.ts';
import { clauses, piecesOf } from '../text/sentences.ts';
import { speaksOfItself } from './itself.ts';
import { type Line, leads, linesOf, names, PLAIN } from './lines.ts';
import { headersOf } from './tables.ts';

/** What a person would quote at once: a line, or of a longer one some whole sentences, within QUOTE_LIMIT. */
export interface Clause {
  readonly span: Span;
  /** The line that it needs to be understood, if any: 「有下列情形之一的：」. */
  readonly lead: Span | undefined;
  /** Of a row of a table, the row that names its columns. */
  readonly header?: Span;
  readonly line: Line;
  /** Where it stands, outermost first: titles of chapters, the number of an article, headings; its own among them. */
  readonly path: readonly string[];
}

/** What belongs together and is found together: an article, a question with its answer, a heading with what follows. */
export interface Passage {
  /** Headings and leads that its clauses need, and the title where they speak of the document itself: text to find it by. */
  readonly above: string;
  readonly clauses: readonly Clause[];
}

/** A document made ready to be searched: what no point of it covers, in passages. */
export interface Reading {
  readonly document: Document;
  readonly passages: readonly Passage[];
  /** All of it, for whoever reads what stands around a quote. */
  readonly whole: readonly Passage[];
}

/** A passage is closed at about this many units; one that is longer overlaps with its neighbour by a clause. */
const PASSAGE_UNITS = 300;
/** Of a heading or lead no more than this is repeated in what stands below. */
const ABOVE_UNITS = 60;
/** An item begins a passage of its own when the one before it has this many units. */
const LEAST_UNITS = 100;
/** A heading of an item may share its line with its text: 「（一）加大稳岗支持力度。对…」. */
const INLINE_HEADING = /^(.{2,30}?)[。：:](?=.)/;

export function readDocument(document: Document): Reading {
  const passages: Passage[] = [];
  const stack: Line[] = [];
  let open: Clause[] = [];
  let units = 0;
  let above = '';

  const close = () => {
    const isOfItself = open.some(({ span }) => speaksOfItself(cut(document, span)));
    const named = isOfItself
      ? [document.title.slice(0, ABOVE_UNITS), above].filter((text) => text !== '').join('\n')
      : above;
    if (open.length > 0) passages.push({ above: named, clauses: open });
    open = [];
    units = 0;
  };
  const begin = () => {
    close();
    above = aboveOf(stack);
  };

  const lines = linesOf(document.paragraphs).map(inArticle);
  const headers = headersOf(lines);
  for (const [at, line] of lines.entries()) {
    while (stack.length > 0 && (stack.at(-1) as Line).rank >= line.rank) stack.pop();
    if (at === 0 || beginsPassage(line, open, units)) begin();
    const lead = line.role === 'text' ? undefined : stack.findLast(leads);
    const path = pathOf(stack, line);
    for (const range of piecesOf(line.text, QUOTE_LIMIT)) {
      const length = range.end - range.start;
      if (units + length > PASSAGE_UNITS && units > 0 && !open.every((one) => names(one.line))) {
        const last = open.at(-1) as Clause;
        begin();
        // What overlaps is a sentence before, not a neighbour in a list.
        if (last.line === line || line.role === 'text') {
          open.push(last);
          units += last.span.end - last.span.start;
        }
      }
      const { paragraph, start } = line.span;
      const span = { paragraph, start: start + range.start, end: start + range.end };
      const header = headers.get(line);
      open.push({ span, lead: lead?.span, ...(header ? { header: header.span } : {}), line, path });
      units += length;
    }
    const next = lines[at + 1];
    if (line.rank < PLAIN ? stands(line) : leads(line) && next?.role === 'item')
      stack.push(line.rank < PLAIN ? line : { ...line, rank: (next as Line).rank - 0.5 });
  }
  close();
  return { document, passages: uncovered(document, passages), whole: passages };
}

/** Without what a document's own points, headings and slogans say already. */
function uncovered({ sections, slogans }: Document, passages: readonly Passage[]): readonly Passage[] {
  const covered = new Set(slogans.map(({ words }) => words.paragraph));
  for (const { heading, points } of sections.filter(({ ofClauses }) => !ofClauses)) {
    if (heading !== undefined) covered.add(heading);
    for (const { quote } of points) covered.add(quote.paragraph);
  }
  if (covered.size === 0) return passages;
  return passages
    .map((passage) => ({ ...passage, clauses: passage.clauses.filter(({ span }) => !covered.has(span.paragraph)) }))
    .filter(({ clauses }) => clauses.length > 0);
}

/** Whether a line stays above what follows. */
function stands(line: Line): boolean {
  if (names(line) || line.role === 'article' || leads(line)) return true;
  return (
    line.role === 'item' && (line.text.length <= ABOVE_UNITS || INLINE_HEADING.test(line.text.slice(line.mark.length)))
  );
}

/** Within an article 「一、」 is one of its items, as in Taiwan's laws. */
function inArticle(line: Line, at: number, lines: readonly Line[]): Line {
  if (line.role !== 'heading' || line.mark === '') return line;
  const before = lines.slice(0, at).findLast(({ role, rank }) => role === 'article' || rank <= 1);
  return before?.role === 'article' ? { ...line, role: 'item' } : line;
}

function beginsPassage(line: Line, open: readonly Clause[], units: number): boolean {
  // A heading or question stays with what follows it.
  if (open.length > 0 && open.every((one) => names(one.line))) return false;
  if (line.role === 'item' || line.role === 'answer' || line.role === 'row')
    return line.rank === 4 && units > LEAST_UNITS && !open.some((one) => one.line.role === 'article');
  return line.rank <= 3;
}

function pathOf(stack: readonly Line[], line: Line): readonly string[] {
  const above = stack.filter(({ role }) => role !== 'title' && role !== 'text' && role !== 'answer');
  return (line.role === 'article' || names(line) ? [...above, line] : above).map(labelOf);
}

/** How a line is named in a citation: an article by its number, a heading by its words. */
export function labelOf({ role, mark, text }: Line): string {
  const name = mark.replace(/[\s\u3000]/g, '');
  if (role === 'article') return name;
  // Titles of chapters are set wide: 「总　则」.
  if (role === 'chapter') return `${name} ${text.slice(mark.length).replace(/\s/g, '')}`.trim();
  const inline = INLINE_HEADING.exec(text.slice(mark.length))?.[1];
  const words = inline ?? (text.length - mark.length <= ABOVE_UNITS ? text.slice(mark.length) : '');
  return `${name}${words.replace(/^[\s\u3000:：]+|[:：]$/g, '')}`;
}

function aboveOf(stack: readonly Line[]): string {
  return stack
    .filter(({ role }) => role !== 'title')
    .map(aboveText)
    .filter((text) => text !== '')
    .join('\n');
}

function aboveText(line: Line): string {
  if (line.text.length <= ABOVE_UNITS) return line.text;
  const inline = INLINE_HEADING.exec(line.text.slice(line.mark.length))?.[1];
  if (inline !== undefined && line.role === 'item') return inline;
  const last = leads(line) ? clauses(line.text).at(-1) : undefined;
  return last ? line.text.slice(last.start, last.end).slice(-ABOVE_UNITS) : '';
}
