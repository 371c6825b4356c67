import { fileURLToPath } from 'node:url';
import { type Engine, openEngine } from '../src/engine.ts';

/** The knowledge folder that comes with the project. */
export const SHIPPED = fileURLToPath(new URL('../knowledge', import.meta.url));

let opened: Promise<Engine> | undefined;

/** The engine over the shipped knowledge, loaded once for each test file. */
export function shippedEngine(): Promise<Engine> {
  opened ??= openEngine(SHIPPED);
  return opened;
}
