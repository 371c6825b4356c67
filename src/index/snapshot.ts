import { crc32 } from 'node:zlib';
import type { FrequencyTable } from './frequencies.ts';
import type { Segment } from './segment.ts';
import type { Stored } from './store.ts';
import { foldUnits } from './units.ts';

/**
 * The file, little-endian: 16 bytes (magic, version, length and checksum of the header), the header as JSON, then the
 * arrays: first those of the frequencies, then those of each segment, each block beginning at a multiple of 8 bytes.
 */
export interface SnapshotHeader {
  /** What it was made from: the caller's name for the state of the sources. */
  readonly sources: string;
  /** How text was folded and cut. */
  readonly tokenizer: string;
  readonly documents: readonly string[];
  readonly frequencies: BlockLayout & { readonly used: number };
  readonly segments: readonly BlockLayout[];
}

export interface BlockLayout {
  /** Elements of each array. */
  readonly lengths: readonly number[];
  readonly bytes: number;
  readonly checksum: number;
}

export class SnapshotError extends Error {
  readonly code = 'snapshot';
}

export const PREAMBLE_BYTES = 16;
const MAGIC = 0x434e_4557;
const VERSION = 1;
// Changes whenever terms.ts or impacts.ts read a text differently than before.
const TERMS_VERSION = 1;

// The wider first, so that each begins at a multiple of its width.
const SEGMENT_ARRAYS = [
  ['starts', Uint32Array],
  ['documents', Uint32Array],
  ['terms', Uint32Array],
  ['from', Uint32Array],
  ['units', Uint16Array],
  ['passages', Uint16Array],
  ['codes', Uint8Array],
  ['highest', Uint8Array],
] as const;

function headerOf({ segments, documents, frequencies }: Complete, sources: string): SnapshotHeader {
  return {
    sources,
    tokenizer: tokenizer(),
    documents,
    frequencies: { ...layoutOf(frequencyArrays(frequencies)), used: frequencies.used },
    segments: segments.map((segment) => layoutOf(segmentArrays(segment))),
  };
}

export type Complete = Required<Stored>;

/** All that goes into the file, piece by piece. */
export function* snapshotBytes(stored: Complete, sources: string): Generator<Uint8Array> {
  yield headerBytes(headerOf(stored, sources));
  yield* blockBytes(frequencyArrays(stored.frequencies));
  for (const segment of stored.segments) yield* blockBytes(segmentArrays(segment));
}

function headerBytes(header: SnapshotHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(padded(PREAMBLE_BYTES + json.length));
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, VERSION, json.length, crc32(json)]);
  bytes.set(json, PREAMBLE_BYTES);
  return bytes;
}

/** Length and checksum of the header. Throws a SnapshotError when this is no snapshot of this version. */
export function readPreamble(bytes: Uint8Array): {
  readonly length: number;
  readonly checksum: number;
  readonly end: number;
} {
  if (bytes.length < PREAMBLE_BYTES) throw new SnapshotError('it ends within the first bytes');
  const [magic, version, length, checksum] = new Uint32Array(bytes.slice(0, PREAMBLE_BYTES).buffer) as unknown as [
    number,
    number,
    number,
    number,
  ];
  if (magic !== MAGIC) throw new SnapshotError('it is no snapshot');
  if (version !== VERSION) throw new SnapshotError(`it is of version ${version}, not ${VERSION}`);
  return { length, checksum, end: padded(PREAMBLE_BYTES + length) };
}

/** Throws a SnapshotError when the header is damaged, or was made of other sources or by another tokenizer. */
export function readHeader(json: Uint8Array, checksum: number, sources: string): SnapshotHeader {
  if (crc32(json) !== checksum) throw new SnapshotError('its header is damaged');
  const header = JSON.parse(new TextDecoder().decode(json)) as SnapshotHeader;
  if (header.sources !== sources) throw new SnapshotError('the sources have changed');
  if (header.tokenizer !== tokenizer()) throw new SnapshotError('the tokenizer has changed');
  return header;
}

/** Throws a SnapshotError when damaged. `bytes` begin at a multiple of 8. */
export function readSegment(bytes: Uint8Array, layout: BlockLayout): Segment {
  const views = readBlock(
    bytes,
    layout,
    SEGMENT_ARRAYS.map(([, View]) => View),
  );
  return Object.fromEntries(SEGMENT_ARRAYS.map(([name], at) => [name, views[at]])) as unknown as Segment;
}

/** Throws a SnapshotError when damaged. `bytes` begin at a multiple of 8. */
export function readFrequencies(bytes: Uint8Array, layout: SnapshotHeader['frequencies']): FrequencyTable {
  const [terms, counts] = readBlock(bytes, layout, [Uint32Array, Int32Array]) as [Uint32Array, Int32Array];
  return { terms, counts, used: layout.used };
}

type Typed = Uint32Array | Int32Array | Uint16Array | Uint8Array;
type TypedConstructor = new (buffer: ArrayBuffer, offset: number, length: number) => Typed;

function readBlock(
  bytes: Uint8Array,
  { lengths, checksum }: BlockLayout,
  views: readonly TypedConstructor[],
): readonly Typed[] {
  if (crc32(bytes) !== checksum) throw new SnapshotError('a part of it is damaged');
  let offset = bytes.byteOffset;
  return views.map((View, at) => {
    const view = new View(bytes.buffer as ArrayBuffer, offset, lengths[at] as number);
    offset += view.byteLength;
    return view;
  });
}

function segmentArrays(segment: Segment): readonly Typed[] {
  return SEGMENT_ARRAYS.map(([name]) => segment[name]);
}

function frequencyArrays({ terms, counts }: FrequencyTable): readonly Typed[] {
  return [terms, counts];
}

/** The arrays as bytes, with what fills them up to a multiple of 8. */
function blockBytes(arrays: readonly Typed[]): readonly Uint8Array[] {
  const parts = arrays.map(bytesOf);
  const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return [...parts, new Uint8Array(padded(length) - length)];
}

function layoutOf(arrays: readonly Typed[]): BlockLayout {
  const parts = blockBytes(arrays);
  return {
    lengths: arrays.map(({ length }) => length),
    bytes: parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    checksum: parts.reduce((sum, part) => crc32(part, sum), 0),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

let fingerprint: string | undefined;

/** Changes when folding does, be it by a newer opencc-js or Unicode: a checksum of what every unit folds to. */
function tokenizer(): string {
  if (fingerprint === undefined) {
    const units = foldUnits(Uint16Array.from({ length: 0x10000 }, (_, unit) => unit));
    fingerprint = `${TERMS_VERSION}-${crc32(bytesOf(units)).toString(16)}`;
  }
  return fingerprint;
}
