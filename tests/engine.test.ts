import { describe, expect, it } from 'vitest';
import { openEngine, reopenEngine } from '../src/engine.ts';
import { KnowledgeError } from '../src/knowledge/knowledge-error.ts';
import { goodFiles, QUESTIONS, SOURCE, temporaryFolder, writeFiles } from './knowledge/folders.ts';

describe('openEngine', () => {
  it('answers from any folder', async () => {
    const { answerer } = await openEngine(await temporaryFolder(goodFiles()));
    expect(answerer.answer('电梯多久检修')).toMatchObject({
      outcome: 'answered',
      quotes: [{ text: '电梯每月检修一次', document: { id: 'notice' }, paragraph: 0, start: 0, end: 8 }],
    });
  });

  it('a warning does not stand in the way', async () => {
    const { library } = await openEngine(
      await temporaryFolder(goodFiles({ 'notice/source.md': `${SOURCE}\n以上。\n` })),
    );
    expect(library.documents).toHaveLength(1);
  });

  it('what no point covers of a document with phrasings is found like any text', async () => {
    const source = `${SOURCE}\n小区大门每天夜里十一点关闭，早上五点开放。\n`;
    const { answerer } = await openEngine(await temporaryFolder(goodFiles({ 'notice/source.md': source })));
    const answer = answerer.answer('小区大门夜里几点关闭');
    const quotes = answer.outcome === 'answered' ? answer.quotes : answer.related.flatMap(({ quotes: shown }) => shown);
    expect(quotes[0]).toMatchObject({
      text: '小区大门每天夜里十一点关闭，早上五点开放。',
      document: { id: 'notice' },
      paragraph: 2,
    });
    expect(answerer.answer('停车多少钱')).toMatchObject({ outcome: 'answered', quotes: [{ paragraph: 1 }] });
  });

  it('an engine opened again makes nothing anew that has not changed', async () => {
    const folder = await temporaryFolder(goodFiles({ 'other/source.md': SOURCE }));
    const first = await openEngine(folder);
    expect(await reopenEngine(folder, first)).toBe(first);
    await writeFiles(folder, { 'other/source.md': SOURCE.replace('80元', '90元') });
    const second = await reopenEngine(folder, first);
    expect(second.retriever).toBe(first.retriever);
    expect(second.knowledge.documents[0]).toBe(first.knowledge.documents[0]);
    expect(second.library.documents[1]?.paragraphs[1]).toBe('“停车费”每月90元。');
    expect(first.library.documents[1]?.paragraphs[1]).toBe('“停车费”每月80元。');
    await writeFiles(folder, { 'terms.yaml': '停车: [泊车]\n' });
    const third = await reopenEngine(folder, second);
    expect(third.library.terms).toEqual([{ text: '停车', say: ['泊车'] }]);
    expect(third.answerer.answer('泊车多少钱')).toMatchObject({
      outcome: 'answered',
      quotes: [{ document: { id: 'notice' } }],
    });
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
