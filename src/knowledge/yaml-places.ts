import {
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
} from 'js-yaml';

/** Where a value stands in its text, as a UTF-16 offset. */
export interface Place {
  readonly at: number;
  /** Of a mapping by its keys, of a sequence by its numbers. */
  readonly entries?: ReadonlyMap<string, Entry>;
  /** Of the first alias inside a value that has an anchor itself; only the root tells. */
  readonly nestedAlias?: number | undefined;
}

interface Entry {
  readonly keyAt: number;
  readonly value: Place;
}

/** The places of the first document's values, from what the parser tells of them in turn. */
export function placesOf(events: readonly Event[], text: string): Place {
  let next = 0;
  /** How many of the values that we are in have an anchor. */
  let anchored = 0;
  let nestedAlias: number | undefined;

  /** `after` is where a value stands that is not written. */
  function read(after: number): Place {
    const event = events[next++];
    switch (event?.type) {
      case EVENT_SCALAR:
        return { at: startOf(event, after) };
      case EVENT_ALIAS:
        if (anchored > 0) nestedAlias ??= event.anchorStart - 1;
        return { at: event.anchorStart - 1 };
      case EVENT_SEQUENCE:
      case EVENT_MAPPING: {
        if (event.anchorStart >= 0) anchored++;
        const entries = event.type === EVENT_MAPPING ? readMapping(event.start) : readSequence(event.start);
        if (event.anchorStart >= 0) anchored--;
        next++;
        return { at: event.start, entries };
      }
      default:
        return { at: after };
    }
  }

  function readMapping(start: number): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    while (!isOver()) {
      const key = events[next];
      const { at: keyAt } = read(start);
      if (key?.type !== EVENT_SCALAR) read(keyAt);
      // One space after the colon.
      else entries.set(getScalarValue(text, key), { keyAt, value: read(key.valueEnd + 2) });
    }
    return entries;
  }

  function readSequence(start: number): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    while (!isOver()) {
      const value = read(start);
      entries.set(String(entries.size), { keyAt: value.at, value });
    }
    return entries;
  }

  const isOver = () => next >= events.length || events[next]?.type === EVENT_POP;

  while (events[next]?.type === EVENT_DOCUMENT) next++;
  const root = read(0);
  return { ...root, nestedAlias };
}

const QUOTED: readonly number[] = [SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE.DOUBLE_QUOTED];

function startOf({ valueStart, style }: Extract<Event, { type: typeof EVENT_SCALAR }>, after: number): number {
  if (valueStart < 0) return after;
  return QUOTED.includes(style) ? valueStart - 1 : valueStart;
}
