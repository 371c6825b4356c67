import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { frontMatterSchema } from './schema.ts';
import { type Parsed, parseYaml } from './yaml.ts';

export interface Source {
  readonly frontMatter: Parsed<z.output<typeof frontMatterSchema>> | undefined;
  readonly paragraphs: readonly string[];
  /** The 1-based line of the file on which each paragraph begins. */
  readonly lines: readonly number[];
  readonly problems: readonly Problem[];
}

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/;

/** A source file in two: the YAML of its front matter, and what follows. */
export function splitSource(text: string): { readonly head: string | undefined; readonly body: string } {
  const match = FRONT_MATTER.exec(text);
  return { head: match?.[1], body: text.slice(match?.[0].length ?? 0) };
}

/** Reads source.md: front matter between two lines of `---`, then paragraphs parted by blank lines, kept as they are. */
export function parseSource(file: string, text: string): Source {
  const match = FRONT_MATTER.exec(text);
  const bodyStart = match ? match[0].length : 0;
  const { paragraphs, lines } = split(text, bodyStart);
  let problems: readonly Problem[] = [];
  const note = (line: number, detail: Problem['detail']) => {
    problems = [...problems, { file, line, column: 1, severity: 'error', detail }];
  };
  if (!match) note(1, { code: 'no-front-matter' });
  const head = match ? parseYaml(file, match[1] ?? '', frontMatterSchema, 2) : undefined;
  problems = problems.concat(head?.problems ?? []);
  if (paragraphs.length === 0) {
    note(text.slice(0, bodyStart).split('\n').length, { code: 'no-text' });
  }
  if (match && /^---[ \t]*(?:\n|$)/.test(paragraphs[0] ?? '')) note(lines[0] ?? 1, { code: 'second-document' });
  return { frontMatter: head, paragraphs, lines, problems };
}

function split(text: string, from: number): { paragraphs: string[]; lines: number[] } {
  const paragraphs: string[] = [];
  const lines: number[] = [];
  let line = text.slice(0, from).split('\n').length;
  let open: string[] = [];
  const close = () => {
    if (open.length === 0) return;
    paragraphs.push(open.join('\n'));
    lines.push(line - open.length);
    open = [];
  };
  for (const row of text.slice(from).split(/\r?\n/)) {
    if (row.trim() === '') close();
    else open.push(row.trimEnd());
    line++;
  }
  close();
  return { paragraphs, lines };
}
