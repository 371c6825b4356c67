const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Milliseconds until the next "HH:MM" in a time zone; a whole day when it is that very minute's beginning. */
export function untilTimeOfDay(now: number, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = (hours * 60 + minutes) * MINUTE_MS;
  const wait = wanted - millisecondsOfDay(now, timeZone);
  const target = now + (wait > 0 ? wait : wait + DAY_MS);
  // Where the clocks change in between, the local time then tells by how much.
  const drift = wanted - millisecondsOfDay(target, timeZone);
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
