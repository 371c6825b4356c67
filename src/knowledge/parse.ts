import type { z } from 'zod';
import { governingWord } from '../text/governing.ts';
import type { Document, Point, Section, Slogan, Span } from './document.ts';
import type { Problem } from './problem.ts';
import { difference, locate } from './quotes.ts';
import { questionsSchema, slogansSchema } from './schema.ts';
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
  readonly questions: SourceFile | undefined;
  readonly slogans: SourceFile | undefined;
}

/** A document, as far as its files can be read, with where each paragraph and phrasing stands, for messages. */
export interface ParsedDocument {
  readonly document: Document | undefined;
  readonly problems: readonly Problem[];
  readonly files: DocumentFiles;
  /** The 1-based line of each paragraph in the source file. */
  readonly lines: readonly number[];
  readonly frontMatter: Parsed<unknown> | undefined;
  readonly questions: Parsed<z.output<typeof questionsSchema>> | undefined;
}

export function parseDocument(files: DocumentFiles): ParsedDocument {
  const source = parseSource(files.source.path, files.source.text);
  const questions = files.questions && parseYaml(files.questions.path, files.questions.text, questionsSchema);
  const slogans = files.slogans && parseYaml(files.slogans.path, files.slogans.text, slogansSchema);
  const problems = source.problems.concat(questions?.problems ?? [], slogans?.problems ?? []);

  const find = (parsed: Parsed<unknown>, path: Path, quote: string): Span | undefined => {
    const span = locate(source.paragraphs, quote);
    if (!span) {
      const detail = { code: 'quote-not-verbatim', quote, difference: difference(source.paragraphs, quote) } as const;
      problems.push(parsed.problemAt(path, detail));
    }
    return span;
  };
  const sections = questions?.value ? readSections(files.id, source.paragraphs, questions, problems, find) : [];
  const shown: Slogan[] = [];
  for (const [i, slogan] of (slogans?.value?.slogans ?? []).entries()) {
    const words = slogans && find(slogans, ['slogans', i, 'words'], slogan.words);
    if (words) shown.push({ words, from: slogan.from, until: slogan.until });
  }
  const document = documentOf(files.id, source, { sections, slogans: shown });
  return { document, problems, files, lines: source.lines, frontMatter: source.frontMatter, questions };
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

function readSections(
  document: string,
  paragraphs: readonly string[],
  questions: Parsed<z.output<typeof questionsSchema>>,
  problems: Problem[],
  find: (parsed: Parsed<unknown>, path: Path, quote: string) => Span | undefined,
): Section[] {
  const sections: Section[] = [];
  for (const [s, section] of (questions.value?.sections ?? []).entries()) {
    const path = ['sections', s];
    const heading = section.heading === undefined ? undefined : paragraphs.indexOf(section.heading);
    if (heading === -1) {
      const detail = { code: 'heading-not-a-paragraph', heading: section.heading ?? '' } as const;
      problems.push(questions.problemAt([...path, 'heading'], detail));
    }
    const points: Point[] = [];
    for (const [p, point] of section.points.entries()) {
      const at = [...path, 'points', p];
      const quote = find(questions, [...at, 'quote'], point.quote);
      if (point.ask.length === 0) problems.push(questions.problemAt(at, { code: 'no-phrasings', id: point.id }));
      const offset = point.answer === undefined ? 0 : point.quote.indexOf(point.answer);
      if (offset < 0) {
        const detail = { code: 'answer-not-in-quote', answer: point.answer ?? '' } as const;
        problems.push(questions.problemAt([...at, 'answer'], detail));
      }
      if (!quote || offset < 0) continue;
      if (point.answer !== undefined) {
        const said = { start: offset, end: offset + point.answer.length };
        const word = governingWord(point.quote, said);
        const detail = { code: 'answer-governed', answer: point.answer, word: word ?? '' } as const;
        if (word !== undefined) problems.push(questions.problemAt([...at, 'answer'], detail));
      }
      const start = quote.start + offset;
      const answer = { paragraph: quote.paragraph, start, end: start + (point.answer ?? point.quote).length };
      points.push({
        document,
        section: section.id,
        id: point.id,
        title: point.title,
        quote,
        answer,
        ask: point.ask,
        not: point.not,
      });
    }
    sections.push({ document, id: section.id, title: section.title, heading, ask: section.ask, points });
  }
  return sections;
}
