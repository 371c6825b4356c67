import { table } from '../../src/cli/table.ts';
import { type HandledFigures, measureUpdates } from '../updates.ts';

/** Questions a second of processor time that must be reached, and how much faster an echo may be. */
const GOAL = { perCpuSecond: 2_000, echo: 2 };
const UPDATES = 20_000;

/** `bench updates`: how fast questions are handled into the outbox, beside a bare grammY bot that only echoes. */
export async function benchUpdates({
  updates = UPDATES,
  knowledge,
  json,
}: {
  readonly updates?: number;
  readonly knowledge: string;
  readonly json: boolean;
}): Promise<number> {
  const measured: HandledFigures[] = [];
  for await (const figures of measureUpdates({ updates, knowledge })) {
    measured.push(figures);
    if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else process.stderr.write(`${figures.bot}\n`);
  }
  const [echo, wence] = measured;
  const times = (echo?.perCpuSecond ?? 0) / (wence?.perCpuSecond ?? 1);
  if (!json) {
    const rows = measured.map(({ bot, seconds, cpuSeconds, perSecond, perCpuSecond }) => [
      bot,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      perSecond,
      perCpuSecond,
    ]);
    process.stdout.write(`${table(['bot', 'seconds', 'CPU seconds', 'a second', 'a CPU second'], rows)}\n`);
    process.stdout.write(`echo / wence: ${times.toFixed(2)}\n`);
  }
  return (wence?.perCpuSecond ?? 0) >= GOAL.perCpuSecond && times <= GOAL.echo ? 0 : 1;
}
