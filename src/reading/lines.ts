import type { Span } from '../knowledge/document.ts';

/** What a line of an official text is to those that follow it. */
export type Role = 'title' | 'chapter' | 'article' | 'heading' | 'question' | 'answer' | 'item' | 'row' | 'text';

/** One line of a document. Lines of lower rank stand above those of higher rank that follow. */
export interface Line {
  readonly span: Span;
  readonly text: string;
  readonly role: Role;
  /** How deep it stands: 0 for a chapter, PLAIN for a line without a mark. */
  readonly rank: number;
  /** 「第二十九条」, 「（三）」, 「一、」: as written; empty without one. */
  readonly mark: string;
}

export const PLAIN = 9;

const HAN_NUMBER = '[〇零一二三四五六七八九十百千两]{1,7}';
const NUMBER = `(?:${HAN_NUMBER}|\\d{1,4})`;

interface Mark {
  readonly pattern: RegExp;
  readonly role: Role;
  readonly rank: number;
}

/** In order: the first that fits. Traditional forms are those of Taiwan's and Hong Kong's laws. */
const MARKS: readonly Mark[] = [
  { pattern: new RegExp(`^第 ?${NUMBER} ?[编編章](?=[\\s\\u3000]|$)`), role: 'chapter', rank: 0 },
  { pattern: new RegExp(`^第 ?${NUMBER} ?[节節](?=[\\s\\u3000]|$)`), role: 'chapter', rank: 1 },
  { pattern: new RegExp(`^第 ?${NUMBER} ?[条條](?: ?[之-] ?${NUMBER})?`), role: 'article', rank: 2 },
  { pattern: /^(?:附件|附录|附錄|附表)[\d一二三四五六七八九十]*(?=[:：\s\u3000]|$)/, role: 'heading', rank: 1 },
  { pattern: new RegExp(`^(?:${NUMBER}[.、．] ?)?(?:问题|問題)${NUMBER}?[:：]`), role: 'question', rank: 2 },
  { pattern: new RegExp(`^(?:${NUMBER}[.、．] ?)?(?:问|問|记者|記者|Q\\d*)[:：]`), role: 'question', rank: 2 },
  { pattern: /^(?:答|A\d*)[:：]/, role: 'answer', rank: 3 },
  { pattern: new RegExp(`^(?:${HAN_NUMBER})、`), role: 'heading', rank: 3 },
  { pattern: new RegExp(`^[(（](?:${HAN_NUMBER})[)）]`), role: 'item', rank: 4 },
  { pattern: /^\d{1,3}(?:\.\d{1,2})*(?:[.、．](?!\d)|(?<=\.\d{1,2})[ \u3000])/, role: 'item', rank: 5 },
  { pattern: /^[(（]\d{1,3}[)）]/, role: 'item', rank: 6 },
  { pattern: /^[①-⑳⑴-⒇㈠-㈩]/, role: 'item', rank: 7 },
  { pattern: /^[a-zA-Z][.、．)）]/, role: 'item', rank: 7 },
  { pattern: /^[●○■□◆◇▲►•·★☆*-] ?/, role: 'item', rank: 8 },
];

const ASKS = /[?？][”」』]?$/;
const LONGEST_QUESTION = 60;
const LONGEST_HEADING = 40;
const ENDS_SENTENCE = /[。；;，,、！!…]$/;
const LEADS = /[:：]$/;

/** The lines of a document's paragraphs, white space around them left out. */
export function linesOf(paragraphs: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  for (const [paragraph, whole] of paragraphs.entries()) {
    let from = 0;
    for (const row of whole.split('\n')) {
      const text = row.trim();
      const start = from + row.indexOf(text);
      from += row.length + 1;
      if (text === '') continue;
      lines.push({ span: { paragraph, start, end: start + text.length }, text, ...kindOfLine(text, lines.length) });
    }
  }
  return withHeadings(lines);
}

function kindOfLine(text: string, number: number): Pick<Line, 'role' | 'rank' | 'mark'> {
  for (const { pattern, role, rank } of MARKS) {
    const mark = pattern.exec(text)?.[0];
    if (mark === undefined) continue;
    const asks = role !== 'article' && ASKS.test(text) && text.length <= LONGEST_QUESTION;
    return { role: asks ? 'question' : role, rank: asks && rank > 2 ? 2 : rank, mark };
  }
  if (number === 0) return { role: 'title', rank: 0, mark: '' };
  if (text.includes('\t')) return { role: 'row', rank: PLAIN, mark: '' };
  if (ASKS.test(text) && text.length <= LONGEST_QUESTION) return { role: 'question', rank: 2, mark: '' };
  return { role: 'text', rank: PLAIN, mark: '' };
}

/** A short plain line that ends no sentence and stands above a longer one is a heading. */
function withHeadings(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, at) => {
    const next = lines[at + 1];
    const short = isShort(line) && !leads(line);
    const above = next !== undefined && next.role !== 'title' && next.text.length > line.text.length;
    return line.role === 'text' && short && above && next.role !== 'article'
      ? { ...line, role: 'heading', rank: 3 }
      : line;
  });
}

/** Whether a line is as short as a heading and ends no sentence: a name, a signature, a date. */
export function isShort({ text }: Line): boolean {
  return text.length <= LONGEST_HEADING && !ENDS_SENTENCE.test(text);
}

/** Whether the items that follow need this line to be understood: 「有下列情形之一的：」. */
export function leads({ text }: Line): boolean {
  return LEADS.test(text);
}

/** Whether the line only names what follows. */
export function names({ role }: Line): boolean {
  return role === 'heading' || role === 'chapter' || role === 'question';
}
