import { describe, expect, it } from 'vitest';
import type { Answer, Answered } from '../../src/answering/answer.ts';
import { plainDocument } from '../../src/evaluation/document-questions.ts';
import type { Labelled } from '../../src/evaluation/labelled.ts';
import { figures, type Judgement, judge, tally } from '../../src/evaluation/score.ts';

const asked = (gold: readonly string[] | null, kind = 'direct'): Labelled => ({ id: 'q', question: '问', kind, gold });

function answeredWith(first: string, ...others: string[]): Answered {
  const document = plainDocument('d', '');
  const quote = (text: string) => ({ text, document, paragraph: 0, start: 0, end: text.length });
  return {
    ...{ outcome: 'answered', key: 'k', title: '题', section: '节', answer: first, confidence: 0.9, related: [] },
    ...{ quotes: [quote(first), ...others.map(quote)], whole: others.length > 0 },
  };
}

const UNANSWERED: Answer = { outcome: 'unanswered', confidence: 0, related: [], reason: 'uncovered' };
const RELATED: Answer = { outcome: 'related', degree: 'near', confidence: 0.3, related: [] };

describe('judge', () => {
  it.each<[rule: string, labelled: Labelled, answer: Answer, verdict: string, complete: boolean | undefined]>([
    ['a quote that holds the gold is right', asked(['体检']), answeredWith('定期组织体检和'), 'right', undefined],
    ['one of several golds is enough', asked(['补贴', '体检']), answeredWith('定期组织体检'), 'right', undefined],
    ['white space is left aside', asked(['人人 有责']), answeredWith('防火 人人\n有责'), 'right', undefined],
    [
      'a quote that is only a part of the gold is wrong',
      asked(['定期组织体检']),
      answeredWith('体检'),
      'wrong',
      undefined,
    ],
    ['another quote is wrong', asked(['体检']), answeredWith('走访慰问'), 'wrong', undefined],
    ['only the first quote counts', asked(['体检']), answeredWith('走访', '体检'), 'wrong', undefined],
    ['a first quote of 160 characters may be right', asked(['甲']), answeredWith('甲'.repeat(160)), 'right', undefined],
    ['a longer one is wrong', asked(['甲']), answeredWith('甲'.repeat(161)), 'wrong', undefined],
    ['no answer is abstained', asked(['体检']), UNANSWERED, 'abstained', undefined],
    ['a related clause is no answer', asked(['体检']), RELATED, 'abstained', undefined],
    ['to what is unanswerable, no answer is abstained', asked(null), UNANSWERED, 'abstained', undefined],
    ['to what is unanswerable, any answer is wrong', asked(null), answeredWith('体检'), 'wrong', undefined],
    ['for a whole answer any quote counts', asked(['体检'], 'whole'), answeredWith('走访', '体检'), 'right', true],
    [
      'a whole answer may begin with a long quote',
      asked(['甲'], 'whole'),
      answeredWith('甲'.repeat(200)),
      'right',
      true,
    ],
    [
      'one without all golds is right and not complete',
      asked(['体检', '慰问'], 'whole'),
      answeredWith('体检'),
      'right',
      false,
    ],
    [
      'golds may be held by several quotes together',
      asked(['甲乙', '丙'], 'whole'),
      answeredWith('甲', '乙', '丙'),
      'right',
      true,
    ],
    ['a whole answer not given is not complete', asked(['体检'], 'whole'), UNANSWERED, 'abstained', false],
    ['one that is unanswerable has no completeness', asked(null, 'whole'), UNANSWERED, 'abstained', undefined],
    ['nor when it is answered', asked(null, 'whole'), answeredWith('体检'), 'wrong', undefined],
  ])('%s', (_, labelled, answer, verdict, complete) => {
    expect(judge(labelled, answer)).toEqual({ labelled, answer, verdict, complete, misleading: false });
  });
});

const SIX: readonly Judgement[] = [
  judge(asked(['甲'], 'direct'), answeredWith('甲')),
  judge(asked(['甲'], 'direct'), answeredWith('乙')),
  judge(asked(['甲'], 'whole'), answeredWith('甲')),
  judge(asked(['甲', '乙'], 'whole'), answeredWith('甲')),
  judge(asked(null, 'near'), RELATED),
  judge(asked(null, 'near'), answeredWith('甲')),
];

describe('tally', () => {
  it('is a row a kind, in order of first appearance', () => {
    expect(tally(SIX)).toEqual([
      { kind: 'direct', count: 2, answerable: 2, right: 1, wrong: 1, abstained: 0, complete: 0 },
      { kind: 'whole', count: 2, answerable: 2, right: 2, wrong: 0, abstained: 0, complete: 1 },
      { kind: 'near', count: 2, answerable: 0, right: 0, wrong: 1, abstained: 1, complete: 0 },
    ]);
    expect(tally([])).toEqual([]);
  });
});

describe('figures', () => {
  it('right of the answerable, wrong of all, abstained of the unanswerable, complete of the whole', () => {
    expect(figures(SIX)).toEqual({ right: 3 / 4, wrong: 2 / 6, abstained: 1 / 2, complete: 1 / 2 });
  });

  it('of nothing, all', () => {
    expect(figures([])).toEqual({ right: 1, wrong: 1, abstained: 1, complete: 1 });
  });
});
