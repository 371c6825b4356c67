import { describe, expect, it } from 'vitest';
import { explainRanking } from '../../src/cli/explain-ranking.ts';
import { type LoadedEngine, openEngine } from '../../src/engine.ts';
import { COMPARED } from '../../src/retrieval/features.ts';
import { goodFiles, SOURCE, temporaryFolder } from '../knowledge/folders.ts';
import { call } from './run.ts';

/** The cells of the rows of a table, by what stands at their head. */
function rowsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const rows = text.split('\n').map((line) => line.trim().split(/ {2,}/));
  return new Map(rows.filter(({ length }) => length > 1).map(([name = '', ...cells]) => [name, cells]));
}

const number = (cell = '') => Number(cell.replace('−', '-').replace('+', '').replace('×', ''));

describe('by phrasings', () => {
  const QUESTION = '停车一个月多少钱';
  const open = async (): Promise<LoadedEngine> => openEngine(await temporaryFolder(goodFiles()));

  it('names the candidates, best first, and how sure the answer is', async () => {
    const text = explainRanking(await open(), QUESTION);
    expect(text).toMatch(/按问法：把握 \d+\.\d %（35\.0 % 起直接回答）/);
    expect(text).toContain('1. 要点「停车费」（物业公告）');
  });

  it('what every signal adds comes to the score', async () => {
    const engine = await open();
    const rows = rowsOf(explainRanking(engine, QUESTION));
    const scores = rows.get('得分')?.map(number) ?? [];
    expect(scores.length).toBe(engine.retriever.retrieve(QUESTION).candidates.length);
    const signals = [...rows].filter(([, cells]) => cells[0]?.startsWith('×'));
    expect(signals.length).toBeGreaterThan(5);
    for (const [at, score] of scores.entries()) {
      const sum = signals.reduce((all, [, cells]) => all + number(cells[at + 1]), 0);
      expect(Math.abs(sum - score)).toBeLessThan(0.2);
    }
  });

  it('of what shares nothing with the texts there is nothing to say', async () => {
    expect(explainRanking(await open(), '𠀀𠀁')).not.toContain('依据');
  });
});

describe('in texts without phrasings', () => {
  it('lists the clauses with what each has of the question', async () => {
    const engine = await openEngine(await temporaryFolder({ 'notice/source.md': SOURCE }));
    const ranked = engine.texts.explain('停车费每月多少钱');
    expect(ranked[0]?.candidate.comparable).toHaveLength(COMPARED.length);
    const text = explainRanking(engine, '停车费每月多少钱');
    expect(text).toContain('1. “停车费”每月80元。（物业公告）');
    const rows = rowsOf(text.slice(text.indexOf('按原文')));
    expect(rows.size).toBeGreaterThan(COMPARED.length);
    expect(number(rows.get('字')?.[0])).toBeGreaterThan(number(rows.get('字')?.[1]));
  });
});

describe('in the terminal', () => {
  it('follows the answer', async () => {
    const folder = await temporaryFolder(goodFiles());
    const { code, stdout } = await call(['ask', '--explain', '--knowledge', folder, '停车多少钱']);
    expect(code).toBe(0);
    expect(stdout.indexOf('80元')).toBeGreaterThan(-1);
    expect(stdout.indexOf('按问法：把握')).toBeGreaterThan(stdout.indexOf('80元'));
  });

  it('is for people: neither JSON nor a batch has it', async () => {
    expect((await call(['ask', '--explain', '--json', '停车'])).code).toBe(2);
    expect((await call(['ask', '--explain', '--batch', '-'])).code).toBe(2);
  });
});
