import type { Block } from './block.ts';
import type { DoubtDetail } from './doubt.ts';
import { joinLines, startsAnew } from './plain.ts';

/** A doubt about a block. */
export interface BlockDoubt {
  readonly block: Block;
  readonly detail: DoubtDetail;
}

export interface Mended {
  readonly blocks: readonly Block[];
  readonly doubts: readonly BlockDoubt[];
  /** A headline and byline that stood inside a sentence, now at the head. */
  readonly headline: readonly Block[];
}

/** A sentence that columns or pages broke has at least this many units before the break; a shorter line is a heading. */
const LEAST_BROKEN = 40;
const LONGEST_HEADLINE = 40;
const MOST_HEADLINES = 3;
const SHOWN = 12;

/**
 * Joins sentences that a newspaper's columns broke: a long paragraph that ends in the middle of a sentence, and the next, that
 * begins there. Where a headline or byline stands in between, it goes to the head, unless the text has a headline there.
 */
export function mend(blocks: readonly Block[]): Mended {
  const result: Block[] = [];
  const doubts: BlockDoubt[] = [];
  const headline: Block[] = [];
  const replaceLast = (block: Block) => {
    const last = result.pop();
    result.push(block);
    for (const [at, doubt] of doubts.entries()) if (doubt.block === last) doubts[at] = { ...doubt, block };
  };
  let at = 0;
  while (at < blocks.length) {
    const block = blocks[at] as Block;
    const last = result.at(-1);
    const between = last && isBroken(last) && !/[，、]$/.test(last.text) ? headlinesAt(blocks, at) : 0;
    const after = blocks[at + between];
    if (last && between > 0 && after && goesOn(after, last) && /[。！？”]$/.test(after.text)) {
      const lines = blocks.slice(at, at + between);
      const texts = lines.map(({ text }) => text);
      const places = { before: last.text.slice(-SHOWN), after: after.text.slice(0, SHOWN) };
      if (isHeadless(result, lines)) {
        headline.push(...lines);
        replaceLast({ ...last, text: joinLines(last.text, after.text) });
        doubts.push({ block: result.at(-1) as Block, detail: { code: 'headline-moved', lines: texts, ...places } });
        at += between + 1;
        continue;
      }
      doubts.push({ block: lines[0] as Block, detail: { code: 'headline-inside', lines: texts } });
    }
    if (last && isBroken(last) && goesOn(block, last)) {
      const detail = { code: 'joined', before: last.text.slice(-SHOWN), after: block.text.slice(0, SHOWN) } as const;
      replaceLast({ ...last, text: joinLines(last.text, block.text) });
      doubts.push({ block: result.at(-1) as Block, detail });
      at++;
      continue;
    }
    result.push(block);
    at++;
  }
  return { blocks: [...headline, ...result], doubts, headline };
}

/** Whether a paragraph stops in the middle of a sentence. */
function isBroken({ text, kind }: Block): boolean {
  if (kind !== 'text' || text.length < LEAST_BROKEN || !/[，。；]/.test(text)) return false;
  return /[\p{Script=Han}，、A-Za-z\d]$/u.test(text) && !/(?:号|日|人|如下|公布|印发|附件|站|网|版|元)$/.test(text);
}

function goesOn({ text, kind }: Block, before: Block): boolean {
  if (kind !== 'text' || startsAnew(text) || /^[《“（(]?(?:附件|附：|注：|来源|记者)/.test(text)) return false;
  // After a comma anything goes on; else what follows must be prose itself.
  if (/[，、]$/.test(before.text)) return true;
  return text.length >= SHOWN && /[，。；]/.test(text) && /^[\p{Script=Han}A-Za-z\d]/u.test(text);
}

/** How many lines from here on are like headlines: short, and no sentence of the text. */
function headlinesAt(blocks: readonly Block[], at: number): number {
  let count = 0;
  while (count < MOST_HEADLINES) {
    const block = blocks[at + count];
    if (!block || block.text.length > LONGEST_HEADLINE || /[。；，、]$/.test(block.text) || startsAnew(block.text))
      break;
    count++;
  }
  return count;
}

/** Whether a text begins with its own first sentence, and the lines hold a byline or read like a headline. */
function isHeadless(before: readonly Block[], lines: readonly Block[]): boolean {
  const [first] = before;
  return (
    first !== undefined &&
    first.text.length > LONGEST_HEADLINE &&
    /。/.test(first.text) &&
    lines.some(({ text }) => isByline(text))
  );
}

/** 「新华社记者 王悦阳 张辛欣」, 「本报记者张三」. */
export function isByline(text: string): boolean {
  return (
    /^[（(]?[\p{Script=Han}]{0,8}记者(?:[\s\u3000、：:]*[\p{Script=Han}·]{2,4}){0,8}[）)]?$/u.test(text) &&
    text.length <= LONGEST_HEADLINE
  );
}

/** 「新华社北京4月10日电」 or 「（完）」 alone closes a report. */
export function closesReport(text: string): boolean {
  return /^[（(]?(?:据)?(?:新华社|中新社|中新网|人民网|本报)[\p{Script=Han}]{2,8}(?:\d{1,2}月\d{1,2}日)?电[）)]?$|^[（(]完[）)]$/u.test(
    text.trim(),
  );
}
