import type { Block } from './block.ts';
import { factsOf } from './document-facts.ts';
import type { Doubt, DoubtDetail } from './doubt.ts';
import type { Facts } from './facts.ts';
import { findTitle, guessTitle, type Heading, plainTitle } from './heading.ts';
import { type Imported, shortName } from './imported.ts';
import { type BlockDoubt, closesReport, mend } from './mend.ts';

/** What a reader of a format made out. */
export interface Content {
  readonly blocks: readonly Block[];
  /** What the file says that its text is called, likeliest first. */
  readonly titles: readonly string[];
  readonly facts: Facts;
  readonly doubts: readonly DoubtDetail[];
  /** Whether lines end where a sheet or a column did, so that sentences may be broken. */
  readonly mayBreak: boolean;
}

/** A file's documents: one, or as many as it has reports. */
export function documentsOf(content: Content): readonly Imported[] {
  const parts = content.mayBreak ? reportsIn(content.blocks) : [content.blocks];
  return parts.map((blocks, at) => {
    const doubts: readonly DoubtDetail[] =
      parts.length > 1
        ? [{ code: 'one-of-several', number: at + 1, all: parts.length }, ...content.doubts]
        : content.doubts;
    return documentOf({ ...content, titles: parts.length > 1 ? [] : content.titles, blocks, doubts });
  });
}

/** A page of a newspaper holds several reports; a line closes each. */
function reportsIn(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const parts: Block[][] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open.push(block);
    if (!closesReport(block.text)) continue;
    parts.push(open);
    open = [];
  }
  if (open.length > 0) parts.push(open);
  return parts;
}

function documentOf({ blocks, titles, facts, doubts: about, mayBreak }: Content): Imported {
  const mended = mayBreak ? mend(blocks) : { blocks, doubts: [], headline: [] };
  const found = findTitle(mended.blocks, titles) ?? (titles.length === 0 ? guessTitle(mended.blocks) : undefined);
  const { lines, heading } = withTitle(mended.blocks, found, titles);
  const own = factsOf(lines, heading, facts);
  const details: (DoubtDetail | BlockDoubt)[] = [...about, ...mended.doubts];
  if (heading?.sure !== true) details.push({ code: 'title-guessed' });
  if (own.publisher === undefined) details.push({ code: 'missing', what: 'publisher' });
  if (own.published === undefined) details.push({ code: 'missing', what: 'date' });
  if (facts.validity !== undefined && /失效|废止|无效|停止执行/.test(facts.validity))
    details.push({ code: 'no-longer-valid', said: facts.validity });
  const title = heading?.title ?? (lines[0]?.text ?? '').slice(0, UNNAMED);
  const doubts = details.map((detail): Doubt => {
    if (!('block' in detail)) return { paragraph: undefined, detail };
    const paragraph = lines.indexOf(detail.block);
    return { paragraph: paragraph === -1 ? undefined : paragraph, detail: detail.detail };
  });
  return {
    ...own,
    title,
    label: shortName(title),
    paragraphs: lines.map(({ text }) => text),
    doubts: [...doubts, ...oddities(lines)],
  };
}

/** Of a text without a title, this much of its first line. */
const UNNAMED = 30;

/** The lines with the title once: a page says it outside its article, a file may say it before its text says it again. */
function withTitle(
  blocks: readonly Block[],
  found: Heading | undefined,
  titles: readonly string[],
): { lines: readonly Block[]; heading: Heading | undefined } {
  if (!found) {
    const [title] = titles;
    if (title === undefined) return { lines: blocks, heading: undefined };
    const line: Block = {
      text: title,
      kind: 'heading',
      links: 0,
      bold: true,
      align: 'center',
      level: 1,
      line: undefined,
    };
    return { lines: [line, ...blocks], heading: { title, sure: true, at: 0, lines: 1 } };
  }
  const before = blocks.slice(0, found.at);
  const again = before.findIndex(({ text }) => plainTitle(text) === plainTitle(found.title));
  if (again === -1) return { lines: blocks, heading: found };
  return { lines: blocks.toSpliced(again, 1), heading: { ...found, at: found.at - 1 } };
}

/** Characters that no table of characters knows, or that were lost on the way. */
function oddities(lines: readonly Block[]): readonly Doubt[] {
  return lines.flatMap(({ text }, paragraph): Doubt[] => {
    const odd = /.{0,6}[\uFFFD\p{Co}\p{Cn}].{0,6}/u.exec(text)?.[0];
    return odd === undefined ? [] : [{ paragraph, detail: { code: 'odd-characters', text: odd } }];
  });
}
