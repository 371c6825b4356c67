import type { Examples } from '../answering/examples.ts';
import type { Locale } from './locale.ts';

/** A question to try, in the reader's language where people ask so, and script; undefined when no document offers one. */
export function exampleFor(examples: Examples | undefined, { language, label }: Locale): string | undefined {
  const own = language === 'en' ? examples?.in('en')[0] : undefined;
  return own ?? examples?.in('zh').slice(0, 1).map(label)[0];
}
