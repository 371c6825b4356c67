import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Segment } from './segment.ts';
import {
  type Complete,
  PREAMBLE_BYTES,
  readFrequencies,
  readHeader,
  readPreamble,
  readSegment,
  SnapshotError,
  snapshotBytes,
} from './snapshot.ts';

/** Writes beside the file first, so that a reader never meets half of one. */
export async function saveSnapshot(file: string, stored: Complete, sources: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for (const bytes of snapshotBytes(stored, sources)) await writeAll(handle, bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

/** Undefined when there is none. Throws a SnapshotError when it is damaged or out of date: build it again then. */
export async function loadSnapshot(file: string, sources: string): Promise<Complete | undefined> {
  const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw cause;
  });
  if (!handle) return undefined;
  try {
    const { length, checksum, end } = readPreamble(await read(handle, 0, PREAMBLE_BYTES));
    const header = readHeader(await read(handle, PREAMBLE_BYTES, length), checksum, sources);
    const segments: Segment[] = [];
    const frequencies = readFrequencies(await read(handle, end, header.frequencies.bytes), header.frequencies);
    let at = end + header.frequencies.bytes;
    for (const layout of header.segments) {
      segments.push(readSegment(await read(handle, at, layout.bytes), layout));
      at += layout.bytes;
    }
    return { segments, documents: header.documents, frequencies };
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (from + length > size) throw new SnapshotError('it is cut short');
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, from + at);
    if (bytesRead === 0) throw new SnapshotError('it is cut short');
    at += bytesRead;
  }
  return bytes;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}
