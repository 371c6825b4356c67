import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Offer } from '../../src/answering/offer.ts';
import { engineOf } from '../../src/engine.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { createReplay, parseRecording, recordOf } from '../../src/evaluation/recording.ts';
import { loadLanguage } from '../../src/lexicon/files.ts';
import { promptOf } from '../../src/pointing/prompt.ts';
import { call, rows } from '../cli/run.ts';
import { numberIn, says, startService } from '../model/service.ts';

const TEXT = `停车办法
第一条 本办法适用于幸福里小区内机动车的停放。
第二条 物业服务企业负责停车管理工作。
第三条 调整收费标准，应当由业主共同决定。`;

describe('a recording', () => {
  let offer: Offer;
  beforeAll(async () => {
    const { answerer } = engineOf({ documents: [plainDocument('parking', TEXT)], terms: [] }, await loadLanguage());
    const question = '涨价谁说了算';
    offer = answerer.pointing.offer(question, {}, answerer.answer(question));
  });
  const replayed = (then: Offer, reply: string, now: Offer, system?: string) => {
    const recorded = { ...recordOf(then, promptOf(then)), reply, model: 'm' };
    return createReplay([recorded])(now, system === undefined ? promptOf(now) : { ...promptOf(now), system });
  };
  /** The same offer with its sentences in another order. */
  const reordered = (): Offer => ({
    ...offer,
    passages: offer.passages.map((passage) => ({
      ...passage,
      parts: passage.parts.toReversed().map((part) => ({ ...part, sentences: part.sentences.toReversed() })),
    })),
  });
  const without = (beginning: string): Offer => ({
    ...offer,
    passages: offer.passages.map((passage) => ({
      ...passage,
      parts: passage.parts.map((part) => ({
        ...part,
        sentences: part.sentences.filter(({ text }) => !text.startsWith(beginning)),
      })),
    })),
  });

  it('replies to the same prompt what was replied, whatever that was', () => {
    for (const reply of ['{"answers":[[2]]}', '{"answers":[]}', '不知道'])
      expect(replayed(offer, reply, offer)).toBe(reply);
  });

  it('points at the same sentences under their new numbers', () => {
    const count = offer.passages.flatMap(({ parts }) => parts.flatMap(({ sentences }) => sentences)).length;
    expect(replayed(offer, '{"answers":[[1]]}', reordered())).toBe(`{"answers":[[${count}]]}`);
  });

  it('has no reply where what it pointed at is not offered, or what nobody read is', () => {
    const fewer = without('第一条');
    expect(replayed(offer, '{"answers":[[1],[2]]}', without('第一条'))).toBeUndefined();
    expect(replayed(fewer, '{"answers":[]}', offer)).toBeUndefined();
    expect(replayed(fewer, '{"answers":[[1],[]]}', offer)).toBeUndefined();
    expect(replayed(offer, '{"answers":[]}', fewer)).toBe('{"answers":[]}');
  });

  it('has no reply to another question, nor under other rules', () => {
    expect(replayed(offer, '{"answers":[[1]]}', { ...offer, question: '谁管' })).toBeUndefined();
    expect(replayed(offer, '{"answers":[[1]]}', { ...offer, before: '停车' })).toBeUndefined();
    expect(replayed(offer, '{"answers":[[1]]}', offer, '另一套规则')).toBeUndefined();
  });

  it('holds no text, and leaves out what nobody replied to', () => {
    const row = JSON.stringify({ ...recordOf(offer, promptOf(offer)), reply: '{"answers":[[1]]}', model: 'm' });
    expect(row).not.toMatch(/\p{Script=Han}/u);
    expect(parseRecording(`${row}\n\n${row.replace('"{\\"answers\\":[[1]]}"', 'null')}\n`)).toHaveLength(1);
    expect(() => parseRecording(`${row}\n{"question":1}`)).toThrow('line 2');
  });
});

describe('eval with a model', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wence-recording-'));
    await writeFile(
      join(folder, 'questions.jsonl'),
      [
        { id: '1', question: '外资进来的试点，选在了哪几块地方', kind: 'x', gold: ['深圳中国特色社会主义先行示范区'] },
        { id: '2', question: '听说杭州也在试点范围里，真的吗', kind: 'x', gold: null },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));
  const evaluate = (args: readonly string[], environment = {}) =>
    call(['eval', join(folder, 'questions.jsonl'), '--json', '--always', ...args], '', {
      MODEL_API_URL: '',
      ...environment,
    });

  it('records what it replies, and replays it without it', async () => {
    const service = await startService(
      says((request) =>
        JSON.stringify({
          answers: request.body.messages?.at(-1)?.content.includes('杭州')
            ? []
            : [[numberIn(request, '根据通告，率先')]],
        }),
      ),
    );
    const recording = join(folder, 'recorded.jsonl');
    const environment = { MODEL_API_URL: service.url, MODEL_NAME: 'm' };
    const live = await evaluate(['--model', '--record', recording, '--bare'], environment);
    await service.close();
    expect(live.stderr).toBe('问了模型 2 次，其中 0 次没有回答，按不用模型算\n');
    expect(rows(live.stdout)[0]?.figures).toMatchObject({ right: 1, wrong: 0, abstained: 1 });
    expect(await readFile(recording, 'utf8')).not.toMatch(/\p{Script=Han}/u);
    expect(await evaluate(['--replay', recording])).toEqual(live);
  });

  it('writes the prompts alone where there is no model to ask', async () => {
    const prompts = join(folder, 'prompts.jsonl');
    const { stderr } = await evaluate(['--record', prompts]);
    expect(stderr).toBe('问了模型 2 次，其中 2 次没有回答，按不用模型算\n');
    for (const row of rows(await readFile(prompts, 'utf8'))) {
      expect(row).toMatchObject({ reply: null, prompt: { user: expect.stringContaining('问题：') } });
    }
  });

  it('explains what a model was shown, and where it pointed', async () => {
    const service = await startService(says((request) => `{"answers":[[${numberIn(request, '根据通告，率先')}]]}`));
    const environment = { MODEL_API_URL: service.url, MODEL_NAME: 'm' };
    const question = '听说外资试点只有上海，是真的吗';
    const { stdout } = await call(['ask', '--explain', '--model', question], '', environment);
    await service.close();
    expect(stdout).toContain('模型：要问，是求证的问法');
    expect(stdout).toMatch(/^▶ \d+ 根据通告，率先开展试点工作的地区为/m);
    expect(stdout.match(/^▶/gm)).toHaveLength(1);
    expect(stdout).toMatch(/它的回答：\{"answers":\[\[\d+\]\]\}\n$/);
    const alone = await call(['ask', '--explain', '社区工作者有体检吗']);
    expect(alone.stdout).toContain('模型：不问，有把握\n');
  });

  it('says what to fill in where there is none, and what is wrong with what is', async () => {
    expect(await evaluate(['--model'])).toMatchObject({ code: 2, stderr: expect.stringContaining('MODEL_API_URL') });
    const half = await evaluate(['--model'], { MODEL_API_URL: 'http://127.0.0.1:1/v1', MODEL_NAME: '' });
    expect(half).toMatchObject({ code: 2, stderr: expect.stringContaining('MODEL_NAME') });
    expect(await evaluate(['--replay', '/nowhere'])).toMatchObject({ code: 2 });
  });
});
