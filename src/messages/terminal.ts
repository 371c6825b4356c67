import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Answer, Answered } from '../answering/answer.ts';
import type { Document, Library } from '../knowledge/document.ts';
import { leadOf } from './answer.ts';
import { localeOf } from './locale.ts';
import { blocks, sourceLine, topicsOf } from './source-line.ts';
import { standingNotice } from './standing.ts';
import { CHINESE } from './wording.ts';

export interface TerminalOptions {
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
  /** See Locale. */
  readonly today?: string;
  /** For whoever asked nothing. */
  readonly example?: string | undefined;
}

/** An answer for a person at a terminal: answer line, quote, source, related questions. */
export function renderForTerminal(
  answer: Answer,
  library: Library,
  { width, color, today, example }: TerminalOptions,
): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const indented = (text: string, mark: string) =>
    wrap(text, width - stringWidth(mark)).map((line) => `${style('cyan', mark)}${line}`);
  const noticeLines = (document: Document) => {
    const notice = standingNotice(document, library, {
      ...localeOf('zh-hans'),
      ...(today === undefined ? {} : { today }),
    });
    return notice ? [style('yellow', notice.text)] : [];
  };
  const lines: string[] = [];
  if (answer.outcome === 'answered') {
    for (const [at, one] of [answer, ...(answer.also ?? [])].entries()) {
      const { document } = one.quotes[0];
      lines.push(...(at > 0 ? [''] : []), ...noticeLines(document), style('bold', headline(one)), '');
      for (const block of blocks(document, one.quotes)) lines.push(...indented(block, '│ '));
      lines.push('', style('dim', sourceLine(document, one, CHINESE)));
      if (document.url !== undefined) lines.push(style('dim', document.url));
    }
    if (answer.partly) lines.push('', CHINESE.partly);
    if (answer.related.length > 0) lines.push('', style('dim', CHINESE.related));
  } else if (answer.outcome === 'related') {
    lines.push(leadOf(answer, CHINESE), '');
  } else {
    const { reason } = answer;
    if (reason === 'uncovered' || reason === 'unsure') lines.push(CHINESE[reason](topicsOf(library)));
    else lines.push(reason === 'empty' ? CHINESE.empty(example) : CHINESE.smallTalk[reason]);
  }
  for (const { title, section, quotes } of answer.related) {
    lines.push(`· ${title}`);
    if (answer.outcome !== 'related') continue;
    const { document } = quotes[0];
    lines.push(...noticeLines(document).map((line) => `  ${line}`));
    for (const block of blocks(document, quotes)) lines.push(...indented(block, '  │ '));
    lines.push(`  ${style('dim', sourceLine(document, { section, quotes }, CHINESE))}`);
  }
  return `\n${lines.join('\n')}\n\n`;
}

function headline({ title, answer, quotes, whole }: Answered): string {
  return whole || answer === quotes[0].text ? title : `${CHINESE.answerFor(title)}${answer}`;
}

/** Breaks between any two characters, but puts no closing punctuation at the head of a line. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const point of text) {
    const full = stringWidth(line) + stringWidth(point) > width;
    if (point === '\n' || (full && !/[，。、；：？！”’）》」』%]/u.test(point))) {
      lines.push(line);
      line = '';
    }
    if (point !== '\n') line += point;
  }
  return [...lines, line];
}
