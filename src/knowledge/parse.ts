import type { z } from 'zod';
import { governingWord } from '../text/governing.ts';
import type { Document, Point, Section, Slogan, Span } from './document.ts';
import type { Problem } from './problem.ts';
import { difference, locate } from './quotes.ts';
import { questionsSchema, sectionSchema, slogansSchema } from './schema.ts';
import { parseSource, type Source } from './source.ts';
import { type Parsed, type Path, parseYaml } from './yaml.ts';

/** One file as it was read; `path` is how it is named to a person. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface DocumentFiles {
  /** The name of the document's folder. */
  readonly id: string;
  readonly source: SourceFile;
  /** questions.yaml, which holds all sections … */
  readonly questions: SourceFile | undefined;
  /** … or in its place the files of questions/, one a section, in the order of their names. */
  readonly sections: readonly SourceFile[];
  readonly slogans: SourceFile | undefined;
}

/** A section as it is written, and where in its file each of its values stands. */
export interface WrittenSection {
  readonly value: z.output<typeof sectionSchema>;
  readonly problemAt: Parsed<unknown>['problemAt'];
}

/** A document, as far as its files can be read, with where each paragraph and phrasing stands, for messages. */
export interface ParsedDocument {
  readonly document: Document | undefined;
  readonly problems: readonly Problem[];
  readonly files: DocumentFiles;
  /** The 1-based line of each paragraph in the source file. */
  readonly lines: readonly number[];
  readonly frontMatter: Parsed<unknown> | undefined;
  readonly sections: readonly WrittenSection[];
}

export function parseDocument(files: DocumentFiles): ParsedDocument {
  const source = parseSource(files.source.path, files.source.text);
  const written = readWritten(files);
  const slogans = files.slogans && parseYaml(files.slogans.path, files.slogans.text, slogansSchema);
  const problems = source.problems.concat(written.problems, slogans?.problems ?? []);

  const find: Find = ({ problemAt }, path, quote) => {
    const span = locate(source.paragraphs, quote);
    if (!span) {
      const detail = { code: 'quote-not-verbatim', quote, difference: difference(source.paragraphs, quote) } as const;
      problems.push(problemAt(path, detail));
    }
    return span;
  };
  const sections = written.sections.map((section) => readSection(source.paragraphs, section, problems, find));
  const shown: Slogan[] = [];
  for (const [i, slogan] of (slogans?.value?.slogans ?? []).entries()) {
    const words = slogans && find(slogans, ['slogans', i, 'words'], slogan.words);
    if (words) shown.push({ words, from: slogan.from, until: slogan.until });
  }
  const document = documentOf(files.id, source, { sections, slogans: shown });
  return {
    document,
    problems,
    files,
    lines: source.lines,
    frontMatter: source.frontMatter,
    sections: written.sections,
  };
}

/** What people ask a document for, and what is shown of it: where it stands in the text, never the text itself. */
export type Annotations = Pick<Document, 'sections' | 'slogans'>;

/** Undefined where nothing names the document. */
export function documentOf(
  id: string,
  { frontMatter: head, paragraphs }: Source,
  annotations: Annotations,
): Document | undefined {
  const frontMatter = head?.value;
  return (
    frontMatter && {
      id,
      title: frontMatter.title,
      subtitle: frontMatter.subtitle,
      label: frontMatter.label ?? frontMatter.title,
      publisher: frontMatter.publisher,
      number: frontMatter.number,
      published: frontMatter.published,
      url: frontMatter.url,
      effective: frontMatter.effective,
      expires: frontMatter.expires,
      supersededBy: frontMatter.superseded_by,
      region: frontMatter.region,
      audience: frontMatter.audience,
      reporters: frontMatter.reporters,
      about: frontMatter.about,
      dates: frontMatter.dates,
      command: frontMatter.command,
      paragraphs,
      ...annotations,
    }
  );
}

function readWritten({ questions, sections }: DocumentFiles): Pick<ParsedDocument, 'sections' | 'problems'> {
  const whole = questions && parseYaml(questions.path, questions.text, questionsSchema);
  const apart = sections.map((file) => parseYaml(file.path, file.text, sectionSchema));
  const problems = [...(whole?.problems ?? []), ...apart.flatMap((one) => one.problems)];
  // What the keeper's thumb adds has a file of its own, also beside a questions.yaml.
  if (whole && apart.some(({ value }) => value?.of === undefined))
    problems.push(whole.problemAt([], { code: 'questions-twice' }));
  const written: readonly WrittenSection[] = [
    ...(whole?.value?.sections ?? []).map(
      (value, at): WrittenSection => ({
        value,
        problemAt: (path, ...about) => (whole as Parsed<unknown>).problemAt(['sections', at, ...path], ...about),
      }),
    ),
    ...apart.flatMap(({ value, problemAt }) => (value ? [{ value, problemAt }] : [])),
  ];
  return { sections: written, problems };
}

/** Where a quote stands; that it stands nowhere is a problem at `path`. */
type Find = (place: Pick<Parsed<unknown>, 'problemAt'>, path: Path, quote: string) => Span | undefined;

function readSection(paragraphs: readonly string[], written: WrittenSection, problems: Problem[], find: Find): Section {
  const { value: section, problemAt } = written;
  const heading = section.heading === undefined ? undefined : paragraphs.indexOf(section.heading);
  if (heading === -1) {
    problems.push(problemAt(['heading'], { code: 'heading-not-a-paragraph', heading: section.heading ?? '' }));
  }
  const points: Point[] = [];
  for (const [p, point] of section.points.entries()) {
    const at = ['points', p];
    const quote = find(written, [...at, 'quote'], point.quote);
    if (point.ask.length === 0 && (section.of === undefined || point.not.length === 0))
      problems.push(problemAt(at, { code: 'no-phrasings', id: point.id }));
    const offset = point.answer === undefined ? 0 : point.quote.indexOf(point.answer);
    if (offset < 0)
      problems.push(problemAt([...at, 'answer'], { code: 'answer-not-in-quote', answer: point.answer ?? '' }));
    if (!quote || offset < 0) continue;
    if (point.answer !== undefined) {
      const said = { start: offset, end: offset + point.answer.length };
      const word = governingWord(point.quote, said);
      const detail = { code: 'answer-governed', answer: point.answer, word: word ?? '' } as const;
      if (word !== undefined) problems.push(problemAt([...at, 'answer'], detail));
    }
    const start = quote.start + offset;
    const answer = { paragraph: quote.paragraph, start, end: start + (point.answer ?? point.quote).length };
    const { id, title, ask, not } = point;
    points.push({ id, title, quote, answer, ask, not });
  }
  const ofClauses = section.of === 'clauses';
  return { id: section.id, title: section.title, heading, ofClauses, ask: section.ask, points };
}
