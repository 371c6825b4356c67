import { describe, expect, it } from 'vitest';
import type { TestDatabase } from '../store-suite.ts';
import { DAY, decided, LARGE, MINUTE, useStore } from './fixture.ts';

export function describeChats(create: () => Promise<TestDatabase>): void {
  describe('chats', () => {
    const fixture = useStore(create);
    let updateId = 1;
    const group = { id: LARGE, type: 'supergroup', title: '街道群', isForum: true } as const;
    const see = (chat: NonNullable<Parameters<typeof decided>[1]>['chat']) =>
      fixture.store.updates.commit([decided(updateId++, { chat })]);

    it('keeps what an update shows of a chat, with the settings everything starts from', async () => {
      await see(group);
      expect(await fixture.store.chats.get(LARGE)).toEqual({
        ...group,
        languageCode: undefined,
        settings: {
          ambient: false,
          sloganTime: null,
          timeZone: null,
          sloganTopic: null,
          sloganForm: 'text',
          model: true,
          short: false,
          documentsOff: [],
          silentUntil: null,
        },
        inactive: undefined,
        notFoundDays: 0,
        sloganOff: undefined,
      });
      expect(await fixture.store.chats.get(1)).toBeUndefined();
    });

    it('takes over a new title and keeps the settings', async () => {
      await see(group);
      await fixture.store.chats.set(LARGE, { ambient: true, sloganTime: '08:30', timeZone: 'Asia/Urumqi' });
      await see({ ...group, title: '新名' });
      const chat = await fixture.store.chats.get(LARGE);
      expect(chat?.title).toBe('新名');
      expect(chat?.settings).toMatchObject({ ambient: true, sloganTime: '08:30', timeZone: 'Asia/Urumqi' });
    });

    it('changes only the settings that are given, across a restart', async () => {
      await see(group);
      await fixture.store.chats.set(LARGE, { sloganTime: '08:30', sloganTopic: 5, sloganForm: 'poster' });
      await fixture.restart();
      expect(await fixture.store.chats.set(LARGE, { sloganTopic: null })).toBe(true);
      expect((await fixture.store.chats.get(LARGE))?.settings).toEqual({
        ambient: false,
        sloganTime: '08:30',
        timeZone: null,
        sloganTopic: null,
        sloganForm: 'poster',
        model: true,
        short: false,
        documentsOff: [],
        silentUntil: null,
      });
    });

    it('says when a chat to be changed is not known', async () => {
      expect(await fixture.store.chats.set(5, { ambient: true })).toBe(false);
    });

    it('keeps the language of a private chat when an update does not say it', async () => {
      await see({ id: 9, type: 'private', languageCode: 'zh-hant' });
      await see({ id: 9, type: 'private' });
      expect((await fixture.store.chats.get(9))?.languageCode).toBe('zh-hant');
    });

    it('is inactive once given up, and active as soon as it is seen again', async () => {
      await see(group);
      await fixture.store.chats.apply([{ kind: 'deactivate', chatId: LARGE, reason: 'kicked' }]);
      fixture.at += MINUTE;
      await fixture.store.chats.apply([{ kind: 'deactivate', chatId: LARGE, reason: 'again' }]);
      expect((await fixture.store.chats.get(LARGE))?.inactive).toEqual({ reason: 'kicked', at: fixture.at - MINUTE });
      await see(group);
      expect((await fixture.store.chats.get(LARGE))?.inactive).toBeUndefined();
    });

    it('is written in the order of the updates: removed and added again is there, added and removed is not', async () => {
      const removed = [{ kind: 'deactivate', chatId: LARGE, reason: 'kicked' }] as const;
      const active = async () => (await fixture.store.chats.get(LARGE))?.inactive === undefined;
      await fixture.store.updates.commit([
        decided(updateId++, { effects: removed }),
        decided(updateId++, { chat: group }),
      ]);
      expect(await active()).toBe(true);
      await fixture.store.updates.commit([
        decided(updateId++, { chat: { ...group, title: '新名' } }),
        decided(updateId++, { effects: removed }),
      ]);
      expect(await active()).toBe(false);
      await see({ ...group, title: '新名' });
      expect(await active()).toBe(true);
    });

    it('gives a chat up that was not found on three days, not for three times on one day', async () => {
      await see(group);
      const miss = () => fixture.store.chats.apply([{ kind: 'not-found', chatId: LARGE, days: 3 }]);
      await miss();
      await miss();
      fixture.at += DAY;
      await miss();
      expect(await fixture.store.chats.get(LARGE)).toMatchObject({ notFoundDays: 2, inactive: undefined });
      fixture.at += DAY;
      await miss();
      expect(await fixture.store.chats.get(LARGE)).toMatchObject({ inactive: { reason: 'chat-not-found' } });
    });

    it('forgets days without the chat that lie more than a week back', async () => {
      await see(group);
      for (let week = 0; week < 4; week++) {
        await fixture.store.chats.apply([{ kind: 'not-found', chatId: LARGE, days: 3 }]);
        fixture.at += 8 * DAY;
      }
      expect(await fixture.store.chats.get(LARGE)).toMatchObject({ notFoundDays: 1, inactive: undefined });
    });

    it('switches the slogan off until a time or a topic is set anew', async () => {
      await see(group);
      await fixture.store.chats.set(LARGE, { sloganTime: '08:30' });
      const closed = { kind: 'slogan-off', chatId: LARGE, reason: 'topic-closed', days: 1 } as const;
      await fixture.store.chats.apply([closed]);
      await fixture.store.chats.set(LARGE, { ambient: true });
      expect((await fixture.store.chats.get(LARGE))?.sloganOff).toBe('topic-closed');
      await fixture.store.chats.set(LARGE, { sloganTopic: 8 });
      expect((await fixture.store.chats.get(LARGE))?.sloganOff).toBeUndefined();
      fixture.at += DAY;
      await fixture.store.chats.apply([closed, { kind: 'restore', chatId: LARGE }]);
      expect((await fixture.store.chats.get(LARGE))?.sloganOff).toBeUndefined();
    });

    it('switches the slogan off when it is refused on three days, not three times, and on when its topic works', async () => {
      await see(group);
      await fixture.store.chats.set(LARGE, { sloganTime: '08:30', sloganTopic: 8 });
      const isOff = async () => (await fixture.store.chats.get(LARGE))?.sloganOff !== undefined;
      const closed = { kind: 'slogan-off', chatId: LARGE, reason: 'topic-closed', days: 3 } as const;
      const works = (topic: number | null) =>
        fixture.store.chats.apply([{ kind: 'topic-works', chatId: LARGE, topic } as const]);
      for (const expected of [false, false, true]) {
        await fixture.store.chats.apply([closed, closed, closed]);
        expect(await isOff()).toBe(expected);
        fixture.at += DAY;
      }
      await works(7);
      await works(null);
      expect(await isOff()).toBe(true);
      await works(8);
      expect(await isOff()).toBe(false);
      // What was refused before counts no more.
      await fixture.store.chats.apply([closed]);
      expect(await isOff()).toBe(false);
    });
  });
}
