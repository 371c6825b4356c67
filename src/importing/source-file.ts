import { CORE_SCHEMA, dump } from 'js-yaml';
import type { Doubt } from './doubt.ts';
import type { Imported } from './imported.ts';

/** A document as its source.md, with the lines of that file. */
export interface SourceFile {
  readonly text: string;
  /** The 1-based line on which a doubt's paragraph stands; 1 for one about the whole document. */
  lineOf(doubt: Doubt): number;
}

/** Front matter keys in the order in which a person looks for them; `kept` are a keeper's own, which an import does not know. */
export function sourceFile(document: Imported, kept: Readonly<Record<string, unknown>> = {}): SourceFile {
  const { title, subtitle, label, publisher, number, published, url, effective, expires, region, audience } = document;
  const { reporters, about, paragraphs } = document;
  const own = {
    title,
    subtitle,
    label,
    publisher,
    number,
    published,
    url,
    effective,
    expires,
    region,
    audience,
    reporters: reporters.length > 0 ? reporters : undefined,
    about: about.length > 0 ? about : undefined,
  };
  const said = Object.fromEntries(Object.entries({ ...own, ...kept }).filter(([, value]) => value !== undefined));
  const head = `---\n${dump(said, { schema: CORE_SCHEMA, lineWidth: -1 })}---\n\n`;
  const first = head.split('\n').length;
  return {
    text: `${head}${paragraphs.map(oneParagraph).join('\n\n')}\n`,
    lineOf: ({ paragraph }) => (paragraph === undefined ? 1 : first + 2 * paragraph),
  };
}

/** A paragraph is a line: an empty line inside would part it. */
function oneParagraph(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
