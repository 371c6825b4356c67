import { makeRoom } from '../storage/make-room.ts';
import { dueBetween, nextDue, type Occurrence, type Slot } from './schedule.ts';

/** Remembers when each slot is due next, so that asking every half minute for thousands of slots costs nothing. */
export interface Timetable {
  /** As `dueBetween`. */
  due(slot: Slot, after: number, until: number): readonly Occurrence[];
  /** As `nextDue`. */
  next(slot: Slot, after: number): Occurrence;
}

/** Slots remembered: more than there are in use, so that hours nobody wants any more give way. */
const REMEMBERED = 20_000;

export function createTimetable(): Timetable {
  /** What came next after an instant: it holds for every later one up to that occurrence. */
  const known = new Map<string, { readonly after: number; readonly next: Occurrence }>();

  function next(slot: Slot, after: number): Occurrence {
    const key = `${slot.timeZone} ${slot.time}`;
    const remembered = known.get(key);
    if (remembered && remembered.after <= after && after < remembered.next.at) return remembered.next;
    const found = nextDue(slot, after);
    known.delete(key);
    known.set(key, { after, next: found });
    makeRoom(known, REMEMBERED);
    return found;
  }

  return {
    next,
    due: (slot, after, until) => (next(slot, after).at > until ? [] : dueBetween(slot, after, until)),
  };
}
