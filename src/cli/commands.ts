import type { Commands } from './run.ts';

/** Of the project, by name. */
export const COMMANDS: Commands = {
  ask: async () => (await import('./ask.ts')).ask,
  check: async () => (await import('./check.ts')).check,
  eval: async () => (await import('./eval.ts')).evaluate,
  learn: async () => (await import('./learn.ts')).learn,
  import: async () => (await import('./import.ts')).importCommand,
  'format:knowledge': async () => (await import('./format.ts')).format,
  doctor: async () => (await import('./doctor.ts')).doctor,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./backup.ts')).restore,
  move: async () => (await import('./backup.ts')).move,
  export: async () => (await import('./faq.ts')).exportCommand,
  suggest: async () => (await import('./suggest.ts')).suggest,
  gaps: async () => (await import('./gaps.ts')).gaps,
  broadcast: async () => (await import('./broadcast.ts')).broadcast,
};
