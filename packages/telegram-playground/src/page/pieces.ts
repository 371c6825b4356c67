import type { MessageEntity } from '@grammyjs/types';

/** A text cut up along its entities: plain text, or an entity with what it holds. */
export type Piece = string | { readonly entity: MessageEntity; readonly pieces: readonly Piece[] };

/** Cuts a text; offsets are UTF-16 units. Entities that cross are split where the outer one ends. */
export function cut(text: string, entities: readonly MessageEntity[] = []): readonly Piece[] {
  return withoutBlockBreaks(cutRange(text, 0, text.length, sorted(entities)));
}

export function isBlock(piece: Piece | undefined): boolean {
  return typeof piece === 'object' && BLOCKS.has(piece.entity.type);
}

const BLOCKS: ReadonlySet<string> = new Set(['blockquote', 'expandable_blockquote', 'pre']);

function cutRange(text: string, from: number, to: number, entities: readonly MessageEntity[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  let rest = entities;
  for (let [entity] = rest; entity; [entity] = rest) {
    const stop = Math.min(endOf(entity), to);
    if (entity.offset > at) pieces.push(text.slice(at, entity.offset));
    const inner: MessageEntity[] = [];
    const later: MessageEntity[] = [];
    for (const other of rest.slice(1)) {
      if (other.offset >= stop) later.push(other);
      else if (endOf(other) <= stop) inner.push(other);
      else {
        inner.push({ ...other, length: stop - other.offset });
        later.push({ ...other, offset: stop, length: endOf(other) - stop });
      }
    }
    pieces.push({ entity, pieces: cutRange(text, entity.offset, stop, inner) });
    at = stop;
    rest = sorted(later);
  }
  if (at < to) pieces.push(text.slice(at, to));
  return pieces;
}

/** A quotation stands on lines of its own: the line breaks beside it are not empty lines. */
function withoutBlockBreaks(pieces: readonly Piece[]): readonly Piece[] {
  return pieces
    .map((piece, i) => {
      if (typeof piece !== 'string') return piece;
      const start = isBlock(pieces[i - 1]) && piece.startsWith('\n') ? 1 : 0;
      const stop = isBlock(pieces[i + 1]) && piece.endsWith('\n') ? -1 : undefined;
      return piece.slice(start, stop);
    })
    .filter((piece) => piece !== '');
}

function sorted(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function endOf(entity: MessageEntity): number {
  return entity.offset + entity.length;
}
