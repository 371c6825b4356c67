import { describe, expect, it } from 'vitest';
import { grownInDay, grownInYear } from '../../bench/flat.ts';
import { runLong, type Sample } from '../../bench/long-run.ts';
import { goodFiles, temporaryFolder } from '../knowledge/folders.ts';

// The full runs: npm run -s simulate -- day, npm run -s simulate -- year
async function live(sweeps: boolean): Promise<readonly Sample[]> {
  return await runLong({
    updates: 3_600,
    days: 365,
    parts: 12,
    people: 100,
    vain: 0.1,
    sends: 'in place',
    sweeps,
    knowledge: await temporaryFolder(goodFiles()),
    onSample: () => {},
  });
}

const size = (faults: readonly string[]) => faults.filter((fault) => fault.startsWith('the database'));

describe('a year of a busy bot, in small', () => {
  it('is answered, and leaves no more than its last months', async () => {
    const samples = await live(true);
    expect(samples.map(({ updates }) => updates)).toEqual(Array.from({ length: 12 }, (_, at) => 300 * (at + 1)));
    expect(size(grownInYear(samples))).toEqual([]);
    const { rows } = samples.at(-1) as Sample;
    // Of 3,600 updates: a day's, three days' sends, a month's answers, votes and what was asked in vain of ninety days.
    for (const table of ['updates', 'outbox', 'answers', 'feedback', 'unanswered', 'chats']) {
      expect(rows[table], table).toBeGreaterThan(0);
      expect(rows[table], table).toBeLessThan(300);
    }
  }, 120_000);

  it('is more than that where nothing is deleted, and the check says so', async () => {
    expect(size(grownInYear(await live(false)))).toHaveLength(1);
  }, 120_000);
});

describe('what has grown', () => {
  const sample = { rssMb: 400, databaseMb: 200, walMb: 4, cpuP99Ms: 40 } as Sample;
  const year = (last: Partial<Sample>) => [...Array.from({ length: 11 }, () => sample), { ...sample, ...last }];

  it.each([
    ['nothing', {}, []],
    ['within what is tolerated', { rssMb: 450, databaseMb: 215, cpuP99Ms: 48 }, []],
    ['the store', { databaseMb: 230 }, ['the database in MB: 204 became 234']],
    ['its journal', { walMb: 40 }, ['the database in MB: 204 became 240']],
    ['p99', { cpuP99Ms: 55 }, ['p99 of handling in ms of processor time: 40 became 55']],
    ['memory', { rssMb: 480 }, ['RSS in MB: 400 became 480']],
  ])('in a year: %s', (_, last, faults) => {
    expect(grownInYear(year(last))).toEqual(faults);
  });

  it('in a day: memory, in any part', () => {
    const parts = Array.from({ length: 20 }, (_, at) => ({ ...sample, part: at + 1, rssMb: at === 10 ? 480 : 400 }));
    expect(grownInDay(parts)).toEqual(['RSS in MB, part 11: 400 became 480']);
  });
});
