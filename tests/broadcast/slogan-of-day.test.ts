import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sloganFor } from '../../src/broadcast/slogan.ts';
import { type Dated, dayNumber, sloganOfDay } from '../../src/broadcast/slogan-of-day.ts';
import { shippedEngine } from '../shipped.ts';

interface Named extends Dated {
  readonly name: string;
}

const always = (name: string): Named => ({ name, from: undefined, until: undefined });

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

describe('the slogan of the day', () => {
  it('takes turns', () => {
    const slogans = ['甲', '乙', '丙'].map(always);
    const week = [1, 2, 3, 4, 5, 6, 7].map((day) => sloganOfDay(slogans, `2026-01-0${day}`)?.name).join('');
    expect(week).toBe('甲乙丙甲乙丙甲');
  });

  it('is none when there is none, or none may be shown', () => {
    expect(sloganOfDay([], '2026-11-22')).toBeUndefined();
    expect(sloganOfDay([{ name: '甲', from: '2026-12-01', until: undefined }], '2026-11-30')).toBeUndefined();
    expect(sloganOfDay([{ name: '甲', from: undefined, until: '2026-11-21' }], '2026-11-22')).toBeUndefined();
  });

  it('shows one on its first and last day, both included', () => {
    const day: Named = { name: '节', from: '2026-10-01', until: '2026-10-01' };
    const slogans = [always('甲'), always('乙'), day];
    expect(sloganOfDay(slogans, '2026-10-01')).toBe(day);
    expect(sloganOfDay(slogans, '2026-09-30')).not.toBe(day);
    expect(sloganOfDay(slogans, '2026-10-02')).not.toBe(day);
  });

  it('also knows days long past', () => {
    expect(sloganOfDay([always('甲')], '2001-02-03')?.name).toBe('甲');
  });

  it('alternates between the two that are shipped, in their own words, with their maker', async () => {
    const { library } = await shippedEngine();
    const two = ['2026-11-22', '2026-11-23', '2026-11-24'].map((date) => sloganFor(library, date));
    expect(new Set(two.map((slogan) => slogan?.words)).size).toBe(2);
    expect(two[0]).toEqual(two[2]);
    expect(two.map((slogan) => slogan?.maker)).toEqual(Array(3).fill('人民日报社全国平媒公益广告制作中心'));
    expect(two.map((slogan) => slogan?.words)).toContain('森林草原防火 人人有责');
  });
});

const START = dayNumber('2026-01-01');
const day = fc.integer({ min: START - 20, max: START + 150 });
const dated: fc.Arbitrary<Dated> = fc.record({
  from: fc.option(day.map(dateOf), { nil: undefined }),
  until: fc.option(day.map(dateOf), { nil: undefined }),
});
const lists = fc.array(dated, { minLength: 1, maxLength: 8 });

function eligible({ from, until }: Dated, date: string): boolean {
  return (from === undefined || from <= date) && (until === undefined || date <= until);
}

describe('whatever the slogans', () => {
  it('shows one whenever one may be shown, and only one that may', () => {
    fc.assert(
      fc.property(lists, day, (slogans, number) => {
        const date = dateOf(number);
        const due = sloganOfDay(slogans, date);
        if (due) expect(eligible(due, date)).toBe(true);
        else expect(slogans.some((slogan) => eligible(slogan, date))).toBe(false);
      }),
    );
  });

  it('repeats none before all that may be shown had their turn since', () => {
    fc.assert(
      fc.property(lists, (slogans) => {
        const shown: Dated[] = [];
        for (let number = START; number < START + 150; number++) {
          const date = dateOf(number);
          const due = sloganOfDay(slogans, date);
          if (!due) continue;
          const before = shown.lastIndexOf(due);
          if (before >= 0) {
            const since = shown.slice(before + 1);
            for (const other of slogans) if (other !== due && eligible(other, date)) expect(since).toContain(other);
          }
          shown.push(due);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps its choices when one is added for later', () => {
    fc.assert(
      fc.property(lists, dated, day, day, (slogans, added, from, number) => {
        fc.pre(number < from);
        const later = [...slogans, { ...added, from: dateOf(from) }];
        expect(sloganOfDay(later, dateOf(number))).toBe(sloganOfDay(slogans, dateOf(number)));
      }),
    );
  });
});
