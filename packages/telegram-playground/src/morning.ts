/** A minute before the slogan of a chat that never chose its own hour. */
const MORNING_MINUTES = 8 * 60 + 29;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Milliseconds until the next 08:29 in a time zone; a whole day when it is 08:29 sharp. */
export function untilMorning(now: number, timeZone: string): number {
  const inDay = millisecondsOfDay(now, timeZone);
  const wait = MORNING_MINUTES * MINUTE_MS - inDay;
  const target = now + (wait > 0 ? wait : wait + DAY_MS);
  // Where the clocks change in between, the local time then tells by how much.
  const drift = MORNING_MINUTES * MINUTE_MS - millisecondsOfDay(target, timeZone);
  return target + drift - now;
}

function millisecondsOfDay(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const [hours = 0, minutes = 0, seconds = 0] = format.format(at).split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + (at % 1_000);
}
