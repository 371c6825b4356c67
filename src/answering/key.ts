import type { Span } from '../knowledge/document.ts';
import type { Target } from './target.ts';

/**
 * A short name of a point, section or clause that stays the same as long as its ids do: for button data and links, which
 * hold 64 bytes. 53-bit hash (cyrb53, public domain, by bryc) in base 36: 11 characters at most of `0-9a-z`.
 */
export function keyOf(target: Target): string {
  return hash(`${target.document}/${target.kind}/${idOf(target)}`).toString(36);
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
  return hash(`${id}/document`).toString(36);
}

/** The same for an entry of a document's outline, by where the first thing that it says begins. */
export function entryKey(document: string, span: Span): string {
  return hash(`${document}/entry/${placeOf(span)}`).toString(36);
}

function hash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
