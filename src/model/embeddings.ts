import { z } from 'zod';
import type { Endpoint } from '../config.ts';
import { type Called, type CallOptions, post } from './endpoint.ts';

/** Makes vectors of texts: those of like meaning point the same way. */
export interface Embedder {
  /** One vector a text, in order, each of length 1. Never rejects. */
  embed(texts: readonly string[], options: CallOptions): Promise<Called<readonly Float32Array[]>>;
}

const PATH = '/embeddings';
const replySchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
});

export function createEmbedder(endpoint: Endpoint): Embedder {
  return {
    async embed(texts, options) {
      const called = await post(endpoint, PATH, { model: endpoint.model, input: texts }, options);
      if (!called.ok) return called;
      const vectors = vectorsOf(called.value, texts.length);
      return vectors ? { ok: true, value: vectors } : { ok: false, fault: 'malformed' };
    },
  };
}

/** Undefined for anything but one vector a text, all as long as each other and none of nothing. */
function vectorsOf(value: unknown, count: number): readonly Float32Array[] | undefined {
  const parsed = replySchema.safeParse(value);
  if (!parsed.success || parsed.data.data.length !== count) return undefined;
  const ordered = parsed.data.data.toSorted((a, b) => a.index - b.index);
  const vectors = ordered.map(({ embedding }) => normalized(embedding));
  const [first] = vectors;
  const fits = ordered.every(({ index }, at) => index === at);
  return fits && vectors.every((one) => one !== undefined && one.length === first?.length)
    ? (vectors as readonly Float32Array[])
    : undefined;
}

function normalized(values: readonly number[]): Float32Array | undefined {
  const length = Math.hypot(...values);
  return length > 0 && Number.isFinite(length) ? Float32Array.from(values, (value) => value / length) : undefined;
}
