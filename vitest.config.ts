import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Many tests wait for processes and sockets: every core is used, though vitest would leave one free.
  test: {
    include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts', 'bench/tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
});
