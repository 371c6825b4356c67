import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/storage/inbox.ts';
import type { TestDatabase } from '../store-suite.ts';
import { claimTexts, DAY, reply, useStore } from './fixture.ts';

/** Nothing that a database could press into less: files come packed already. */
const LARGE = randomBytes(20 * 1_048_576);

export function describeKeeping(create: () => Promise<TestDatabase>): void {
  const [ME, YOU] = [7, 8];

  describe('drafts', () => {
    const fixture = useStore(create);
    const put = (key: string, chatId = ME, bytes = 4) => {
      fixture.at++;
      const original = LARGE.subarray(0, bytes);
      return fixture.store.drafts.put({ key, chatId, content: { key, odd: '\u0000”' }, original });
    };
    const there = async (...keys: string[]) => {
      const contents = await Promise.all(keys.map((key) => fixture.store.drafts.content(key)));
      return keys.filter((_, at) => contents[at] !== undefined);
    };

    it('are what they were after a restart, changed and taken away', async () => {
      await put('a');
      await fixture.restart();
      const { drafts } = fixture.store;
      expect(await drafts.content('a')).toEqual({ key: 'a', odd: '\u0000”' });
      expect([...((await drafts.original('a')) ?? [])]).toEqual([...LARGE.subarray(0, 4)]);
      await drafts.change('a', { key: 'b' });
      expect(await drafts.content('a')).toEqual({ key: 'b' });
      await drafts.remove('a');
      expect([await drafts.content('a'), await drafts.original('a')]).toEqual([undefined, undefined]);
    });

    it('are one when the same file is sent again', async () => {
      await put('a');
      await put('a', YOU, 2);
      expect((await fixture.store.drafts.original('a'))?.byteLength).toBe(2);
    });

    it('are a hundred and 128 MB of an owner: the oldest give way, and nobody else’s', async () => {
      await put('other', YOU);
      for (let number = 0; number < 101; number++) await put(`n${number}`);
      expect(await there('n0', 'n1', 'n100', 'other')).toEqual(['n1', 'n100', 'other']);
      for (let number = 0; number < 7; number++) await put(`large${number}`, ME, LARGE.byteLength);
      expect(await there('n100', 'large0', 'large1', 'large6', 'other')).toEqual(['large1', 'large6', 'other']);
    });

    it('are kept for a month', async () => {
      await put('a');
      await fixture.store.trials.begin(ME, 'a');
      fixture.at += 30 * DAY;
      await fixture.store.prune();
      expect(await there('a')).toEqual(['a']);
      fixture.at += 1;
      await fixture.store.prune();
      expect(await there('a')).toEqual([]);
      expect(await fixture.store.trials.of(ME)).toBeUndefined();
    });

    it('are tried by whoever began to, until they end it or the draft is gone', async () => {
      const { trials, drafts } = fixture.store;
      await put('a');
      await put('b');
      await trials.begin(ME, 'a');
      await trials.begin(YOU, 'a');
      await trials.begin(ME, 'b');
      expect([await trials.of(ME), await trials.of(YOU), await trials.of(9)]).toEqual(['b', 'a', undefined]);
      await trials.end(ME);
      await drafts.remove('a');
      expect([await trials.of(ME), await trials.of(YOU)]).toEqual([undefined, undefined]);
    });
  });

  describe('what owners sent and nobody has read', () => {
    const fixture = useStore(create);
    const job = (id: number, text = '通知'): Job => {
      return { id, chatId: ME, messageId: id, at: fixture.at, content: { kind: 'text', text } };
    };
    const waiting = async () => (await fixture.store.inbox.waiting()).map(({ id }) => id);

    it('waits in the order of its updates, once each, also after a restart', async () => {
      await fixture.store.inbox.put(job(2));
      await fixture.store.inbox.put(job(1));
      await fixture.store.inbox.put(job(2, '别的'));
      await fixture.restart();
      expect(await fixture.store.inbox.waiting()).toEqual([job(1), job(2)]);
    });

    it('goes when it is read, with what is said of it, once', async () => {
      const { inbox } = fixture.store;
      for (const id of [1, 2, 3]) await inbox.put(job(id));
      await inbox.end([1], [reply(ME)]);
      expect(await claimTexts(fixture.store)).toEqual([]);
      expect(await inbox.claim(1)).toBe(true);
      await inbox.end([1, 2], [reply(ME)]);
      await inbox.end([1, 2], [reply(ME)]);
      expect(await waiting()).toEqual([3]);
      expect(await claimTexts(fixture.store)).toEqual(['有']);
      expect(await inbox.claim(1)).toBe(false);
    });

    it('is claimed again by a process that was started anew, and gone after a month', async () => {
      await fixture.store.inbox.put(job(1));
      expect(await fixture.store.inbox.claim(1)).toBe(true);
      expect(await fixture.store.inbox.claim(1)).toBe(true);
      await fixture.restart();
      expect(await fixture.store.inbox.claim(1)).toBe(true);
      fixture.at += 31 * DAY;
      await fixture.store.prune();
      expect(await waiting()).toEqual([]);
    });
  });
}
