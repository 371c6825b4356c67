import type { Span } from '../knowledge/document.ts';
import { shortHash } from '../text/hash.ts';
import type { Target } from './target.ts';

/**
 * A short name of a point, section or clause that stays the same as long as its ids do: for button data and links, which
 * hold 64 bytes.
 */
export function keyOf(target: Target): string {
  return shortHash(`${target.document.id}/${target.kind}/${idOf(target)}`);
}

function idOf(target: Target): string {
  if (target.kind === 'point') return target.point.id;
  if (target.kind === 'section') return target.section.id;
  return placeOf(target.clause.span);
}

function placeOf({ paragraph, start }: Span): string {
  return `${paragraph}:${start}`;
}

/** The same for a document. */
export function documentKey(id: string): string {
  return shortHash(`${id}/document`);
}

/** The same for an entry of a document's outline, by where the first thing that it says begins. */
export function entryKey(document: string, span: Span): string {
  return shortHash(`${document}/entry/${placeOf(span)}`);
}
