import { FormattedString } from '@grammyjs/parse-mode';
import type { Document, Library } from '../knowledge/document.ts';
import type { Locale } from './locale.ts';

/** Why a document's words do not hold as they stand: another took its place, its term is over, or has not begun. */
export type Standing =
  | { readonly kind: 'superseded'; readonly by: Document | string }
  | { readonly kind: 'expired'; readonly on: string }
  | { readonly kind: 'upcoming'; readonly on: string };

/** `today` as YYYY-MM-DD; undefined where nothing is known of the day: then only a successor counts. */
export function standingOf(document: Document, library: Library, today: string | undefined): Standing | undefined {
  const { effective, expires, supersededBy } = document;
  if (supersededBy !== undefined)
    return { kind: 'superseded', by: library.documents.find(({ id }) => id === supersededBy) ?? supersededBy };
  if (today === undefined) return undefined;
  if (expires !== undefined && expires < today) return { kind: 'expired', on: expires };
  if (effective !== undefined && effective > today) return { kind: 'upcoming', on: effective };
  return undefined;
}

/** What a reader must see before the quote; undefined for a document that holds. A successor is linked to its page. */
export function standingNotice(
  document: Document,
  library: Library,
  { words, label, today }: Locale,
): FormattedString | undefined {
  const standing = standingOf(document, library, today);
  if (!standing) return undefined;
  if (standing.kind !== 'superseded') return new FormattedString(words.standing[standing.kind](standing.on));
  const { by } = standing;
  const name = typeof by === 'string' ? by : label(by.label);
  return linked(words.standing.superseded(name), name, typeof by === 'string' ? undefined : by.url);
}

/** A text with the first place of some words in it made a link. */
export function linked(text: string, words: string, url: string | undefined): FormattedString {
  const at = text.indexOf(words);
  if (url === undefined || at === -1 || words === '') return new FormattedString(text);
  return FormattedString.join([text.slice(0, at), FormattedString.link(words, url), text.slice(at + words.length)]);
}
