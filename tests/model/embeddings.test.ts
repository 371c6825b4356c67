import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmbedder, type Embedder } from '../../src/model/embeddings.ts';
import { fails, type Service, startService } from './service.ts';

const PATIENT = { timeoutMs: 10_000 };
let service: Service;
let embedder: Embedder;
beforeAll(async () => {
  service = await startService(() => {});
  embedder = createEmbedder({ url: service.url, model: 'v', key: 'sk-secret' });
});
afterAll(() => service.close());

const replies = (data: unknown) => service.does((response) => response.end(JSON.stringify({ data })));

it('asks for all texts at once, and brings each vector to length 1 and in order', async () => {
  replies([
    { index: 1, embedding: [0, 2] },
    { index: 0, embedding: [3, 4] },
  ]);
  const called = await embedder.embed(['甲', '乙'], PATIENT);
  expect(called.ok && called.value.map((one) => [...one].map((value) => Math.round(10 * value)))).toEqual([
    [6, 8],
    [0, 10],
  ]);
  expect(service.asked.at(-1)).toMatchObject({
    path: '/v1/embeddings',
    authorization: 'Bearer sk-secret',
    body: { model: 'v', input: ['甲', '乙'] },
  });
});

it.each<[string, unknown]>([
  ['too few', [{ index: 0, embedding: [1] }]],
  ['one twice', [0, 0].map((index) => ({ index, embedding: [1] }))],
  ['different lengths', [[1], [1, 2]].map((embedding, index) => ({ index, embedding }))],
  ['nothing at all', [[0], [0]].map((embedding, index) => ({ index, embedding }))],
  ['words', [['a'], ['b']].map((embedding, index) => ({ index, embedding }))],
  ['something else', 'x'],
])('takes no vectors that are %s', async (_, data) => {
  replies(data);
  expect(await embedder.embed(['甲', '乙'], PATIENT)).toEqual({ ok: false, fault: 'malformed' });
});

it('says what kept it from succeeding', async () => {
  service.does(fails(429, { 'retry-after': '2' }));
  expect(await embedder.embed(['甲'], PATIENT)).toEqual({ ok: false, fault: 'busy', status: 429, retryAfterMs: 2_000 });
});
