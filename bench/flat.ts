import { round } from './figures.ts';
import type { Sample } from './long-run.ts';

/** What is counted as grown: more than this share, and this much, above what it was. */
const BOUNDS = {
  memory: { share: 1.15, slack: 20 },
  size: { share: 1.1, slack: 0.5 },
  p99: { share: 1.25, slack: 1 },
} as const;

/** What has grown within a day: memory, in any part after the first fifth. */
export function grownInDay(samples: readonly Sample[]): readonly string[] {
  const first = samples[Math.floor(samples.length / 5) - 1];
  if (!first) return [];
  return samples.flatMap((sample) => grown('memory', `RSS in MB, part ${sample.part}`, first.rssMb, sample.rssMb));
}

/**
 * What has grown within a year, the last month against the third: until then the tables fill up to what is kept for 90
 * days at most.
 */
export function grownInYear(samples: readonly Sample[]): readonly string[] {
  const [third, last] = [samples[2], samples.at(-1)];
  if (!third || !last) return [];
  const size = ({ databaseMb, walMb }: Sample) => round(databaseMb + walMb, 1);
  return [
    ...grown('memory', 'RSS in MB', third.rssMb, last.rssMb),
    ...grown('size', 'the database in MB', size(third), size(last)),
    ...grown('p99', 'p99 of handling in ms of processor time', third.cpuP99Ms, last.cpuP99Ms),
  ];
}

function grown(bound: keyof typeof BOUNDS, what: string, before: number, after: number): readonly string[] {
  const { share, slack } = BOUNDS[bound];
  return after > Math.max(before * share, before + slack) ? [`${what}: ${before} became ${after}`] : [];
}
