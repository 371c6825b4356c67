import { z } from 'zod';
import type { Document } from '../knowledge/document.ts';

/** A question about a document, and what a right quote contains; null when the document doesn't say. */
export interface DocumentQuestion {
  readonly id: string;
  /** The name of the document that it is about. */
  readonly doc: string;
  readonly q: string;
  readonly kind: string;
  readonly gold: readonly string[] | null;
}

const schema = z.object({
  id: z.string().optional(),
  doc: z.string().min(1).optional(),
  q: z.string().min(1),
  kind: z.string().min(1),
  gold: z.array(z.string().min(1)).min(1).nullable(),
});

/** Reads JSON Lines of questions; those that name no document are about `doc`. Throws an Error that names the line. */
export function parseDocumentQuestions(text: string, doc = ''): readonly DocumentQuestion[] {
  return text.split('\n').flatMap((row, at): DocumentQuestion[] => {
    if (row.trim() === '') return [];
    try {
      const parsed = schema.parse(JSON.parse(row));
      return [{ ...parsed, id: parsed.id ?? `${doc}-${at + 1}`, doc: parsed.doc ?? doc }];
    } catch (cause) {
      throw new Error(`line ${at + 1}: not a question about a document`, { cause });
    }
  });
}

/** A document of plain lines, each a paragraph; the first is the title. */
export function plainDocument(id: string, text: string): Document {
  const paragraphs = text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
  const title = (paragraphs[0] ?? id).replace(/^#+\s*/, '').trim();
  return {
    id,
    title,
    subtitle: undefined,
    label: title,
    publisher: undefined,
    number: undefined,
    published: undefined,
    url: undefined,
    effective: undefined,
    expires: undefined,
    supersededBy: undefined,
    region: undefined,
    audience: undefined,
    reporters: [],
    about: [],
    dates: [],
    command: undefined,
    paragraphs,
    sections: [],
    slogans: [],
  };
}

/** Whether a text holds one of the golds, white space aside. */
export function holdsGold(text: string, gold: readonly string[] | null): boolean {
  const plain = squeezed(text);
  return gold?.some((one) => plain.includes(squeezed(one))) ?? false;
}

export function squeezed(text: string): string {
  return text.replace(/\s+/gu, '');
}
