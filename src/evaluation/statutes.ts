import { z } from 'zod';
import type { Document } from '../knowledge/document.ts';
import { plainDocument } from './document-questions.ts';

const article = z.object({ id: z.number(), law: z.string(), article: z.string(), text: z.string() });
const question = z.object({ question: z.string(), gold: z.array(z.number()).min(1) });

/** Articles of law, each law a document, and laymen's questions with the articles that answer them. */
export interface Statutes {
  readonly laws: readonly Law[];
  /** `own` are ids of articles. */
  readonly questions: readonly { readonly question: string; readonly own: readonly number[] }[];
}

export interface Law {
  readonly document: Document;
  /** In order, with the paragraph with which each begins. */
  readonly articles: readonly { readonly id: number; readonly text: string; readonly start: number }[];
}

/** Parses articles.jsonl and questions.jsonl; throws an Error when a row is something else. */
export function parseStatutes(articles: string, questions: string): Statutes {
  const byLaw = Map.groupBy(rows(articles, article), ({ law }) => law);
  return {
    laws: Array.from(byLaw, ([law, own]) => lawOf(law, own)),
    questions: rows(questions, question).map((one) => ({ question: one.question, own: one.gold })),
  };
}

function rows<T>(text: string, schema: z.ZodType<T>): T[] {
  return text
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => schema.parse(JSON.parse(row)));
}

function lawOf(title: string, own: readonly z.output<typeof article>[]): Law {
  const paragraphs: string[] = [];
  const articles = own.map(({ id, article: number, text }) => {
    const start = paragraphs.length;
    const whole = `${number}　${text.replace(/\n+/g, '\n')}`;
    paragraphs.push(...whole.split('\n'));
    return { id, text: whole, start };
  });
  return { document: { ...plainDocument(title, ''), title, paragraphs }, articles };
}

/** The article to which a paragraph of a law belongs. */
export function articleAt({ articles }: Law, paragraph: number): number {
  return articles.findLast(({ start }) => start <= paragraph)?.id ?? -1;
}
