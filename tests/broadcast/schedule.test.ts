import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueBetween, dueOn, localTime, nextDue, ScheduleError } from '../../src/broadcast/schedule.ts';
import { createTimetable } from '../../src/broadcast/timetable.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('when a slot falls due', () => {
  it.each([
    ['an ordinary day', 'Asia/Shanghai', '08:30', '2026-11-22', '2026-11-22T00:30Z'],
    ['the last minute of a day', 'Asia/Shanghai', '23:59', '2026-11-22', '2026-11-22T15:59Z'],
    ['midnight', 'Asia/Shanghai', '00:00', '2026-11-22', '2026-11-21T16:00Z'],
    ['the furthest east', 'Pacific/Kiritimati', '00:00', '2026-11-22', '2026-11-21T10:00Z'],
    ['the furthest west', 'Etc/GMT+12', '23:59', '2026-11-22', '2026-11-23T11:59Z'],
    ['a skipped hour: after the gap', 'Europe/Berlin', '02:30', '2026-03-29', '2026-03-29T01:00Z'],
    ['a skipped hour in America', 'America/New_York', '02:30', '2026-03-08', '2026-03-08T07:00Z'],
    ['a skipped half hour', 'Australia/Lord_Howe', '02:15', '2026-10-04', '2026-10-03T15:30Z'],
    ['two skipped hours', 'Antarctica/Troll', '01:30', '2026-03-29', '2026-03-29T01:00Z'],
    ['a skipped midnight', 'Asia/Beirut', '00:15', '2026-03-29', '2026-03-28T22:00Z'],
    ['an hour skipped with the rest of its day', 'America/Scoresbysund', '23:30', '2026-03-28', '2026-03-29T01:00Z'],
    ['the day after that', 'America/Scoresbysund', '23:30', '2026-03-29', '2026-03-30T00:30Z'],
    ['a doubled hour: the first time', 'Europe/Berlin', '02:30', '2026-10-25', '2026-10-25T00:30Z'],
    ['a doubled hour in America', 'America/New_York', '01:30', '2026-11-01', '2026-11-01T05:30Z'],
    ['a doubled half hour', 'Australia/Lord_Howe', '01:45', '2026-04-05', '2026-04-04T14:45Z'],
    ['a doubled midnight hour', 'America/Havana', '00:30', '2026-11-01', '2026-11-01T04:30Z'],
    ['Ramadan in Morocco', 'Africa/Casablanca', '02:30', '2026-02-15', '2026-02-15T01:30Z'],
  ])('%s', (_, timeZone, time, date, at) => {
    expect(new Date(dueOn({ timeZone, time }, date) ?? 0).toISOString()).toBe(new Date(at).toISOString());
  });

  it('is never on a day that a zone left out', () => {
    expect(dueOn({ timeZone: 'Pacific/Apia', time: '08:30' }, '2011-12-30')).toBeUndefined();
    expect(dueOn({ timeZone: 'Pacific/Apia', time: '08:30' }, '2011-12-31')).toBe(Date.parse('2011-12-30T18:30Z'));
  });

  it('comes once a day while the clocks change', () => {
    for (const time of ['01:30', '02:00', '02:30', '03:00']) {
      const slot = { timeZone: 'Europe/Berlin', time };
      const dates = dueBetween(slot, Date.parse('2026-10-23T12:00Z'), Date.parse('2026-10-27T12:00Z'));
      expect(dates.map(({ localDate }) => localDate)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27']);
    }
  });

  it('is not due again in the second half of a doubled hour', () => {
    const slot = { timeZone: 'Europe/Berlin', time: '02:30' };
    expect(nextDue(slot, Date.parse('2026-10-25T00:45Z')).localDate).toBe('2026-10-26');
  });

  it('counts the instant at the end and not the one at the beginning', () => {
    const slot = { timeZone: 'Asia/Shanghai', time: '08:30' };
    const at = Date.parse('2026-11-22T00:30Z');
    expect(dueBetween(slot, at - 1, at)).toHaveLength(1);
    expect(dueBetween(slot, at, at + 1)).toHaveLength(0);
  });

  it('is none when the clock went back', () => {
    const at = Date.parse('2026-11-22T00:30Z');
    expect(dueBetween({ timeZone: 'Asia/Shanghai', time: '08:30' }, at + DAY, at - DAY)).toEqual([]);
  });

  it.each([
    ['Mars/Olympus', '08:30', 'zone', '没有“Mars/Olympus”这个时区'],
    ['', '08:30', 'zone', '没有“”这个时区'],
    ['Asia/Shanghai', '24:00', 'time', '“24:00”不是时间'],
    ['Asia/Shanghai', '8:30', 'time', '“8:30”不是时间'],
    ['Asia/Shanghai', '', 'time', '“”不是时间'],
  ])('refuses %s %s', (timeZone, time, code, message) => {
    const refusal = (() => {
      try {
        return nextDue({ timeZone, time }, 0);
      } catch (cause) {
        return cause;
      }
    })();
    expect(refusal).toBeInstanceOf(ScheduleError);
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

/** Every zone this machine knows, and instants of a year with all its changes. */
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

/** Slow, and made from nothing but the clock on the wall: the first minute that shows that hour or a later one. */
function oracle(timeZone: string, hour: string, date: string): number {
  const wanted = `${date} ${hour}`;
  const shows = (at: number) => {
    const local = localTime(timeZone, at);
    return `${local.date} ${local.time}`;
  };
  const noon = Date.parse(`${date}T00:00Z`);
  for (let at = noon - 15 * HOUR; ; at += 60_000) if (shows(at) >= wanted) return at;
}

describe('in any zone, at any hour', () => {
  it('is the first minute at which the clock on the wall shows it, or a later one', () => {
    fc.assert(
      fc.property(zone, time, instant, (timeZone, hour, at) => {
        const date = new Date(at).toISOString().slice(0, 10);
        expect(dueOn({ timeZone, time: hour }, date)).toBe(oracle(timeZone, hour, date));
      }),
      { numRuns: 150 },
    );
  });

  it('has one occurrence for each day of a year, in order', () => {
    fc.assert(
      fc.property(zone, time, (timeZone, hour) => {
        const found = dueBetween({ timeZone, time: hour }, Date.UTC(2026, 0, 3), Date.UTC(2026, 11, 28));
        const days = found.map(({ localDate }) => Date.parse(localDate) / DAY);
        for (let i = 1; i < days.length; i++) expect((days[i] ?? 0) - (days[i - 1] ?? 0)).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same however the time is cut into looks', () => {
    fc.assert(
      fc.property(
        zone,
        time,
        instant,
        fc.array(fc.integer({ min: 1, max: 3 * DAY }), { maxLength: 30 }),
        (timeZone, hour, start, steps) => {
          const slot = { timeZone, time: hour };
          const timetable = createTimetable();
          let at = start;
          const seen = steps.flatMap((step) => {
            const due = timetable.due(slot, at, at + step);
            at += step;
            return due;
          });
          expect(seen).toEqual(dueBetween(slot, start, at));
        },
      ),
      { numRuns: 60 },
    );
  });
});
