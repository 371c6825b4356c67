import type { Slot } from '../../../src/broadcast/schedule.ts';
import type { Store } from '../../../src/storage/store.ts';

/** A subscribed chat; its place in the population stays when its id changes. */
export interface Inhabitant {
  readonly chatId: number;
  readonly slot: Slot;
  readonly form: 'text' | 'poster';
}

/** 24 zones from one edge of the day to the other, half of them with daylight saving, on both hemispheres. */
export const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Asia/Tokyo',
  'Asia/Shanghai',
  'Asia/Bangkok',
  'Asia/Yangon',
  'Asia/Dhaka',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Karachi',
  'Asia/Tehran',
  'Europe/Moscow',
  'Europe/Berlin',
  'Europe/London',
  'Atlantic/Azores',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'Pacific/Pago_Pago',
] as const;

/** 02:10 and 01:20 are skipped or doubled when the clocks change in Lord Howe, Sydney, Berlin, New York and others. */
const TIMES = ['08:30', '08:30', '08:30', '07:00', '12:00', '20:00', '02:10', '01:20'] as const;

/** Chats dealt out over zones and hours: two in three are groups, which can migrate; one in four wants posters. */
export function settle(
  chats: number,
  zones: readonly string[] = ZONES,
  times: readonly string[] = TIMES,
): readonly Inhabitant[] {
  return Array.from({ length: chats }, (_, i) => ({
    chatId: i % 3 === 0 ? 1_000_000 + i : -(1_000_000 + i),
    slot: {
      timeZone: zones[i % zones.length] ?? 'UTC',
      time: times[Math.floor(i / zones.length) % times.length] ?? '08:30',
    },
    form: i % 4 === 0 ? 'poster' : 'text',
  }));
}

/** Has them all subscribe. */
export async function subscribe(store: Store, inhabitants: readonly Inhabitant[]): Promise<void> {
  for (let from = 0; from < inhabitants.length; from += 500) {
    const some = inhabitants.slice(from, from + 500);
    await store.updates.commit(
      some.map(({ chatId }, i) => ({
        updateId: from + i + 1,
        outgoing: [],
        chat: { id: chatId, type: chatId < 0 ? 'group' : 'private' },
      })),
    );
    for (const { chatId, slot, form } of some) {
      await store.chats.set(chatId, { sloganTime: slot.time, timeZone: slot.timeZone, sloganForm: form });
    }
  }
}
