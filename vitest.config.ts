import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What needs a PostgreSQL shares one: it is started when one of these is run, and only then. */
const POSTGRES = ['tests/postgres/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for processes and sockets: one worker more for every two cores took 171 instead of 186 s on two.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // No module of ours keeps state of its own: a worker loads each once, not once for every file.
    isolate: false,
    // What Node compiles for one process serves the next: half of what it takes to start one.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)) },
    // They begin in the order of their names: what waits most comes first, and the rest is done beside it.
    projects: [
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts', 'bench/tests/**/*.test.ts'],
          exclude: [...POSTGRES, '**/node_modules/**'],
        },
      },
      { extends: true, test: { name: 'postgres', include: POSTGRES, globalSetup: 'tests/postgres/setup.ts' } },
    ],
  },
});
