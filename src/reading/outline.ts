import type { Document } from '../knowledge/document.ts';
import { isShort, type Line, leads, names } from './lines.ts';
import { afterMark, firstOf, nameOf, wordsOf } from './naming.ts';
import { type Clause, labelOf, type Passage, type Reading } from './reading.ts';

/** A heading of the highest level that a text has, with what stands below it. */
export interface Chapter {
  /** Empty for what stands above the first heading. */
  readonly title: string;
  readonly parts: readonly [Part, ...Part[]];
}

/** What is opened at once: an article, a question with its answer, an item with a heading, else a passage. */
export interface Part {
  /** 「第三条 停车设施实行计时收费的」, a question, a heading, or how it begins. */
  readonly title: string;
  /** The first that says something: a heading or a number alone does not. */
  readonly clause: Clause;
  readonly passage: Passage;
}

/** A clause where it stands. */
interface Placed {
  readonly clause: Clause;
  readonly passage: Passage;
}

/** A part in the making. */
interface Found {
  /** The line of the highest level that it stands under, which may be its own. */
  top: Line | undefined;
  /** The line that names it. */
  head: Line | undefined;
  readonly placed: Placed[];
}

/** A text by its own headings, in its order, for somebody who browses it; empty where it says nothing in sentences. */
export function outlineOf({ document, passages }: Reading): readonly Chapter[] {
  const groups = Map.groupBy(withOpening(foundIn(passages)), ({ top }) => top);
  const chapters = [...groups].flatMap(([top, found]) => chapterOf(document, top, found) ?? []);
  const [only, ...others] = chapters;
  if (!only || others.length > 0) return chapters;
  return only.parts.map((part) => ({ title: part.title, parts: [part] }));
}

/** The parts, each with all that belongs to it: what is long stands in several passages. */
function foundIn(passages: readonly Passage[]): readonly Found[] {
  let open: Found = { top: undefined, head: undefined, placed: [] };
  const found = [open];
  for (const { clause, passage, begins } of placedIn(passages)) {
    const head = headOf(clause, open);
    const isNamed = open.placed.length > 0 && open.placed.every((one) => isName(one.clause.line));
    if (!isNamed && (head || (begins && !isSettled(open) && !runsOn(clause, open)))) {
      open = { top: open.top, head: undefined, placed: [] };
      found.push(open);
    }
    if (head && clause.path.length === 1 && head.role !== 'item') open.top = head;
    if (head) open.head = head;
    open.placed.push({ clause, passage });
  }
  return found;
}

/** Every clause once, though neighbouring passages may overlap by one; `begins` with the first of a passage. */
function placedIn(passages: readonly Passage[]): readonly (Placed & { readonly begins: boolean })[] {
  return passages.flatMap((passage, at) => {
    const { clauses } = passage;
    const own = clauses[0] === passages[at - 1]?.clauses.at(-1) ? clauses.slice(1) : clauses;
    return own.map((clause, i) => ({ clause, passage, begins: i === 0 }));
  });
}

/** Of 「（一）」. */
const ITEM_RANK = 4;

/** The line of a clause with which a part begins. An item does only below a heading, and not as one of a list. */
function headOf({ line, span, lead }: Clause, open: Found): Line | undefined {
  if (span.start > line.span.start) return undefined;
  if (names(line) || line.role === 'article') return line;
  const isFree = !isSettled(open) || open.head?.role === 'item';
  return isFree && lead === undefined && line.rank === ITEM_RANK ? line : undefined;
}

/** Whether what follows belongs to it until another is named; below a heading of the highest level every passage is its own. */
function isSettled({ head, top }: Found): boolean {
  return head !== undefined && (head !== top || head.role === 'article');
}

/** Items of a list and rows of a table that stand in the next passage. */
function runsOn({ line, lead }: Clause, { placed }: Found): boolean {
  return lead !== undefined || (line.role === 'row' && placed.at(-1)?.clause.line.role === 'row');
}

/** Above the first numbered heading there may be lines that look like headings: who passed it and when. */
function withOpening(found: readonly Found[]): readonly Found[] {
  const first = found.findIndex(({ top }) => top !== undefined && top.role !== 'question' && top.mark !== '');
  return found.map((one, at) =>
    at < first && one.top?.role === 'heading' ? { ...one, top: undefined, head: undefined } : one,
  );
}

function chapterOf(document: Document, top: Line | undefined, found: readonly Found[]): Chapter | undefined {
  const [first, ...others] = found.flatMap((one) => partOf(document, one) ?? []);
  if (!first) return undefined;
  const title = top === undefined ? '' : (nameOf(top) ?? first.title);
  return { title, parts: [first, ...others] };
}

function partOf(document: Document, { head, top, placed }: Found): Part | undefined {
  const telling = placed.find(({ clause }, at) => tells(clause, placed[at + 1]?.clause));
  // What is short below a question or a number is said all the same; else it is a signature or a date.
  const isMeant = head !== undefined && (head.role === 'question' || head.mark !== '');
  const chosen = telling ?? (isMeant ? placed.find(({ clause }) => !isName(clause.line)) : undefined);
  if (!chosen) return undefined;
  const words = wordsOf(document, chosen.clause);
  if (head?.role === 'article') return { ...chosen, title: `${labelOf(head)} ${firstOf(afterMark(head)) ?? words}` };
  return { ...chosen, title: (head && head !== top ? nameOf(head) : undefined) ?? words };
}

/** Of an article, where it has one: 「第三条 载体建设」. */
const LONGEST_TITLE = 16;

/** Whether a clause is worth showing alone; `next` is what follows it in the same part. */
function tells({ line, span }: Clause, next: Clause | undefined): boolean {
  const { role } = line;
  if (span.start > line.span.start) return true;
  if (role === 'title' || isName(line)) return false;
  // 「各区、各部门：」 leads nothing but a letter.
  if (role === 'text' && leads(line)) return next?.line.role === 'item';
  if (role === 'article' && afterMark(line).length > LONGEST_TITLE) return true;
  return (role !== 'article' && role !== 'text') || !isShort(line) || leads(line);
}

/** A numbered paragraph may stand where others have a heading. */
function isName(line: Line): boolean {
  return names(line) && (line.role !== 'heading' || isShort(line));
}
