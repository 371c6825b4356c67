import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import { parseSquad } from '../../src/evaluation/squad.ts';
import { phrasingKey } from '../../src/knowledge/check.ts';
import type { Document } from '../../src/knowledge/document.ts';
import { loadFolder } from '../../src/knowledge/folder.ts';
import { phrasedOf } from '../../src/phrasings/targets.ts';
import { shippedEngine } from '../../tests/shipped.ts';
import { figuresOf, quantile } from '../figures.ts';
import { copied } from '../phrasings.ts';
import { plotScale } from '../plot.ts';
import { createText } from '../scale-text.ts';
import { writeFolder } from '../written-folder.ts';

describe('a SQuAD-style file', () => {
  it('gives distinct paragraphs and questions with their answers', () => {
    const qa = (question: string, ...texts: string[]) => ({
      question,
      answers: texts.map((text) => ({ text, answer_start: 0 })),
    });
    const squad = parseSquad(
      JSON.stringify({
        version: '1',
        data: [
          { title: 't', paragraphs: [{ context: '甲', qas: [qa('一？', '甲', '甲'), qa(' ', '甲')] }] },
          {
            paragraphs: [
              { context: '乙', qas: [qa('二？', '乙')] },
              { context: '甲', qas: [qa('三？', '甲'), qa('四？')] },
            ],
          },
        ],
      }),
    );
    expect(squad).toEqual({
      paragraphs: ['甲', '乙'],
      questions: [
        { question: '一？', paragraph: 0, answers: ['甲'] },
        { question: '二？', paragraph: 1, answers: ['乙'] },
        { question: '三？', paragraph: 0, answers: ['甲'] },
      ],
    });
  });
});

describe('figures', () => {
  it('count ranks, quotes and what is answered without its paragraph', () => {
    const answers = [
      { passages: [0, 1], quote: '甲', confidence: 0.9 },
      { passages: [0, 1], confidence: 0.2 },
    ];
    const questions = [
      { question: '一', paragraph: 0, answers: ['甲'] },
      { question: '二', paragraph: 1, answers: ['乙'] },
    ];
    const measured = {
      answers,
      own: [[0], [1]],
      withoutOwn: [
        { passages: [1], confidence: 0.1 },
        { passages: [0], confidence: 0.3 },
      ],
      buildMs: 1,
      rssMb: 2,
      times: [1, 3],
    };
    expect(figuresOf('wence', measured, questions, 0.5)).toMatchObject({
      recall1: 50,
      recall5: 100,
      mrr10: 75,
      quote1: 50,
      p99: 3,
      abstaining: { answered5: 50, right5: 100, answered: 50, false: 0 },
    });
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });

  it('are drawn with a line a system', () => {
    const row = { recall1: 100, buildMs: 1, p99: 1 };
    const svg = plotScale([
      { ...row, system: 'wence', passages: 1000, rssMb: 100, p50: 0.1 },
      { ...row, system: 'wence', passages: 10_000, rssMb: 200, p50: 0.2 },
      { ...row, system: 'fuse', passages: 1000, rssMb: 300, p50: 30 },
    ]);
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg).not.toContain('NaN');
  });
});

describe('text for the scale', () => {
  it('is the same every time, and its questions are of their passages', () => {
    const { passages, questions } = createText(50, 5);
    const all = [...passages];
    expect(all).toEqual([...createText(50, 5).passages]);
    expect(all).toHaveLength(50);
    for (const { question, paragraph } of questions) expect(all[paragraph]?.text).toContain(question.slice(0, 2));
  });
});

describe('copies of documents with phrasings', () => {
  it('are as many as asked for, and none asks for what another does', async () => {
    const { library } = await shippedEngine();
    const { documents } = copied(library, 5);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(5);
    const claimed = documents.flatMap((document) => {
      const asked = phrasedOf([document]).flatMap(({ ask }) => ask.map(phrasingKey));
      return [...new Set(asked)];
    });
    expect(new Set(claimed).size).toBe(claimed.length);
  });
});

describe('a library that is written as a folder', () => {
  it('reads as it was', async () => {
    const { library } = await shippedEngine();
    const [document] = library.documents.filter(({ sections }) => sections.length > 0);
    const plain = { ...plainDocument('plain', '第一条 停车收费。\n第二条 另行规定。'), title: '办法', label: '办法' };
    const folder = await mkdtemp(join(tmpdir(), 'wence-written-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFolder(folder, { documents: [document as Document, plain], terms: library.terms });
    const { library: read, problems } = await loadFolder(folder);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(read.terms).toEqual(library.terms);
    expect(read.documents.map(({ sections, paragraphs }) => ({ sections, paragraphs }))).toEqual(
      [document as Document, plain].map(({ sections, paragraphs }) => ({ sections, paragraphs })),
    );
  });
});
