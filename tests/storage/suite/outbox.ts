import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../store-suite.ts';
import { claim, claimTexts, DAY, decided, LARGE, MINUTE, reply, settle, useStore } from './fixture.ts';

export function describeOutbox(create: () => Promise<TestDatabase>): void {
  describe('the outbox', () => {
    const fixture = useStore(create);
    const text = (chatId: number, words: string, more = {}) => reply(chatId, { payload: { text: words }, ...more });
    const broadcast = (chatId: number, words: string, more = {}) => text(chatId, words, { kind: 'broadcast', ...more });

    it('gives back a row as it was put in', async () => {
      const { store } = fixture;
      const row = {
        chatId: LARGE,
        threadId: 17,
        kind: 'reply',
        method: 'sendMessage',
        payload: { text: '“问”\u{1f44d}', entities: [{ type: 'blockquote', offset: 0, length: 3 }] },
        questionId: 2 ** 31,
        notBefore: fixture.at - 1,
        expiresAt: fixture.at + MINUTE,
      } as const;
      await store.updates.commit([decided(4, { outgoing: [row] })]);
      expect(await claim(store)).toEqual([
        { ...row, id: 1, updateId: 4, state: 'sending', attempts: 1, ambiguities: 0, createdAt: fixture.at },
      ]);
    });

    it('keeps the order within a chat, and lets other chats go ahead', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '甲1'), text(1, '甲2'), text(2, '乙1'), text(1, '甲3')]);
      const [first] = await claim(store, { except: [2] });
      expect(first?.payload).toEqual({ text: '甲1' });
      expect(await claimTexts(store)).toEqual(['乙1']);
      await settle(store, { id: first?.id ?? 0, to: 'sent', messageId: 1 });
      expect(await claimTexts(store)).toEqual(['甲2']);
      expect(await claimTexts(store)).toEqual([]);
    });

    it('holds a chat back while its first row waits to be tried again', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '甲1'), text(1, '甲2')]);
      const [first] = await claim(store);
      const notBefore = fixture.at + MINUTE;
      await settle(store, { id: first?.id ?? 0, to: 'pending', notBefore, error: '429', ambiguous: false });
      expect(await claimTexts(store)).toEqual([]);
      fixture.at = notBefore;
      expect(await claimTexts(store)).toEqual(['甲1']);
    });

    it('puts replies and notices ahead of broadcasts, and lets no broadcast hold up a reply', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([broadcast(1, '口号1'), broadcast(2, '口号2')]);
      expect(await claimTexts(store, { total: 1 })).toEqual(['口号1']);
      fixture.at += 1;
      await store.outbox.enqueue([text(1, '答'), text(3, '告', { kind: 'notice' })]);
      expect(await claimTexts(store, { total: 2 })).toEqual(['答', '告']);
      expect(await claimTexts(store, { broadcasts: 0 })).toEqual([]);
      expect(await claimTexts(store)).toEqual(['口号2']);
    });

    it('claims at most one row of a chat at once, whatever its lane', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([broadcast(1, '口号'), text(1, '答')]);
      expect(await claimTexts(store)).toEqual(['答']);
      expect(await claimTexts(store)).toEqual(['口号']);
    });

    it('waits for notBefore, and says when that will be', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([
        text(1, '迟', { notBefore: fixture.at + 2 }),
        broadcast(1, '更迟', { notBefore: fixture.at + 9 }),
      ]);
      const turn = await store.outbox.turn({ settle: [], effects: [] });
      expect(turn.outlook).toEqual({
        replies: { withheld: false, nextDueAt: fixture.at + 2 },
        broadcasts: { withheld: false, nextDueAt: fixture.at + 9 },
      });
      fixture.at += 2;
      const wish = { total: 9, broadcasts: 9, except: [1] };
      const { outlook } = await store.outbox.turn({ settle: [], effects: [], claim: () => wish });
      expect(outlook?.replies).toEqual({ withheld: true, nextDueAt: undefined });
      expect(await claimTexts(store)).toEqual(['迟']);
    });

    it('serves people in turn, however many chats one of them asks in', async () => {
      const { store } = fixture;
      const ask = (updateId: number, asker: number, chatId: number, words: string) =>
        store.updates.commit([decided(updateId, { asker, outgoing: [text(chatId, words)] })]);
      for (let chat = 1; chat <= 5; chat++) await ask(chat, 7, -chat, `贪${chat}`);
      await ask(6, 8, -9, '甲1');
      await ask(7, 9, 9, '乙1');
      await ask(8, 8, -9, '甲2');
      const told: unknown[] = [];
      for (let i = 0; i < 8; i++) {
        const [row] = await claim(store, { total: 1 });
        await settle(store, { id: row?.id ?? 0, to: 'sent' });
        told.push(row?.payload.text);
      }
      expect(told).toEqual(['贪1', '甲1', '乙1', '贪2', '甲2', '贪3', '贪4', '贪5']);
    });

    it('serves who comes later before what somebody else has piled up, across a restart', async () => {
      const pile = Array.from({ length: 30 }, (_, index) => text(1, `旧${index}`));
      await fixture.store.outbox.enqueue(pile);
      await fixture.restart();
      await fixture.store.outbox.enqueue([text(2, '新')]);
      expect(await claimTexts(fixture.store, { total: 2 })).toEqual(['旧0', '新']);
    });

    it('lets an answer that has waited for an hour go behind fresh ones, its own chat’s too', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '旧'), text(2, '旧2'), broadcast(3, '口号')]);
      fixture.at += 60 * MINUTE;
      await store.outbox.enqueue([text(1, '新'), text(4, '新4')]);
      expect(await claimTexts(store, { total: 2 })).toEqual(['新4', '新']);
      expect(await store.outbox.depth()).toEqual({ replies: 2, broadcasts: 1, sending: 2 });
      expect(await claimTexts(store)).toEqual(['旧', '旧2', '口号']);
      await fixture.restart();
      expect((await fixture.store.outbox.recover()).again).toBe(4);
      expect((await claimTexts(fixture.store)).toSorted()).toEqual(['新', '新4', '旧2'].toSorted());
    });

    it('drops an answer that has waited for a day, and no notice that nobody asked for', async () => {
      const { store } = fixture;
      await store.updates.commit([decided(1, { outgoing: [text(1, '答')] })]);
      await store.outbox.enqueue([text(2, '告', { kind: 'notice' })]);
      fixture.at += DAY;
      const { expired } = await store.outbox.turn({ settle: [], effects: [] });
      expect(expired.map(({ payload }) => payload.text)).toEqual(['答']);
      expect(await claimTexts(store)).toEqual(['告']);
    });

    it('lets a row expire that is not sent in time, and then goes on with the next', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '过时', { expiresAt: fixture.at + 5 }), text(1, '后一条')]);
      fixture.at += 5;
      const wish = { total: 9, broadcasts: 9, except: [] };
      const { expired, claimed } = await store.outbox.turn({ settle: [], effects: [], claim: () => wish });
      expect(expired.map(({ payload, state }) => [payload.text, state])).toEqual([['过时', 'expired']]);
      expect(claimed.map(({ payload }) => payload.text)).toEqual(['后一条']);
    });

    it('settles a row once: what comes later changes nothing', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '甲')]);
      const [row] = await claim(store);
      const id = row?.id ?? 0;
      await settle(store, { id, to: 'failed', reason: 'rejected', error: '400' });
      await settle(store, { id, to: 'pending', notBefore: 0, error: '', ambiguous: false });
      expect(await claim(store)).toEqual([]);
    });

    it('takes back what a crash left: a reply goes again, twice at most, and a broadcast does not', async () => {
      await fixture.store.outbox.enqueue([text(1, '答'), broadcast(2, '口号')]);
      expect(await claim(fixture.store)).toHaveLength(2);
      await fixture.restart();
      const first = await fixture.store.outbox.recover();
      expect(first.again).toBe(1);
      expect(first.unknown.map(({ payload, state }) => [payload.text, state])).toEqual([['口号', 'unknown']]);
      for (const ambiguities of [1, 2]) {
        expect(await claim(fixture.store)).toMatchObject([{ payload: { text: '答' }, ambiguities }]);
        await fixture.restart();
        const { again, unknown } = await fixture.store.outbox.recover();
        expect([again, unknown.length]).toEqual(ambiguities === 1 ? [1, 0] : [0, 1]);
      }
      expect(await claim(fixture.store)).toEqual([]);
    });

    it('leaves rows alone that another worker still holds', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '答')]);
      await claim(store);
      fixture.at += MINUTE - 1;
      expect(await store.outbox.recover(MINUTE)).toEqual({ again: 0, unknown: [] });
      fixture.at += 1;
      expect(await store.outbox.recover(MINUTE)).toEqual({ again: 1, unknown: [] });
    });

    it('remembers when tries began, across a restart', async () => {
      await fixture.store.outbox.enqueue([text(1, '甲'), broadcast(2, '口号'), text(1, '乙')]);
      const [first] = await claim(fixture.store, { total: 1 });
      await settle(fixture.store, { id: first?.id ?? 0, to: 'sent' });
      fixture.at += 5;
      await claim(fixture.store);
      await fixture.restart();
      expect(await fixture.store.outbox.tries(fixture.at - 6)).toEqual([
        { chatId: 1, kind: 'reply', at: fixture.at - 5 },
        { chatId: 2, kind: 'broadcast', at: fixture.at },
        { chatId: 1, kind: 'reply', at: fixture.at },
      ]);
      expect(await fixture.store.outbox.tries(fixture.at - 5)).toHaveLength(2);
    });

    it('pauses all that waits for a chat, across a restart', async () => {
      const until = fixture.at + MINUTE;
      await fixture.store.outbox.enqueue([text(1, '甲'), broadcast(1, '口号'), text(2, '乙')]);
      await fixture.store.chats.apply([{ kind: 'pause', chatId: 1, until }]);
      await fixture.restart();
      expect(await claimTexts(fixture.store)).toEqual(['乙']);
      fixture.at = until;
      expect(await claimTexts(fixture.store)).toEqual(['甲']);
    });

    it('tells an answer its message, and an edit what to edit', async () => {
      const { store } = fixture;
      await store.updates.commit([
        decided(1, {
          outgoing: [text(1, '答', { questionId: 40 }), text(1, '续', { questionId: 40 })],
          answers: [{ chatId: 1, questionId: 40, content: { v: 1, point: 'a' } }],
        }),
      ]);
      await store.updates.commit([
        decided(2, {
          outgoing: [text(1, '改', { questionId: 40, method: 'editMessageText' })],
          answers: [{ chatId: 1, questionId: 40, content: { v: 1, point: 'b' } }],
        }),
      ]);
      for (const messageId of [501, 502]) {
        const [row] = await claim(store);
        await settle(store, { id: row?.id ?? 0, to: 'sent', messageId });
      }
      expect(await claim(store)).toMatchObject([{ method: 'editMessageText', messageId: 501 }]);
      expect(await store.answers.byQuestion(1, 40)).toMatchObject({ messageId: 501, content: { v: 1, point: 'b' } });
      expect(await store.answers.byMessage(1, 501)).toMatchObject({ questionId: 40 });
      expect(await store.answers.byMessage(2, 501)).toBeUndefined();
    });

    it('forgets finished rows after a few days, never open ones', async () => {
      const { store } = fixture;
      await store.outbox.enqueue([text(1, '甲'), text(2, '乙')]);
      const [row] = await claim(store, { total: 1 });
      await settle(store, { id: row?.id ?? 0, to: 'sent' });
      fixture.at += 4 * DAY;
      expect(await store.prune()).toBe(1);
      expect(await claimTexts(store)).toEqual(['乙']);
    });
  });
}
