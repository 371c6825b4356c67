import { beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../src/knowledge/document.ts';
import { evidenceOf, SIGNALS, WIDTH, weigh, weighRow } from '../../src/phrasings/evidence.ts';
import { createOverview } from '../../src/phrasings/overview.ts';
import { indexPhrasings } from '../../src/phrasings/phrasing-index.ts';
import { createQuestionReader } from '../../src/phrasings/question.ts';
import { phrasedOf } from '../../src/phrasings/targets.ts';
import { RANKING } from '../../src/phrasings/weights.ts';
import { shippedEngine } from '../shipped.ts';

let library: Library;
beforeAll(async () => {
  library = (await shippedEngine()).library;
});

describe('createOverview', () => {
  it('writes what it knows of a target into its row alone, and nothing of single phrasings', () => {
    const reading = indexPhrasings(library);
    const ask = createQuestionReader(library, reading);
    const survey = createOverview(phrasedOf(library.documents), reading);
    const weights = Float64Array.from(SIGNALS, (signal) => RANKING[signal]);
    for (const question of ['社区工作者待遇有哪些', '外资股比', 'what is IDC', '持证每月补贴几百', '👍']) {
      const { touched, glance } = survey(ask(question));
      const rows = new Float64Array(3 * WIDTH);
      for (const target of touched) {
        glance(target, rows, WIDTH);
        const evidence = evidenceOf(rows.subarray(WIDTH, 2 * WIDTH));
        expect(evidence).toMatchObject({ likeness: 0, support: 0, nearMiss: 0, fuzzy: 0, wording: 0, nearWording: 0 });
        expect(weighRow(rows, WIDTH, weights)).toBeCloseTo(weigh(evidence, RANKING), 10);
      }
      expect([...rows.subarray(0, WIDTH), ...rows.subarray(2 * WIDTH)].every((value) => value === 0)).toBe(true);
    }
  });
});
