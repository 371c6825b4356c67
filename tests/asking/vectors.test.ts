import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPassageVectors, type PassageVectors } from '../../src/asking/vectors.ts';
import { systemTimers } from '../../src/delivery/timers.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { cut } from '../../src/knowledge/document.ts';
import { createEmbedder } from '../../src/model/embeddings.ts';
import { type Reading, readDocument } from '../../src/reading/reading.ts';
import type { Log } from '../../src/storage/store.ts';
import { writeFiles } from '../knowledge/folders.ts';
import { type Behaviour, fails, numberIn, type Service, says, startService } from '../model/service.ts';
import { only, privately, startHarness } from '../telegram/harness.ts';

const TEXT = `停车办法
第一条 本办法适用于幸福里小区内机动车的停放。
第二条 物业服务企业负责停车管理工作。
第三条 调整收费标准，应当由业主共同决定。`;

/** What a text means, for tests: which of these it speaks of, in whatever words. */
const MEANINGS = [/适用|管哪些/, /负责|找谁/, /收费|涨价|票子/, /试点|地区/];
const embeds: Behaviour = (response, request) => {
  const data = request.body.input?.map((text, index) => ({
    index,
    embedding: [0.01, ...MEANINGS.map((meaning) => (meaning.test(text) ? 1 : 0))],
  }));
  response.end(JSON.stringify({ data }));
};

let service: Service;
let folder: string;
let opened: PassageVectors[] = [];
let warnings: string[] = [];
beforeEach(async () => {
  service = await startService(embeds);
  folder = await mkdtemp(join(tmpdir(), 'wence-vectors-'));
});
afterEach(async () => {
  await Promise.all(opened.map((one) => one.stop()));
  [opened, warnings] = [[], []];
  await service.close();
  await rm(folder, { recursive: true });
});

function open(): PassageVectors {
  const log: Log = { info() {}, warn: (_, message) => warnings.push(message), error() {} };
  const embedder = createEmbedder({ url: service.url, model: 'v', key: undefined });
  const vectors = createPassageVectors({ embedder, model: 'v', folder, timers: systemTimers, log, retryMs: 5 });
  opened.push(vectors);
  return vectors;
}

const read = (text = TEXT) => readDocument(plainDocument('parking', text));

/** How the nearest passage begins, as soon as there is one. */
async function nearest(vectors: PassageVectors, question: string, reading: Reading): Promise<string> {
  for (;;) {
    const [near] = await vectors.nearest(question, [reading], { timeoutMs: 5_000 });
    if (near) return cut(reading.document, near.span).slice(0, 3);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('the vectors of passages', () => {
  it('find a passage that shares no word with the question', async () => {
    const [vectors, reading] = [open(), read()];
    vectors.follow([reading]);
    expect(await nearest(vectors, '又要多掏票子，谁同意的', reading)).toBe('第三条');
    expect(await nearest(vectors, '车位坏了找谁', reading)).toBe('第二条');
    expect(await vectors.nearest('找谁', [reading], { within: 'other', timeoutMs: 5_000 })).toEqual([]);
  });

  it('are kept beside the texts: only what is new is asked for', async () => {
    const reading = read();
    const first = open();
    first.follow([reading]);
    await nearest(first, '找谁', reading);
    await first.stop();
    expect(await readdir(join(folder, '.vectors'))).toEqual(['parking']);
    const from = service.asked.length;
    const edited = read(`${TEXT}\n第四条 本办法由居委会负责解释。`);
    const second = open();
    second.follow([edited]);
    await nearest(second, '找谁', edited);
    const inputs = service.asked.slice(from).flatMap(({ body }) => body.input ?? []);
    expect(inputs.filter((text) => text.startsWith('停车办法\n'))).toEqual([
      '停车办法\n第四条 本办法由居委会负责解释。',
    ]);
  });

  it('are made anew when what was kept is damaged', async () => {
    const reading = read();
    const first = open();
    first.follow([reading]);
    await nearest(first, '找谁', reading);
    await first.stop();
    const path = join(folder, '.vectors', 'parking');
    await writeFile(path, (await readFile(path)).subarray(0, -3));
    const second = open();
    second.follow([reading]);
    expect(await nearest(second, '找谁', reading)).toBe('第二条');
  });

  it('come when the service does: meanwhile there are none, and a question does not wait', async () => {
    const [vectors, reading] = [open(), read()];
    service.does(fails(500));
    vectors.follow([reading]);
    while (warnings.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await vectors.nearest('找谁', [reading], { timeoutMs: 5_000 })).toEqual([]);
    service.does(embeds);
    expect(await nearest(vectors, '找谁', reading)).toBe('第二条');
    service.does(() => {});
    expect(await vectors.nearest('找谁', [reading], { timeoutMs: 20 })).toEqual([]);
  });
});

it('a model is shown what vectors find, of a masked question, and what it pointed at is remembered', async () => {
  const model = await startService(says((request) => `{"answers":[[${numberIn(request, '第三条')}]]}`));
  await writeFiles(folder, {
    'parking/source.md': `---\ntitle: 停车办法\n---\n\n${TEXT.split('\n').slice(1).join('\n\n')}\n`,
  });
  const bot = await startHarness({
    environment: {
      MODEL_API_URL: model.url,
      MODEL_NAME: 'm',
      EMBEDDINGS_URL: service.url,
      EMBEDDINGS_MODEL: 'v',
      KNOWLEDGE_DIR: folder,
    },
  });
  const ask = async () => {
    const { chat, user } = privately(bot);
    const question = '我13800138000，听说业主又要多掏票子，是真的吗';
    return only(await bot.replies(chat, () => bot.emulator.people.say(chat, user, question)));
  };
  const kept = async () => readdir(join(folder, '.vectors')).catch((): string[] => []);
  while (!(await kept()).includes('parking')) await new Promise((resolve) => setTimeout(resolve, 2));
  for (const answer of [await ask(), await ask()]) expect(answer.text).toContain('应当由业主共同决定');
  expect(model.asked).toHaveLength(1);
  const questions = service.asked.flatMap(({ body }) => body.input ?? []).filter((text) => text.startsWith('我'));
  expect(questions).toEqual(['我〔号码〕，听说业主又要多掏票子，是真的吗']);
  await bot.close();
  await model.close();
});
