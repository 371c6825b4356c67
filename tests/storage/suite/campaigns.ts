import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../store-suite.ts';
import { claim, decided, settle, useStore } from './fixture.ts';

export function describeCampaigns(create: () => Promise<TestDatabase>): void {
  describe('campaigns', () => {
    const fixture = useStore(create);
    const delivery = (chatId: number, more = {}) => ({ chatId, method: 'sendMessage', payload: {}, ...more });

    it('are one a name and date, whoever begins them', async () => {
      const { store } = fixture;
      const words = ['甲', '乙', '丙'];
      const begun = await Promise.all(
        words.map((own) => store.campaigns.begin('slogan', '2026-03-01', { words: own })),
      );
      expect(begun.filter(({ fresh }) => fresh)).toHaveLength(1);
      // Whoever is first, its words are everybody's.
      const first = words[begun.findIndex(({ fresh }) => fresh)];
      expect(begun.map(({ campaign }) => campaign.content)).toEqual(words.map(() => ({ words: first })));
      expect(new Set(begun.map(({ campaign }) => campaign.id)).size).toBe(1);
      await store.campaigns.begin('slogan', '2026-03-02', {});
      await store.campaigns.begin('other', '2026-03-03', {});
      expect((await store.campaigns.latest('slogan', 5)).map(({ localDate }) => localDate)).toEqual([
        '2026-03-02',
        '2026-03-01',
      ]);
    });

    it('deliver to a chat once, however often they are told to, across a restart', async () => {
      const { campaign } = await fixture.store.campaigns.begin('slogan', '2026-03-01', {});
      expect(await fixture.store.campaigns.deliver(campaign.id, [delivery(1), delivery(2)])).toBe(2);
      await fixture.restart();
      expect(await fixture.store.campaigns.deliver(campaign.id, [delivery(2), delivery(3)])).toBe(1);
      expect((await claim(fixture.store)).map(({ chatId }) => chatId)).toEqual([1, 2, 3]);
      expect(await fixture.store.campaigns.deliver(campaign.id, [delivery(1)])).toBe(0);
    });

    it('sum up what became of their deliveries', async () => {
      const { store } = fixture;
      const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', {});
      const rows = [1, 2, 3, 4].map((chatId) => delivery(chatId));
      await store.campaigns.deliver(campaign.id, [...rows, delivery(5, { expiresAt: fixture.at + 1 })]);
      const started = fixture.at;
      const ids = (await claim(store, { total: 3 })).map(({ id }) => id);
      fixture.at += 7;
      await settle(
        store,
        { id: ids[0] ?? 0, to: 'sent', messageId: 1 },
        { id: ids[1] ?? 0, to: 'unknown', reason: 'ambiguous', error: '' },
        { id: ids[2] ?? 0, to: 'failed', reason: 'no-access', error: '403' },
      );
      expect(await store.campaigns.summary(campaign.id)).toEqual({
        states: { pending: 1, sending: 0, sent: 1, unknown: 1, failed: 1, expired: 1 },
        reasons: { ambiguous: 1, 'no-access': 1, expired: 1 },
        startedAt: started,
        endedAt: started + 7,
      });
    });

    it('keep what was learned on the way', async () => {
      const { store } = fixture;
      const { campaign } = await store.campaigns.begin('slogan', '2026-03-01', { words: '甲' });
      await store.campaigns.update(campaign.id, { content: { words: '甲', file: 'f' } });
      await store.campaigns.update(campaign.id, { finishedAt: fixture.at + 9 });
      expect((await store.campaigns.begin('slogan', '2026-03-01', {})).campaign).toEqual({
        ...campaign,
        content: { words: '甲', file: 'f' },
        finishedAt: fixture.at + 9,
      });
      await store.campaigns.deliver(campaign.id, [delivery(1)]);
      fixture.at += 500 * 86_400_000;
      expect(await store.prune()).toBe(0);
    });
  });

  describe('subscribers', () => {
    const fixture = useStore(create);

    it('are active chats with a time, grouped by zone and time, in pages', async () => {
      const { store } = fixture;
      const chats = Array.from({ length: 9 }, (_, index) => index + 1);
      await store.updates.commit(chats.map((id) => decided(id, { chat: { id: -id, type: 'supergroup' } })));
      for (const id of [1, 2, 3, 4, 5]) await store.chats.set(-id, { sloganTime: '08:30' });
      for (const id of [6, 7]) await store.chats.set(-id, { sloganTime: '08:30', timeZone: 'Asia/Tokyo' });
      await store.chats.set(-7, { sloganTopic: 4, sloganForm: 'poster' });
      await store.chats.set(-8, { timeZone: 'Asia/Tokyo' });
      await store.chats.apply([
        { kind: 'deactivate', chatId: -1, reason: 'kicked' },
        { kind: 'slogan-off', chatId: -2, reason: 'topic-closed', days: 1 },
      ]);
      const slots = (await store.subscribers.slots()).toSorted((a, b) => b.chats - a.chats);
      expect(slots).toEqual([
        { timeZone: null, sloganTime: '08:30', chats: 3 },
        { timeZone: 'Asia/Tokyo', sloganTime: '08:30', chats: 2 },
      ]);
      const here = { timeZone: null, sloganTime: '08:30' };
      const page = await store.subscribers.page(here, undefined, 2);
      expect(page.map(({ chatId }) => chatId)).toEqual([-5, -4]);
      expect((await store.subscribers.page(here, -4, 2)).map(({ chatId }) => chatId)).toEqual([-3]);
      expect(await store.subscribers.page({ timeZone: 'Asia/Tokyo', sloganTime: '08:30' }, -7, 9)).toHaveLength(1);
      expect(await store.subscribers.page({ timeZone: 'Asia/Tokyo', sloganTime: '08:30' }, undefined, 1)).toEqual([
        { chatId: -7, topic: 4, form: 'poster', languageCode: undefined },
      ]);
    });
  });
}
