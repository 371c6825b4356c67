import type { Doubt } from './doubt.ts';

/** A document as an import made it out. */
export interface Imported {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** A short name, at most 40 characters; undefined where the title is as short and plain. */
  readonly label: string | undefined;
  readonly publisher: string | undefined;
  readonly number: string | undefined;
  /** As printed. */
  readonly published: string | undefined;
  readonly url: string | undefined;
  /** First and last day in force, YYYY-MM-DD. */
  readonly effective: string | undefined;
  readonly expires: string | undefined;
  readonly region: string | undefined;
  readonly audience: string | undefined;
  readonly reporters: readonly string[];
  readonly about: readonly string[];
  /** As published, white space at their ends left out; a row of a table is one, its cells parted by tabs. */
  readonly paragraphs: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** The longest short name, as front matter takes it. */
const LABEL = 40;

/** A name for source lines and buttons: of a notice that issues a paper, the paper's. */
export function shortName(title: string): string | undefined {
  const issued = /印发[《〈]?(.{4,40}?)[》〉]?的(?:通知|函|通告|公告)$/.exec(title)?.[1];
  if (issued !== undefined) return issued;
  if (title.length <= LABEL) return undefined;
  const about = /(?:关于|關於)(.{4,39})$/.exec(title)?.[1];
  if (about !== undefined) return `关于${about}`.slice(0, LABEL);
  const name = /《([^》]{2,24})》/.exec(title)?.[1];
  if (name !== undefined && /答记者问|解读/.test(title))
    return `《${name}》${/答记者问/.test(title) ? '答记者问' : '解读'}`;
  return title.slice(0, LABEL);
}
