import type { IncomingMessage } from 'node:http';

export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'not_json' };

/** A message of 4,096 units takes 24 KB at most, escaped. */
const MAX_BYTES = 64 * 1_024;

export async function readJsonBody(request: IncomingMessage): Promise<RequestBody> {
  // A form of another site can't send this type without asking first.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return { kind: 'not_json' };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return { kind: 'too_large' };
    chunks.push(chunk);
  }
  try {
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { kind: 'not_json' };
  }
}

export type FileBody =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'not_a_file' };

/** Telegram hands a bot no file that is larger. */
const MAX_FILE_BYTES = 20 * 1_024 * 1_024;

export async function readFileBody(request: IncomingMessage): Promise<FileBody> {
  // A form of another site can't send this type without asking first.
  if (request.headers['content-type'] !== 'application/octet-stream') return { kind: 'not_a_file' };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FILE_BYTES) return { kind: 'too_large' };
    chunks.push(chunk);
  }
  return { kind: 'file', bytes: new Uint8Array(Buffer.concat(chunks)) };
}
