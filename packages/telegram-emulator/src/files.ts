import type { PhotoSize } from '@grammyjs/types';
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
  world.files.set(file.fileId, file);
  for (const oldest of world.files.keys()) {
    if (world.files.size <= KEPT_FILES) break;
    world.files.delete(oldest);
  }
  return file;
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
