import { type DestinationStream, destination, type Logger, pino } from 'pino';

const STANDARD_ERROR = 2;

/**
 * A logger in which no secret appears: whatever a line holds, the secrets given, and anything that looks like the token
 * in a Bot API address, are taken out of the finished line. Standard output is left to results.
 */
export function createLog(
  level: string,
  secrets: readonly string[],
  out: DestinationStream = destination({ dest: STANDARD_ERROR, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      hooks: {
        streamWrite: (line) => redact(line, secrets),
      },
    },
    out,
  );
}

/** The text without these secrets, and without anything that looks like a bot's token. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret !== '');
  return known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text).replace(TOKEN, `$1${REDACTED}`);
}

const REDACTED = '[已隐去]';
const TOKEN = /(?<!\d)(\d{5,16}:)[\w-]{30,64}/g;
