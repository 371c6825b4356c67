import type { Document, PhotoSize } from '@grammyjs/types';
import type { Upload } from './params.ts';
import { badRequest, type Failure } from './reply.ts';
import type { StoredFile, World } from './world.ts';

/** Telegram takes photos of up to 10 MB. */
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
/** Uploads kept; the oldest is forgotten beyond that. */
const KEPT_FILES = 200;

export function storeUpload(world: World, upload: Upload): StoredFile | Failure {
  const { bytes } = upload;
  if (bytes.byteLength === 0) return badRequest('file must be non-empty');
  if (bytes.byteLength > MAX_PHOTO_BYTES) return badRequest('file is too big');
  const size = imageSize(bytes);
  if (!size) return badRequest('IMAGE_PROCESS_FAILED');
  if (size.width + size.height > 10_000 || Math.max(size.width, size.height) > 20 * Math.min(size.width, size.height)) {
    return badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return storeFile(world, bytes, size);
}

export function storeFile(
  world: World,
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number },
): StoredFile {
  const number = ++world.counters.file;
  const isPng = bytes[0] === 0x89;
  const file: StoredFile = {
    fileId: `AgACAgUAAxkBAAE${String(number).padStart(8, '0')}`,
    uniqueId: `AQAD${String(number).padStart(8, '0')}`,
    path: `photos/file_${number}.${isPng ? 'png' : 'jpg'}`,
    type: isPng ? 'image/png' : 'image/jpeg',
    bytes,
    ...size,
  };
  return keep(world, file);
}

function keep(world: World, file: StoredFile): StoredFile {
  world.files.set(file.fileId, file);
  for (const oldest of world.files.keys()) {
    if (world.files.size <= KEPT_FILES) break;
    world.files.delete(oldest);
  }
  return file;
}

/** Telegram takes documents of up to 50 MB from bots. */
const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024;

export function storeDocument(world: World, bytes: Uint8Array, name: string, type: string): StoredFile {
  const number = ++world.counters.file;
  const file: StoredFile = {
    fileId: `BQACAgUAAxkBAAE${String(number).padStart(8, '0')}`,
    uniqueId: `AgAD${String(number).padStart(8, '0')}`,
    path: `documents/file_${number}${/\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''}`,
    type,
    bytes,
    width: 0,
    height: 0,
    name,
  };
  return keep(world, file);
}

/** What a bot uploads as a document, by its own name. */
export function storeUploadedDocument(world: World, { bytes, name }: Upload): StoredFile | Failure {
  if (bytes.byteLength === 0) return badRequest('file must be non-empty');
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) return badRequest('file is too big');
  return storeDocument(world, bytes, name ?? 'file', 'application/octet-stream');
}

export function documentOf({ fileId, uniqueId, name, type, bytes }: StoredFile): Document {
  return {
    file_id: fileId,
    file_unique_id: uniqueId,
    ...(name === undefined ? {} : { file_name: name }),
    mime_type: type,
    file_size: bytes.byteLength,
  };
}

export function photoSize({ fileId, uniqueId, width, height, bytes }: StoredFile): PhotoSize {
  return { file_id: fileId, file_unique_id: uniqueId, width, height, file_size: bytes.byteLength };
}

/** Width and height of a PNG or JPEG; undefined for anything else. */
export function imageSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = view.getUint16(at);
    // Start-of-frame markers hold the size; C4, C8 and CC are tables.
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
