import { createHash } from 'node:crypto';
import type { TermPostings } from '../index/segment.ts';
import { checkTogether, claimsOf } from '../knowledge/check.ts';
import type { Document, Span } from '../knowledge/document.ts';
import { type Annotations, type DocumentFiles, documentOf, parseDocument } from '../knowledge/parse.ts';
import { parseSource } from '../knowledge/source.ts';
import type { Analyzer } from '../phrasings/analysis.ts';
import { type DocumentPhrasings, readPhrasings } from '../phrasings/document-phrasings.ts';
import { postingsOfPassages } from '../reading/indexing.ts';
import { type Reading, readDocument } from '../reading/reading.ts';

/** What is kept of a document made ready: numbers, offsets and how people ask. Its text is always that of its source. */
export interface Kept {
  readonly annotations: Annotations;
  /** Of its passages. */
  readonly postings: TermPostings;
  readonly phrasings: DocumentPhrasings;
  /** See `claimsOf`. */
  readonly claims: Float64Array;
}

/** One document made ready to answer. Nothing but its own files and the folder's terms decides it. */
export interface Prepared extends Kept {
  /** Of all that it was made from. */
  readonly fingerprint: string;
  readonly document: Document;
  readonly reading: Reading;
}

/** Of the files as they were read; `made` names what makes a reading of them, `terms` the text of terms.yaml. */
export function fingerprintOf(
  { id, source, questions, sections, slogans }: DocumentFiles,
  made: string,
  terms: string,
): string {
  const hash = createHash('sha256');
  const asked = questions !== undefined || sections.length > 0;
  const parts = [made, id, source.text, questions?.text, slogans?.text, asked ? terms : undefined];
  for (const part of [...parts, ...sections.map(({ text }) => text)])
    hash.update(`${part === undefined ? -1 : part.length}\n`).update(part ?? '');
  return hash.digest('hex');
}

/** Reads a document anew, but for phrasings that it had before; undefined when there is an error in it. */
export function prepare(
  files: DocumentFiles,
  fingerprint: string,
  analyzer: Analyzer,
  before?: Pick<Prepared, 'document' | 'phrasings'>,
): Prepared | undefined {
  const parsed = parseDocument(files);
  const { document } = parsed;
  const problems = [...parsed.problems, ...checkTogether([parsed])];
  if (!document || problems.some(({ severity }) => severity === 'error')) return undefined;
  const { sections, slogans } = document;
  const reading = readDocument(document);
  return {
    fingerprint,
    document,
    reading,
    annotations: { sections, slogans },
    postings: postingsOfPassages(reading),
    phrasings: readPhrasings(document, analyzer, before),
    claims: claimsOf(document),
  };
}

/** A document whose reading was kept; undefined when what was kept does not fit its text, or is no reading at all. */
export function recall(files: DocumentFiles, fingerprint: string, kept: Kept): Prepared | undefined {
  try {
    return recallUnsafely(files, fingerprint, kept);
  } catch {
    return undefined;
  }
}

function recallUnsafely(files: DocumentFiles, fingerprint: string, kept: Kept): Prepared | undefined {
  const source = parseSource(files.source.path, files.source.text);
  const document = documentOf(files.id, source, kept.annotations);
  if (!document || !spansOf(kept.annotations).every((span) => stands(document, span))) return undefined;
  const reading = readDocument(document);
  if (!fits(kept.postings, reading.passages.length)) return undefined;
  return { ...kept, fingerprint, document, reading };
}

function spansOf({ sections, slogans }: Annotations): readonly Span[] {
  const points = sections.flatMap((section) => section.points);
  return [...points.flatMap(({ quote, answer }) => [quote, answer]), ...slogans.map(({ words }) => words)];
}

function stands({ paragraphs }: Document, { paragraph, start, end }: Span): boolean {
  return start >= 0 && start < end && end <= (paragraphs[paragraph]?.length ?? 0);
}

function fits({ terms, from, passages, codes }: TermPostings, size: number): boolean {
  return (
    from.length === terms.length + 1 &&
    from.at(-1) === passages.length &&
    codes.length === passages.length &&
    passages.every((passage) => passage < size)
  );
}
