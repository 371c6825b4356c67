import type { System } from './system.ts';

/** Ours first. Libraries are loaded only when their system is measured, each in its own process. */
export const SYSTEMS: Readonly<Record<string, () => Promise<System>>> = {
  wence: async () => (await import('./wence.ts')).createWence(),
  fts5: async () => (await import('./fts5.ts')).createFts5(),
  minisearch: async () => (await import('./minisearch.ts')).createMiniSearch(),
  orama: async () => (await import('./orama.ts')).createOrama(),
  flexsearch: async () => (await import('./flexsearch.ts')).createFlexSearch(),
  'fuse-tokens': async () => (await import('./fuse.ts')).createFuseTokens(),
  fuse: async () => (await import('./fuse.ts')).createFuse(),
};
