import { describe, expect, it } from 'vitest';
import { openEngine } from '../src/engine.ts';
import { KnowledgeError } from '../src/knowledge/knowledge-error.ts';
import { goodFiles, QUESTIONS, SOURCE, temporaryFolder } from './knowledge/folders.ts';

describe('openEngine', () => {
  it('answers from any folder', async () => {
    const { answerer } = await openEngine(await temporaryFolder(goodFiles()));
    expect(answerer.answer('电梯多久检修')).toMatchObject({
      outcome: 'answered',
      quotes: [{ text: '电梯每月检修一次', document: 'notice', paragraph: 0, start: 0, end: 8 }],
    });
  });

  it('a warning does not stand in the way', async () => {
    const { library } = await openEngine(
      await temporaryFolder(goodFiles({ 'notice/source.md': `${SOURCE}\n以上。\n` })),
    );
    expect(library.documents).toHaveLength(1);
  });

  it('nothing is quoted from a folder with an error', async () => {
    const text = QUESTIONS.replace('quote: 电梯每月检修一次', 'quote: 电梯每周检修一次');
    const folder = await temporaryFolder(
      goodFiles({ 'notice/questions.yaml': text, 'notice/source.md': `${SOURCE}\n以上。\n` }),
    );
    const error = await openEngine(folder).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(KnowledgeError);
    expect(error).toMatchObject({ code: 'knowledge', message: `${folder}: 1 problems` });
    expect(error instanceof KnowledgeError && error.problems.map(({ detail }) => detail.code)).toEqual([
      'quote-not-verbatim',
    ]);
  });
});
