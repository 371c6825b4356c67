import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The vectors of a document's passages, by what each was made of. Bytes: each value times 127, rounded. */
export interface KeptVectors {
  /** By a hash of the passage. */
  readonly byHash: ReadonlyMap<string, Int8Array>;
}

const FOLDER = '.vectors';
const headSchema = z.object({
  version: z.literal(1),
  model: z.string(),
  dimensions: z.int().min(1),
  hashes: z.array(z.string()),
});

/** Empty when there are none by this model, or when they are damaged. */
export async function loadVectors(folder: string, id: string, model: string): Promise<ReadonlyMap<string, Int8Array>> {
  const bytes = await readFile(join(folder, FOLDER, id)).catch(() => undefined);
  const end = bytes?.indexOf('\n') ?? -1;
  if (!bytes || end < 0) return new Map();
  const head = headSchema.safeParse(json(bytes.toString('utf8', 0, end)));
  if (!head.success || head.data.model !== model) return new Map();
  const { dimensions, hashes } = head.data;
  const body = bytes.subarray(end + 1);
  if (body.length !== dimensions * hashes.length) return new Map();
  return new Map(
    hashes.map((hash, at) => [hash, Int8Array.from(body.subarray(at * dimensions, (at + 1) * dimensions), signed)]),
  );
}

/** A folder that can't be written to does without: then they are made again at the next start. */
export async function saveVectors(
  folder: string,
  id: string,
  model: string,
  byHash: ReadonlyMap<string, Int8Array>,
): Promise<void> {
  const vectors = [...byHash.values()];
  const dimensions = vectors[0]?.length ?? 0;
  if (dimensions === 0) return;
  const head = JSON.stringify({ version: 1, model, dimensions, hashes: [...byHash.keys()] });
  const beside = join(folder, FOLDER, `.${id}.${randomUUID()}`);
  try {
    await mkdir(join(folder, FOLDER), { recursive: true });
    await writeFile(
      beside,
      Buffer.concat([
        Buffer.from(`${head}\n`),
        ...vectors.map((one) => Buffer.from(one.buffer, one.byteOffset, one.length)),
      ]),
    );
    await rename(beside, join(folder, FOLDER, id));
  } catch {
    await rm(beside, { force: true }).catch(() => {});
  }
}

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
