import { beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../src/knowledge/document.ts';
import { type Evidence, weigh } from '../../src/phrasings/evidence.ts';
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

const NOTHING_ALIKE = { likeness: 0, support: 0, nearMiss: 0, fuzzy: 0, wording: 0, nearWording: 0 };

describe('createOverview', () => {
  it('estimates what a target of which no phrasing is like the question would score', () => {
    const reading = indexPhrasings(library);
    const ask = createQuestionReader(library, reading);
    const survey = createOverview(phrasedOf(library.documents), reading);
    for (const question of ['社区工作者待遇有哪些', '外资股比', 'what is IDC', '持证每月补贴几百', '👍']) {
      const { touched, estimate, glance, suspicion } = survey(ask(question));
      for (const target of touched) {
        const evidence: Evidence = { ...NOTHING_ALIKE, ...glance(target) };
        expect(estimate(target)).toBeCloseTo(weigh(evidence, RANKING), 10);
        expect(suspicion(target)).toBe(evidence.suspicion);
      }
    }
  });
});
