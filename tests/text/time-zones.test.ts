import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimeZone, zoneLabel } from '../../src/text/time-zones.ts';

describe('a time zone as people type it', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['asia/shanghai', 'Asia/Shanghai'],
    ['ASIA/HONG_KONG', 'Asia/Hong_Kong'],
    ['asia/hong kong', 'Asia/Hong_Kong'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Chongqing', 'Asia/Shanghai'],
    ['PRC', 'Asia/Shanghai'],
    ['Hongkong', 'Asia/Hong_Kong'],
    ['Japan', 'Asia/Tokyo'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['PST8PDT', 'America/Los_Angeles'],
    ['北京', 'Asia/Shanghai'],
    ['北京时间', 'Asia/Shanghai'],
    ['北京時間', 'Asia/Shanghai'],
    ['北京市', 'Asia/Shanghai'],
    ['时区 北京', 'Asia/Shanghai'],
    ['上海', 'Asia/Shanghai'],
    ['重庆', 'Asia/Shanghai'],
    ['深圳', 'Asia/Shanghai'],
    ['广东省', 'Asia/Shanghai'],
    ['中国', 'Asia/Shanghai'],
    ['中国标准时间', 'Asia/Shanghai'],
    ['Beijing', 'Asia/Shanghai'],
    ['beijing time', 'Asia/Shanghai'],
    ['Shanghai', 'Asia/Shanghai'],
    ['香港', 'Asia/Hong_Kong'],
    ['Hong Kong', 'Asia/Hong_Kong'],
    ['澳門', 'Asia/Macau'],
    ['台北', 'Asia/Taipei'],
    ['臺北', 'Asia/Taipei'],
    ['台湾', 'Asia/Taipei'],
    ['高雄', 'Asia/Taipei'],
    ['东京', 'Asia/Tokyo'],
    ['新加坡', 'Asia/Singapore'],
    ['singapore', 'Asia/Singapore'],
    ['纽约', 'America/New_York'],
    ['new york', 'America/New_York'],
    ['伦敦', 'Europe/London'],
    ['UTC+8', 'Asia/Shanghai'],
    ['utc+08:00', 'Asia/Shanghai'],
    ['UTC +8', 'Asia/Shanghai'],
    ['GMT+8', 'Asia/Shanghai'],
    ['UTC＋8', 'Asia/Shanghai'],
    ['UTC8', 'Asia/Shanghai'],
    ['+8', 'Asia/Shanghai'],
    ['+0800', 'Asia/Shanghai'],
    ['东八区', 'Asia/Shanghai'],
    ['东8区', 'Asia/Shanghai'],
    ['UTC+9', 'Etc/GMT-9'],
    ['UTC-5', 'Etc/GMT+5'],
    ['UTC−5', 'Etc/GMT+5'],
    ['西五区', 'Etc/GMT+5'],
    ['东十一区', 'Etc/GMT-11'],
    ['UTC+0', 'UTC'],
    ['UTC+5:30', 'Asia/Kolkata'],
    ['UTC+14', 'Etc/GMT-14'],
  ])('%s is %s', (text, zone) => {
    expect(readTimeZone(text)).toEqual({ kind: 'zone', zone });
    // What is stored must be something that a calendar takes.
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });

  it.each([
    ['CST', ['Asia/Shanghai', 'America/Chicago']],
    ['cst', ['Asia/Shanghai', 'America/Chicago']],
    ['EST', ['America/New_York', 'America/Panama']],
    ['PST', ['America/Los_Angeles', 'Asia/Manila']],
    ['IST', ['Asia/Kolkata', 'Europe/Dublin']],
    ['BST', ['Europe/London', 'Asia/Dhaka']],
    ['CET', ['Europe/Berlin', 'Europe/Paris']],
    ['JST', ['Asia/Tokyo']],
    ['美国', ['America/New_York', 'America/Los_Angeles']],
    ['澳洲', ['Australia/Sydney', 'Australia/Perth']],
    ['乌鲁木齐', ['Asia/Shanghai', 'Asia/Urumqi']],
  ])('%s may mean several', (text, some) => {
    const reading = readTimeZone(text);
    expect(reading).toMatchObject({ kind: 'ambiguous', meant: expect.arrayContaining(some) });
  });

  it.each([
    ['Etc/GMT+8', 'UTC-8', 'UTC+8'],
    ['etc/gmt-8', 'UTC+8', 'UTC-8'],
    ['Etc/GMT+12', 'UTC-12', 'UTC+12'],
  ])('%s is %s, not %s', (text, offset, other) => {
    expect(readTimeZone(text)).toMatchObject({ kind: 'reversed', offset, other });
  });

  it.each([
    '',
    '08:30',
    '8',
    'Mars/Olympus',
    '火星',
    'UTC+15',
    'UTC-13',
    'UTC+8:07',
    'Etc/GMT+20',
    'SystemV/PST8',
    'ACT5',
    'constructor',
    '__proto__',
    'PLT',
    'Asia/',
    '/',
    'a'.repeat(10_000),
  ])('%s is none', (text) => {
    expect(readTimeZone(text)).toEqual({ kind: 'unknown' });
  });

  it('knows every zone that Node knows, by its own name and by that of its city', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const reading = readTimeZone(name);
      expect(reading).toMatchObject({ kind: 'zone' });
      if (reading.kind !== 'zone') continue;
      expect(readTimeZone(reading.zone)).toEqual(reading);
    }
  });

  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const reading = readTimeZone(text);
        if (reading.kind === 'zone') new Intl.DateTimeFormat('en', { timeZone: reading.zone });
      }),
    );
  });
});

it('a fixed offset is shown as people write it', () => {
  expect(['Etc/GMT-9', 'Etc/GMT+5', 'UTC', 'Asia/Shanghai'].map(zoneLabel)).toEqual([
    'UTC+9',
    'UTC-5',
    'UTC',
    'Asia/Shanghai',
  ]);
});
