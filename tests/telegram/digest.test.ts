import { expect, it } from 'vitest';
import { latestMonday } from '../../src/telegram/digest.ts';
import { call } from '../cli/run.ts';
import { inGroup, only, useBot } from './harness.ts';

const OWNER = 4444;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 08:30 in Shanghai. */
const MONDAY = Date.parse('2026-11-23T08:30+08:00');
let clock = MONDAY - 3 * DAY;
const harness = useBot({ environment: { OWNER_IDS: String(OWNER) }, now: () => clock });

it.each([
  ['2026-11-23T08:59+08:00', '2026-11-16'],
  ['2026-11-23T09:00+08:00', '2026-11-23'],
  ['2026-11-29T23:59+08:00', '2026-11-23'],
])('at %s the latest is that of %s', (at, monday) => {
  expect(latestMonday('Asia/Shanghai', Date.parse(at))).toBe(monday);
});

it('comes on Monday at nine, once, with what was asked in vain; the terminal lists the same', async () => {
  const bot = harness();
  const user = bot.emulator.places.user({ id: OWNER, first_name: '管理员' });
  const chat = bot.emulator.places.privateChat(user);
  const group = inGroup(bot);
  const question = '社区工作者能不能带宠物上班';
  only(await bot.replies(group.chat, () => bot.emulator.people.say(group.chat, group.user, `@wence_bot ${question}`)));
  clock = MONDAY;
  expect(await bot.replies(chat, () => bot.app().check())).toEqual([]);
  clock += HOUR;
  const messages = await bot.replies(chat, () => bot.app().check());
  expect(messages.map(({ text }) => text)).toEqual([
    expect.stringContaining('1 类问题'),
    expect.stringContaining(question),
  ]);
  clock += DAY;
  expect(await bot.replies(chat, () => bot.app().check())).toEqual([]);
  expect(await bot.replies(chat, () => bot.restart())).toEqual([]);

  const { stdout } = await call(['gaps', '--days', '100000', '--json', '--database', `sqlite:${bot.database}`]);
  const [gap] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(gap).toMatchObject({ question, count: 1, disliked: 0 });
  expect(gap.nearest.length).toBeGreaterThan(0);
  expect(stdout).not.toContain(String(group.user.id));
});
