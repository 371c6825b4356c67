import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../store-suite.ts';
import { DAY, decided, MINUTE, useStore } from './fixture.ts';

export function describeNotes(create: () => Promise<TestDatabase>): void {
  describe('what was answered', () => {
    const fixture = useStore(create);

    it('is kept for 30 days', async () => {
      const { store } = fixture;
      await store.updates.commit([decided(1, { answers: [{ chatId: 1, questionId: 2, content: { v: 1 } }] })]);
      expect(await store.answers.byQuestion(1, 2)).toEqual({
        chatId: 1,
        questionId: 2,
        messageId: undefined,
        content: { v: 1 },
        createdAt: fixture.at,
      });
      fixture.at += 29 * DAY;
      await store.prune();
      expect(await store.answers.byQuestion(1, 2)).toBeDefined();
      fixture.at += 2 * DAY;
      await store.prune();
      expect(await store.answers.byQuestion(1, 2)).toBeUndefined();
    });

    it('is counted a page at a time, and the thread does something else in between', async () => {
      const { store } = fixture;
      const answers = Array.from({ length: 4_500 }, (_, at) => ({ chatId: at % 7, questionId: at, content: at }));
      await store.updates.commit([decided(1, { answers })]);
      let turns = 0;
      const turn = () => {
        turns++;
        soon = setImmediate(turn);
      };
      let soon = setImmediate(turn);
      const pages: { readonly found: number; readonly turns: number }[] = [];
      for await (const page of store.statistics.answers(0)) pages.push({ found: page.length, turns });
      clearImmediate(soon);
      expect(pages.map(({ found }) => found)).toEqual([2_000, 2_000, 500]);
      expect(new Set(pages.map((page) => page.turns)).size).toBe(3);
    });

    it('is kept with its question for an hour', async () => {
      const { store } = fixture;
      const content = { v: 1, asked: '“停车”多少钱？' };
      const answers = Array.from({ length: 70 }, (_, questionId) => ({ chatId: 1, questionId, content }));
      await store.updates.commit([decided(1, { answers })]);
      fixture.at += 59 * MINUTE;
      await store.prune();
      expect(await store.answers.byQuestion(1, 69)).toMatchObject({ content });
      await store.updates.commit([decided(2, { answers: answers.slice(0, 1) })]);
      fixture.at += 2 * MINUTE;
      await store.prune();
      const kept = await Promise.all(answers.map(({ questionId }) => store.answers.byQuestion(1, questionId)));
      expect(kept[0]?.content).toEqual(content);
      expect(kept.slice(1).map((answer) => answer?.content)).toEqual(answers.slice(1).map(() => ({ v: 1 })));
    });
  });

  describe('what was not answered', () => {
    const fixture = useStore(create);
    let updateId = 1;
    const ask = (...unanswered: string[]) => fixture.store.updates.commit([decided(updateId++, { unanswered })]);

    it('is counted by its words, most often asked first', async () => {
      await ask('社工 \n 有年终奖吗', '几点下班');
      fixture.at += 5;
      await ask('社工 有年终奖吗');
      expect(await fixture.store.unanswered.list(0, 10)).toEqual([
        { question: '社工 有年终奖吗', count: 2, disliked: 0, firstAt: fixture.at - 5, lastAt: fixture.at },
        { question: '几点下班', count: 1, disliked: 0, firstAt: fixture.at - 5, lastAt: fixture.at - 5 },
      ]);
      expect(await fixture.store.unanswered.list(fixture.at, 10)).toHaveLength(1);
      expect(await fixture.store.unanswered.list(0, 1)).toHaveLength(1);
    });

    it.each([
      ['is kept to 200 units', '问'.repeat(300), '问'.repeat(200)],
      ['is not cut within a character', `${'问'.repeat(199)}𠮷吗`, '问'.repeat(199)],
      ['has no number of a person', '我13800138000，怎么\n报名', '我***，怎么 报名'],
      ['has none cut in two either', `${'问'.repeat(195)}13800138000`, `${'问'.repeat(195)}***`],
      ['may hold what no database likes', '甲\u0000乙\ud800丙', '甲 乙\ufffd丙'],
    ])('%s', async (_, question, kept) => {
      await ask(question);
      expect(await fixture.store.unanswered.list(0, 10)).toMatchObject([{ question: kept }]);
    });

    it('is kept for 90 days', async () => {
      await ask('甲');
      fixture.at += 89 * DAY;
      await fixture.store.prune();
      expect(await fixture.store.unanswered.list(0, 10)).toHaveLength(1);
      fixture.at += 2 * DAY;
      await fixture.store.prune();
      expect(await fixture.store.unanswered.list(0, 10)).toEqual([]);
    });

    it('leaves out white space alone, and what is to be forgotten', async () => {
      await ask(' \n', '甲', '乙');
      await fixture.store.unanswered.forget([' 甲 ']);
      expect((await fixture.store.unanswered.list(0, 10)).map(({ question }) => question)).toEqual(['乙']);
    });
  });

  describe('votes', () => {
    const fixture = useStore(create);

    it('are counted by point, one per person and message, for 90 days', async () => {
      const { store } = fixture;
      const votes = [
        [1, 10, 'a', 'up'],
        [2, 10, 'a', 'down'],
        [2, 11, 'a', 'up'],
        [3, 10, 'b', 'down'],
        [3, 10, 'b', 'down'],
      ] as const;
      for (const [index, [user, message, point, vote]] of votes.entries()) {
        const person = store.people.keyOf(user);
        await store.updates.commit([decided(index, { press: { chatId: 5, message, person, point, vote } })]);
      }
      expect(await store.feedback.totals()).toEqual([{ point: 'a', up: 2, down: 1 }]);
      fixture.at += 89 * DAY;
      await store.prune();
      expect(await store.feedback.totals()).toHaveLength(1);
      fixture.at += 2 * DAY;
      await store.prune();
      expect(await store.feedback.totals()).toEqual([]);
    });
  });

  describe('people', () => {
    const fixture = useStore(create);

    it('are known by a hash that a restart keeps and another database does not share', async () => {
      const hash = fixture.store.people.keyOf(4_611_686);
      expect(hash).toMatch(/^[\w-]{22}$/);
      await fixture.restart();
      expect(fixture.store.people.keyOf(4_611_686)).toBe(hash);
      expect(fixture.store.people.keyOf(4_611_687)).not.toBe(hash);
      const other = await create();
      const store = await other.open({ now: () => 0, log: { info() {}, warn() {}, error() {} } });
      expect(store.people.keyOf(4_611_686)).not.toBe(hash);
      await store.close();
      await other.destroy();
    });
  });

  describe('allowances', () => {
    const fixture = useStore(create);
    const take = (key = 'chat:1') => fixture.store.allowances.take(key, 2, MINUTE);
    const [yes, word, no] = [
      { allowed: true, firstRefusal: false },
      { allowed: false, firstRefusal: true },
      { allowed: false, firstRefusal: false },
    ];

    it('end with one word and then silence, until the window is over', () => {
      expect([take(), take(), take(), take(), take('chat:2')]).toEqual([yes, yes, word, no, yes]);
      fixture.at += MINUTE - 1;
      expect(take()).toEqual(no);
      fixture.at += 1;
      expect([take(), take(), take()]).toEqual([yes, yes, word]);
    });

    it('are what they were after a restart', async () => {
      expect([take(), take(), take()]).toEqual([yes, yes, word]);
      await fixture.store.updates.commit([decided(1)]);
      take('chat:2');
      await fixture.restart();
      expect([take(), take('chat:2'), take('chat:2')]).toEqual([no, yes, word]);
      fixture.at += MINUTE;
      await fixture.store.prune();
      await fixture.restart();
      expect(take()).toEqual(yes);
    });

    it('are not held back by a clock that is put back', () => {
      expect([take(), take(), take()]).toEqual([yes, yes, word]);
      fixture.at -= DAY;
      expect(take()).toEqual(yes);
    });

    it('are written by the next commit when one fails', async () => {
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      expect([take(), take()]).toEqual([yes, yes]);
      const row = { chatId: 1, kind: 'reply', method: 'sendMessage', payload: circular } as const;
      await expect(fixture.store.updates.commit([decided(1, { outgoing: [row] })])).rejects.toThrow();
      await fixture.store.updates.commit([decided(2)]);
      await fixture.restart();
      expect(take()).toEqual(word);
    });
  });
}
