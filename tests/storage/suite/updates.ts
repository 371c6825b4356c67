import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../store-suite.ts';
import { claim, claimTexts, DAY, decided, LARGE, MINUTE, reply, useStore } from './fixture.ts';

export function describeUpdates(create: () => Promise<TestDatabase>): void {
  describe('updates', () => {
    const fixture = useStore(create);

    it('writes an update and its rows, and claims them in the order given', async () => {
      const { store } = fixture;
      const results = await store.updates.commit([
        decided(7, { outgoing: [reply(1, { payload: { text: '甲' } }), reply(2, { payload: { text: '乙' } })] }),
        decided(5, { outgoing: [reply(3, { payload: { text: '丙' } })] }),
      ]);
      expect(results.map(({ outcome }) => outcome)).toEqual(['committed', 'committed']);
      expect(await claimTexts(store)).toEqual(['甲', '乙', '丙']);
    });

    it('leaves out an update that was committed before, with everything that belongs to it', async () => {
      const { store } = fixture;
      const once = decided(7, {
        outgoing: [reply(1)],
        unanswered: ['社工节有假吗'],
        effects: [{ kind: 'pause', chatId: 1, until: fixture.at }],
        answers: [{ chatId: 1, questionId: 3, content: '甲' }],
      });
      await store.updates.commit([once]);
      const again = { ...once, answers: [{ chatId: 1, questionId: 3, content: '乙' }] };
      expect(await store.updates.commit([again, decided(8)])).toEqual([
        { outcome: 'repeated' },
        { outcome: 'committed', vote: undefined },
      ]);
      expect(await claim(store)).toHaveLength(1);
      expect(await store.unanswered.list(0, 10)).toMatchObject([{ count: 1 }]);
      expect(await store.answers.byQuestion(1, 3)).toMatchObject({ content: '甲' });
    });

    it('counts the first of two equal updates within one list', async () => {
      const { store } = fixture;
      const [first, second] = [decided(7, { outgoing: [reply(1)] }), decided(7, { outgoing: [reply(2)] })];
      const results = await store.updates.commit([first, second]);
      expect(results.map(({ outcome }) => outcome)).toEqual(['committed', 'repeated']);
      expect((await claim(store)).map(({ chatId }) => chatId)).toEqual([1]);
    });

    it('accepts an update whose id is lower than earlier ones', async () => {
      const { store } = fixture;
      await store.updates.commit([decided(900_000_000)]);
      expect(await store.updates.commit([decided(12)])).toMatchObject([{ outcome: 'committed' }]);
      expect(await store.updates.known([12, 13, 900_000_000])).toEqual(new Set([12, 900_000_000]));
    });

    it('remembers updates across a restart, for at least 25 hours', async () => {
      await fixture.store.updates.commit([decided(7)]);
      fixture.at += 25 * 60 * MINUTE;
      await fixture.store.prune();
      await fixture.restart();
      expect(await fixture.store.updates.commit([decided(7)])).toEqual([{ outcome: 'repeated' }]);
      fixture.at += 2 * DAY;
      await fixture.store.prune();
      expect(await fixture.store.updates.known([7])).toEqual(new Set());
    });

    it('writes nothing of a list in which something fails', async () => {
      const { store } = fixture;
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      const list = [decided(1, { outgoing: [reply(1)] }), decided(2, { outgoing: [reply(1, { payload: circular })] })];
      await expect(store.updates.commit(list)).rejects.toThrow();
      expect(await store.updates.known([1, 2])).toEqual(new Set());
      expect(await claim(store)).toEqual([]);
    });

    it('keeps commits apart that are made at once, when one of them fails', async () => {
      const { store } = fixture;
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      const ends = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) => {
          const payload = index % 3 === 0 ? circular : { text: String(index) };
          return store.updates.commit([
            decided(index, { outgoing: [reply(index + 1), reply(index + 1, { payload })] }),
          ]);
        }),
      );
      const good = ends.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
      expect(good).toHaveLength(26);
      expect(await store.updates.known(ends.map((_, index) => index))).toEqual(new Set(good));
      expect((await claim(store)).map(({ chatId }) => chatId - 1).toSorted((a, b) => a - b)).toEqual(good);
    });

    it('commits lists of any length', async () => {
      const { store } = fixture;
      for (const [round, length] of [0, 1, 63, 64, 65, 200].entries()) {
        const list = Array.from({ length }, (_, index) => decided(round * 1000 + index, { outgoing: [reply(LARGE)] }));
        expect(await store.updates.commit(list)).toHaveLength(length);
      }
      expect(await store.outbox.depth()).toEqual({ replies: 393, broadcasts: 0, sending: 0 });
    });

    it('says which vote stands after a press, and presses nothing twice for one update', async () => {
      const { store } = fixture;
      const person = store.people.keyOf(99);
      const press = (updateId: number, vote: 'up' | 'down') =>
        store.updates.commit([
          decided(updateId, { press: { chatId: 1, message: 5, person, point: 'points/allowance', vote } }),
        ]);
      expect(await press(1, 'up')).toEqual([{ outcome: 'committed', vote: 'up' }]);
      expect(await press(1, 'up')).toEqual([{ outcome: 'repeated' }]);
      expect(await press(2, 'down')).toEqual([{ outcome: 'committed', vote: 'down' }]);
      expect(await store.feedback.totals()).toEqual([{ point: 'points/allowance', up: 0, down: 1 }]);
      expect(await press(3, 'down')).toEqual([{ outcome: 'committed', vote: undefined }]);
      expect(await store.feedback.totals()).toEqual([]);
    });
  });
}
