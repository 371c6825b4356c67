import { expect, it } from 'vitest';
import type { Answerer } from '../../src/answering/answerer.ts';
import type { Asked } from '../../src/answering/asked.ts';
import { remembering } from '../../src/answering/remembering.ts';

/** An answerer that notes what it was asked. */
function noting(): { readonly asked: string[]; readonly answerer: Answerer } {
  const asked: string[] = [];
  const none = { outcome: 'unanswered', reason: 'uncovered', confidence: 0, related: [] } as const;
  const answer = (question: string, { within }: Asked = {}) => {
    asked.push(within === undefined ? question : `${question}@${within}`);
    return none;
  };
  const pointing = { offer: (question: string) => ({ question, before: undefined, passages: [] }), answer: () => none };
  const examples = { in: () => [] };
  const others = {
    open: () => undefined,
    relate: () => undefined,
    search: () => [],
    nearest: () => [],
    examples,
    pointing,
  };
  return { asked, answerer: { answer, ...others } };
}

it('answers the same question once, and the same in another document anew', () => {
  const { asked, answerer } = noting();
  const { answer } = remembering(answerer, 10);
  for (const within of [undefined, undefined, 'telecom-pilot', 'telecom-pilot']) answer('有哪些地区', { within });
  expect(asked).toEqual(['有哪些地区', '有哪些地区@telecom-pilot']);
});

it('forgets what was not asked for longest', () => {
  const { asked, answerer } = noting();
  const { answer } = remembering(answerer, 2);
  for (const question of ['体检', '工资', '体检', '培训', '体检', '工资']) answer(question);
  expect(asked).toEqual(['体检', '工资', '培训', '工资']);
});

it('does not keep long texts', () => {
  const { asked, answerer } = noting();
  const { answer } = remembering(answerer, 2);
  for (const question of ['问'.repeat(201), '问'.repeat(201)]) answer(question);
  expect(asked).toHaveLength(2);
});
