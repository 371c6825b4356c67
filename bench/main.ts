import { runCommand } from '../src/cli/run.ts';

process.exitCode = await runCommand(
  {
    bench: async () => (await import('./commands/bench.ts')).bench,
    simulate: async () => (await import('./commands/simulate.ts')).simulate,
  },
  process.argv.slice(2),
);
