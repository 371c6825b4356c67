import { describe, expect, it } from 'vitest';
import { chatAllowance } from '../../../src/storage/allowances.ts';
import type { TestDatabase } from '../store-suite.ts';
import { claim, decided, MINUTE, reply, settle, useStore } from './fixture.ts';

export function describeMigration(create: () => Promise<TestDatabase>): void {
  describe('a group that becomes a supergroup', () => {
    const fixture = useStore(create);
    const [OLD, NEW] = [-100, -1_002_000_000_000];
    const migrate = { kind: 'migrate', from: OLD, to: NEW } as const;
    const see = (id: number, type: 'group' | 'supergroup', updateId: number) =>
      fixture.store.updates.commit([decided(updateId, { chat: { id, type, title: '群' } })]);

    it('keeps its settings under the new id', async () => {
      const { store } = fixture;
      await see(OLD, 'group', 1);
      await store.chats.set(OLD, { ambient: true, sloganTime: '07:00' });
      await store.chats.apply([migrate, migrate]);
      expect(await store.chats.get(OLD)).toBeUndefined();
      expect(await store.chats.get(NEW)).toMatchObject({
        type: 'supergroup',
        settings: { ambient: true, sloganTime: '07:00' },
      });
    });

    it('joins both when the new one was seen already, and keeps what was set in either', async () => {
      const { store } = fixture;
      await see(OLD, 'group', 1);
      await see(NEW, 'supergroup', 2);
      await store.chats.set(OLD, { sloganTime: '07:00', sloganForm: 'poster', timeZone: 'Asia/Tokyo' });
      await store.chats.set(NEW, { timeZone: 'Asia/Shanghai' });
      await store.chats.apply([migrate]);
      expect((await store.chats.get(NEW))?.settings).toEqual({
        ambient: false,
        sloganTime: '07:00',
        sloganForm: 'poster',
        model: true,
        short: false,
        documentsOff: [],
        silentUntil: null,
        sloganTopic: null,
        timeZone: 'Asia/Shanghai',
      });
    });

    it('takes its waiting rows along, in order, replying to nothing', async () => {
      const { store } = fixture;
      const payload = (text: string) => ({ text, reply_parameters: { message_id: 12 } });
      await store.outbox.enqueue([reply(OLD, { payload: payload('甲') }), reply(OLD, { payload: payload('乙') })]);
      await store.chats.apply([migrate]);
      const [first] = await claim(store);
      expect(first).toMatchObject({ chatId: NEW, payload: { text: '甲' } });
      expect(first?.payload).not.toHaveProperty('reply_parameters');
      await settle(store, { id: first?.id ?? 0, to: 'sent', messageId: 3 });
      expect(await claim(store)).toMatchObject([{ chatId: NEW, payload: { text: '乙' } }]);
    });

    it('settles a row that was in the air when the id changed', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([reply(OLD)]);
      const [row] = await claim(store);
      await store.chats.apply([migrate]);
      const again = { to: 'pending', notBefore: fixture.at, error: '400', ambiguous: false } as const;
      await store.outbox.turn({ settle: [{ id: row?.id ?? 0, ...again }], effects: [migrate] });
      expect(await claim(store)).toMatchObject([{ id: row?.id, chatId: NEW, attempts: 2 }]);
    });

    it('mistakes no message of the new chat for one of the old', async () => {
      const { store } = fixture;
      const press = { chatId: OLD, message: 13, person: 'p', point: 'a', vote: 'up' } as const;
      await store.updates.commit([
        decided(1, { answers: [{ chatId: OLD, questionId: 12, content: '旧' }], press, outgoing: [reply(OLD)] }),
      ]);
      await store.chats.apply([migrate]);
      await store.updates.commit([decided(2, { answers: [{ chatId: NEW, questionId: 14, content: '新' }] })]);
      await store.chats.apply([migrate]);
      expect(await store.answers.byQuestion(NEW, 12)).toBeUndefined();
      expect(await store.answers.byQuestion(OLD, 12)).toBeUndefined();
      expect(await store.answers.byQuestion(NEW, 14)).toMatchObject({ content: '新' });
      await store.updates.commit([decided(3, { press: { ...press, chatId: NEW } })]);
      expect(await store.feedback.totals()).toEqual([{ point: 'a', up: 2, down: 0 }]);
    });

    it('gets one slogan when both ids were to get it', async () => {
      const { store } = fixture;
      const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', {});
      const delivery = (chatId: number) => ({ chatId, method: 'sendMessage', payload: {} });
      await store.campaigns.deliver(campaign.id, [delivery(OLD)]);
      const [sent] = await claim(store);
      await settle(store, { id: sent?.id ?? 0, to: 'sent' });
      await store.campaigns.deliver(campaign.id, [delivery(NEW)]);
      await store.chats.apply([migrate]);
      expect(await claim(store)).toEqual([]);
      expect((await store.campaigns.summary(campaign.id)).states).toMatchObject({ sent: 1, pending: 0 });
      expect(await store.campaigns.deliver(campaign.id, [delivery(NEW)])).toBe(0);
    });

    it('does not get a new allowance', async () => {
      const { store } = fixture;
      const take = (chatId: number) => fixture.store.allowances.take(chatAllowance(chatId), 1, MINUTE).allowed;
      expect(take(OLD)).toBe(true);
      await store.updates.commit([decided(1)]);
      await store.chats.apply([migrate]);
      expect(take(NEW)).toBe(false);
      await fixture.restart();
      expect([take(NEW), take(OLD)]).toEqual([false, true]);
    });
  });
}
