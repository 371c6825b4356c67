import type { IncomingMessage } from 'node:http';
import { isObject, type Params, type Upload } from './params.ts';

export interface Body {
  readonly params: Params;
  readonly uploads: ReadonlyMap<string, Upload>;
  /** True when every value arrived as text, as in a form or a query string. */
  readonly textual: boolean;
}

/** Telegram takes uploads of at most 50 MB. */
const MAX_BODY_BYTES = 50 * 1024 * 1024;
const NO_UPLOADS: ReadonlyMap<string, Upload> = new Map();

/** Reads the parameters of a call from its query string and body; undefined when the body can't be read. */
export async function readBody(
  request: IncomingMessage,
  query: URLSearchParams | undefined,
): Promise<Body | undefined> {
  const fromQuery = query ? Object.fromEntries(query) : {};
  if (request.method === 'GET') return { params: fromQuery, uploads: NO_UPLOADS, textual: true };
  const bytes = await readAll(request);
  if (!bytes) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return fromJson(bytes, fromQuery);
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const form = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
    return { params: { ...fromQuery, ...form }, uploads: NO_UPLOADS, textual: true };
  }
  if (type.startsWith('multipart/form-data')) return fromMultipart(bytes, type, fromQuery);
  return bytes.length === 0 ? { params: fromQuery, uploads: NO_UPLOADS, textual: true } : undefined;
}

function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('error', reject);
    request.on('end', () => {
      if (size > MAX_BODY_BYTES) resolve(undefined);
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
  });
}

function fromJson(bytes: Buffer, fromQuery: Params): Body | undefined {
  if (bytes.length === 0) return { params: fromQuery, uploads: NO_UPLOADS, textual: false };
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(parsed) ? { params: { ...fromQuery, ...parsed }, uploads: NO_UPLOADS, textual: false } : undefined;
  } catch {
    return undefined;
  }
}

/** Bodies come from our own clients on loopback and are held whole. */
async function fromMultipart(bytes: Buffer, type: string, fromQuery: Params): Promise<Body | undefined> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const params: Record<string, unknown> = { ...fromQuery };
    const uploads = new Map<string, Upload>();
    for (const [field, value] of form) {
      if (typeof value === 'string') {
        params[field] = value;
        continue;
      }
      const content = new Uint8Array(await value.arrayBuffer());
      uploads.set(field, { field, name: value.name, type: value.type, bytes: content });
    }
    return { params, uploads, textual: true };
  } catch {
    return undefined;
  }
}
