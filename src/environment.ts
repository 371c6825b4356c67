import { config } from 'dotenv';
import { STARTUP } from './messages/wording.ts';

/** There is a .env, and it can't be read. */
export class EnvironmentFileError extends Error {
  readonly code = 'environment-file';
}

/** Takes what .env says into the environment, where it is not said already; a folder without one does without. */
export function loadEnvironmentFile(): void {
  const { error } = config({ quiet: true });
  if (!error || error.code === 'ENOENT') return;
  throw new EnvironmentFileError(STARTUP.unreadableEnvironment(error.code), { cause: error });
}
