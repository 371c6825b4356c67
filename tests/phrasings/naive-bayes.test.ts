import { describe, expect, it } from 'vitest';
import { createNaiveBayes } from '../../src/phrasings/naive-bayes.ts';
import { type Asked, readingOf } from './reading.ts';

const POINTS: readonly Asked[] = [
  { passage: '甲', ask: ['劳动合同跟谁签', '合同谁签'], not: ['合同签几年'] },
  { passage: '乙', ask: ['有没有体检'] },
  { passage: '丙', ask: [], not: ['体检几次'] },
];
const { reading, ask } = readingOf(POINTS);
const bayes = createNaiveBayes(reading);

describe('createNaiveBayes', () => {
  it.each(['合同跟谁签', '体检要几年', '社区合同签几年', '甲', '有没有'])(
    'judges 「%s」 as the formula, written out slowly',
    (question) => {
      const terms = new Set(ask(question).wording.terms);
      const { affinity, suspicion } = bayes.judge(ask(question).wording);
      for (const point of POINTS.keys()) {
        const odds = slowOdds(terms, point);
        expect(affinity(2 * point)).toBeCloseTo(odds.affinity, 4);
        expect(suspicion(2 * point)).toBeCloseTo(odds.suspicion, 4);
      }
    },
  );

  it('touches the targets that share a term, and forgets them with the next question', () => {
    expect([...bayes.judge(ask('体检').wording).touched].sort()).toEqual([2, 4]);
    expect(bayes.judge(ask('甲').wording).touched).toEqual([]);
  });
});

/** Of every term of the question the odds by each target's phrasings, what they don't show taken from all phrasings. */
function slowOdds(question: ReadonlySet<number>, point: number) {
  const termsOf = (texts: readonly string[] = []) => texts.map((text) => new Set(ask(text).wording.terms));
  const asks = POINTS.map((one) => termsOf(one.ask));
  const nears = POINTS.map((one) => termsOf(one.not));
  const having = (texts: readonly ReadonlySet<number>[], term: number) => texts.filter((text) => text.has(term)).length;
  const chance = (texts: readonly ReadonlySet<number>[], term: number) =>
    (having(texts, term) + 0.5) / (texts.length + 1);
  const smoothed = (own: readonly ReadonlySet<number>[], term: number, prior: number, usual: number) =>
    (having(own, term) + prior * usual) / (own.length + prior);
  const [asked, missed] = [asks[point] ?? [], nears[point] ?? []];
  let [affinity, suspicion] = [0, 0];
  for (const term of question) {
    const usual = chance([...asks.flat(), ...nears.flat()], term);
    affinity += Math.log(smoothed(asked, term, 1, usual) / usual);
    const near = smoothed(missed, term, 10, chance(nears.flat(), term));
    suspicion += Math.log(near / smoothed(asked, term, 10, chance(asks.flat(), term)));
  }
  const scale = 3 * Math.sqrt(Math.max(1, question.size));
  return { affinity: affinity / scale, suspicion: suspicion / scale };
}
