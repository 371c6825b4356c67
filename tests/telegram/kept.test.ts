import { expect, it } from 'vitest';
import { readAnswerContent } from '../../src/telegram/answer-content.ts';
import { answerEdit, answerReply } from '../../src/telegram/answer-reply.ts';
import { type Job, readJob } from '../../src/telegram/asking.ts';
import { shippedEngine } from '../shipped.ts';

const place = { chatId: -7, messageId: 3, threadId: 5, person: 9 };
const ASK = '社区工作者有体检吗';
const OTHER = '社区工作者有年休假吗';

/** As it comes back from the database. */
const kept = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it('what is kept of an answer is read back; of another version, or torn, it is not', async () => {
  const engine = await shippedEngine();
  const { answerer } = engine;
  const { answers } = answerReply(place, { text: ASK }, answerer.answer(ASK), engine);
  const content = kept(answers[0]?.content);
  expect(readAnswerContent(content)).toEqual(content);
  expect(content).toMatchObject({ version: 1, outcome: 'answered', asked: { question: ASK, person: 9, thread: 5 } });
  for (const other of [{ ...(content as object), version: 2 }, { version: 1 }, null, 'x', undefined]) {
    expect(readAnswerContent(other)).toBeUndefined();
  }
});

it('an answer that another version kept is left as it is when its question is edited', async () => {
  const engine = await shippedEngine();
  const { answerer } = engine;
  const { answers } = answerReply(place, { text: OTHER }, answerer.answer(OTHER), engine);
  const content = kept(answers[0]?.content) as object;
  const edit = (known: unknown) => answerEdit(place, known, answerer.answer(ASK), engine).outgoing.length;
  expect(edit(content)).toBe(1);
  expect(edit({ ...content, version: 2 })).toBe(0);
});

it('a question that waits for a model is read back; of another version it is not', () => {
  const job: Job = { version: 1, kind: 'edit', place, question: ASK, before: '那青岛呢' };
  expect(readJob(kept(job))).toEqual(job);
  for (const other of [{ ...job, version: 2 }, { ...job, place: {} }, undefined])
    expect(readJob(other)).toBeUndefined();
});
