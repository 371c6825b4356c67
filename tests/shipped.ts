import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadedEngine, openEngine } from '../src/engine.ts';

/** The knowledge folder that comes with the project. */
export const SHIPPED = fileURLToPath(new URL('../knowledge', import.meta.url));

let opened: Promise<LoadedEngine> | undefined;

/** The engine over the shipped knowledge, loaded once for each test worker. */
export function shippedEngine(): Promise<LoadedEngine> {
  opened ??= openEngine(SHIPPED);
  return opened;
}

/** Of any folder; the shipped one is loaded once. */
export function engineOf(folder: string): Promise<LoadedEngine> {
  return resolve(folder) === SHIPPED ? shippedEngine() : openEngine(folder);
}
