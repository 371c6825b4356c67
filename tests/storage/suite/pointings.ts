import { describe, expect, it } from 'vitest';
import type { DecidedUpdate } from '../../../src/storage/decided-update.ts';
import type { TestDatabase } from '../store-suite.ts';
import { claimTexts, DAY, decided, MINUTE, reply, useStore } from './fixture.ts';

export function describePointings(create: () => Promise<TestDatabase>): void {
  describe('questions that somebody is asked about', () => {
    const fixture = useStore(create);
    const [CHAT, ME, YOU] = [-100, 7, 8];
    const HELD = 20_000;

    const says = (text: string, chatId = CHAT) => reply(chatId, { payload: { text } });
    const sure = (id: number, text: string, asker = ME): DecidedUpdate =>
      decided(id, { asker, outgoing: [says(text)] });
    const asked = (id: number, text: string, asker = ME, more: Partial<DecidedUpdate> = {}): DecidedUpdate => ({
      ...sure(id, text, asker),
      answers: [{ chatId: CHAT, questionId: id, content: { text } }],
      unanswered: [text],
      pointing: { chatId: CHAT, questionId: id, job: { id } },
      ...more,
    });
    const instead = (text: string, questionId: number) => ({
      outgoing: [says(text)],
      answers: [{ chatId: CHAT, questionId, content: { text } }],
      unanswered: [],
    });
    /** What stands in the outbox, in the order in which it goes: a chat gets one at a time. */
    const sent = async (): Promise<readonly unknown[]> => {
      const texts: unknown[] = [];
      const { outbox } = fixture.store;
      for (;;) {
        const claim = () => ({ total: 9, broadcasts: 0, except: [] });
        const { claimed } = await outbox.turn({ settle: [], effects: [], claim });
        if (claimed.length === 0) return texts;
        texts.push(...claimed.map(({ payload }) => payload.text));
        await outbox.turn({ settle: claimed.map(({ id }) => ({ id, to: 'sent' })), effects: [] });
      }
    };
    const claimOne = async () => {
      const [row] = await fixture.store.pointings.claim(1, HELD);
      return row?.id ?? 0;
    };

    it('are claimed once, the oldest first, and again when their claim is old', async () => {
      const { pointings, updates } = fixture.store;
      await updates.commit([asked(1, '甲'), asked(2, '乙', YOU), asked(3, '丙', YOU)]);
      expect((await pointings.claim(2, HELD)).map(({ job }) => job)).toEqual([{ id: 1 }, { id: 2 }]);
      expect((await pointings.claim(2, HELD)).map(({ job }) => job)).toEqual([{ id: 3 }]);
      expect(await pointings.claim(2, HELD)).toEqual([]);
      fixture.at += HELD;
      expect(await pointings.claim(9, HELD)).toHaveLength(3);
      await pointings.recover();
      expect(await pointings.claim(9, HELD)).toHaveLength(3);
    });

    it('end with what was said, once, and nothing of what would have been', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '没有')]);
      expect(await claimTexts(store)).toEqual([]);
      const id = await claimOne();
      expect(await store.pointings.end(id, instead('有', 1), { key: 'k', reply: '[1]' })).toBe(true);
      expect(await store.pointings.end(id, instead('又有', 1))).toBe(false);
      expect(await claimTexts(store)).toEqual(['有']);
      expect((await store.answers.byQuestion(CHAT, 1))?.content).toEqual({ text: '有' });
      expect(await store.unanswered.list(0, 9)).toEqual([]);
      expect(await store.pointings.recall('k')).toBe('[1]');
    });

    it('end with what is replied anyway when nobody says anything', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '没有')]);
      expect(await store.pointings.end(await claimOne())).toBe(true);
      expect(await claimTexts(store)).toEqual(['没有']);
      expect((await store.answers.byQuestion(CHAT, 1))?.content).toEqual({ text: '没有' });
      expect(await store.unanswered.list(0, 9)).toMatchObject([{ question: '没有' }]);
    });

    it('survive a restart, and can all be ended when there is nobody to ask any more', async () => {
      await fixture.store.updates.commit([asked(1, '甲'), sure(2, '乙'), asked(3, '丙', YOU)]);
      await fixture.restart();
      const { store } = fixture;
      expect(await store.pointings.endAll()).toBe(3);
      expect(await store.pointings.endAll()).toBe(0);
      expect(await sent()).toEqual(['甲', '乙', '丙']);
    });

    it('are committed once, as any update', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '甲')]);
      await store.updates.commit([asked(1, '甲')]);
      expect(await store.pointings.claim(9, HELD)).toHaveLength(1);
    });

    it('keep the order of what one person is told in a chat, and hold up nobody else', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '一'), sure(2, '二'), asked(3, '三'), sure(4, '别人', YOU)]);
      await store.updates.commit([sure(5, '四')]);
      const [first, third] = await store.pointings.claim(9, HELD);
      expect(await sent()).toEqual(['别人']);
      await store.pointings.end(third?.id ?? 0, instead('三！', 3));
      expect(await sent()).toEqual([]);
      await store.pointings.end(first?.id ?? 0, instead('一！', 1));
      expect(await sent()).toEqual(['一！', '二', '三！', '四']);
    });

    it('give way to their edited form, which is nobody’s business once they were answered', async () => {
      const { store } = fixture;
      const edited = (id: number, text: string) =>
        asked(id, text, ME, { pointing: { chatId: CHAT, questionId: 1, job: { id }, replaces: true } });
      await store.updates.commit([asked(1, '甲')]);
      expect(await store.pointings.isOpen(CHAT, 1)).toBe(true);
      const old = await claimOne();
      await store.updates.commit([edited(2, '乙')]);
      expect(await store.pointings.end(old, instead('甲！', 1))).toBe(false);
      await store.pointings.end(await claimOne(), instead('乙！', 1));
      expect(await store.pointings.isOpen(CHAT, 1)).toBe(false);
      await store.updates.commit([edited(3, '丙')]);
      expect(await claimTexts(store)).toEqual(['乙！']);
      expect(await store.pointings.claim(9, HELD)).toEqual([]);
    });

    it('tell what a person asked last, for what leans on it', async () => {
      const { pointings, updates } = fixture.store;
      await updates.commit([asked(1, '甲'), asked(2, '乙'), asked(3, '丙', YOU), sure(4, '丁')]);
      expect(await pointings.latest(CHAT, ME)).toEqual({ id: 2 });
      expect(await pointings.latest(CHAT, 9)).toBeUndefined();
    });

    it('end when their group becomes a supergroup, and follow it', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '甲')]);
      const id = await claimOne();
      await store.chats.apply([{ kind: 'migrate', from: CHAT, to: -1_009 }]);
      expect(await store.pointings.end(id, instead('晚了', 1))).toBe(false);
      const claim = () => ({ total: 9, broadcasts: 0, except: [] });
      const { claimed } = await store.outbox.turn({ settle: [], effects: [], claim });
      expect(claimed).toMatchObject([{ chatId: -1_009, payload: { text: '甲' } }]);
    });

    it('are remembered for a month, and asked about unless a chat says no', async () => {
      const { store } = fixture;
      await store.updates.commit([asked(1, '甲', ME, { chat: { id: CHAT, type: 'group' } })]);
      await store.pointings.end(await claimOne(), undefined, { key: 'k', reply: '[1]' });
      fixture.at += 29 * DAY;
      await store.prune();
      expect(await store.pointings.recall('k')).toBe('[1]');
      fixture.at += DAY + MINUTE;
      await store.prune();
      expect(await store.pointings.recall('k')).toBeUndefined();
      expect((await store.chats.get(CHAT))?.settings.model).toBe(true);
      await store.chats.set(CHAT, { model: false });
      expect((await store.chats.get(CHAT))?.settings.model).toBe(false);
    });
  });
}
