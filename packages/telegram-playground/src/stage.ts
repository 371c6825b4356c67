import type { Message, Update } from '@grammyjs/types';
import type { Emulator } from 'telegram-emulator';
import type { EmulatorEvent } from 'telegram-emulator/events';
import { type Neighbourhood, settleNeighbourhood } from './neighbourhood.ts';
import type { Advance, Clock, ServerEvent, Snapshot } from './protocol.ts';
import type { Scenario } from './scenario.ts';
import { untilTimeOfDay } from './time-of-day.ts';

export interface StageDeps {
  readonly emulator: Emulator;
  readonly scenario: Scenario;
  /** Milliseconds, the emulator's clock. */
  readonly now: () => number;
  readonly timeZone: string;
  /** Moves that clock forward by milliseconds; absent when it can't be moved. */
  readonly advanceClock: ((ms: number) => void) | undefined;
  readonly publish: (event: ServerEvent) => void;
}

/** The neighbourhood on show, what a visitor sees of it, and the switches beside it. */
export interface Stage {
  neighbourhood(): Neighbourhood;
  snapshot(): Snapshot;
  setPrivacy(on: boolean): void;
  advance(by: Advance): void;
  /** Other people and other chats: for the bot, a new start. */
  reset(): void;
  close(): void;
}

const HOUR_MS = 3_600_000;
const KEPT_CALLS = 400;
const KEPT_MESSAGES = 300;
const KEPT_REACHED = 2_000;

export function createStage({ emulator, scenario, now, timeZone, advanceClock, publish }: StageDeps): Stage {
  let current = settleNeighbourhood(emulator, scenario);
  let callsBefore = 0;
  const reached = new Set<string>();

  function clock(): Clock {
    return { now: now(), timeZone, canAdvance: advanceClock !== undefined, morning: scenario.morning };
  }

  function durationOf(by: Advance): number | undefined {
    if (by === 'hour') return HOUR_MS;
    if (by === 'day') return 24 * HOUR_MS;
    return scenario.morning === undefined ? undefined : untilTimeOfDay(now(), scenario.morning, timeZone);
  }

  function snapshot(): Snapshot {
    const { id, first_name, username, supports_inline_queries: inline } = emulator.bot();
    const messages = [...current.roomIds].map((chatId) => [
      chatId,
      emulator.watch.messages(chatId).slice(-KEPT_MESSAGES),
    ]);
    return {
      bot: { id, first_name, username, inline },
      people: [...current.people.values()],
      rooms: current.rooms(),
      messages: Object.fromEntries(messages),
      reached: [...reached],
      calls: emulator.watch
        .calls()
        .filter(({ number }) => number > callsBefore)
        .slice(-KEPT_CALLS),
      privacy: !emulator.bot().can_read_all_group_messages,
      clock: clock(),
      words: scenario.words,
    };
  }

  function noteReached(update: Update): void {
    const message = update.message ?? update.edited_message;
    if (!message || !current.roomIds.has(message.chat.id)) return;
    const key = keyOf(message);
    if (reached.has(key)) return;
    reached.add(key);
    for (const oldest of reached) {
      if (reached.size <= KEPT_REACHED) break;
      reached.delete(oldest);
    }
    publish({ kind: 'reached', key });
  }

  function pass(event: EmulatorEvent): void {
    switch (event.kind) {
      case 'message':
      case 'edited':
        if (current.roomIds.has(event.message.chat.id)) publish({ kind: event.kind, message: event.message });
        return;
      case 'deleted':
      case 'reaction':
        if (current.roomIds.has(event.chatId)) publish(event);
        return;
      case 'action': {
        const { chatId, threadId, action, until } = event;
        if (current.roomIds.has(chatId)) publish({ kind: 'action', chatId, threadId, action, ms: until - now() });
        return;
      }
      case 'chat':
        if (current.roomIds.has(event.chatId)) publish({ kind: 'room', room: current.room(event.chatId) });
        return;
      case 'call':
      case 'commands':
        publish(event);
        return;
      case 'update':
        noteReached(event.update);
        return;
      case 'callback':
      case 'pinned':
      case 'confirmed':
        return;
    }
  }

  const stop = emulator.watch.subscribe(pass);

  return {
    neighbourhood: () => current,
    snapshot,
    close: stop,
    setPrivacy(on) {
      emulator.setPrivacy(on);
      publish({ kind: 'privacy', on });
    },
    advance(by) {
      const ms = durationOf(by);
      if (!advanceClock || ms === undefined) return;
      advanceClock(ms);
      publish({ kind: 'clock', clock: clock() });
    },
    reset() {
      callsBefore = emulator.watch.calls().at(-1)?.number ?? callsBefore;
      reached.clear();
      emulator.setPrivacy(true);
      // Who has a number of their own comes back under it: what was said with them goes.
      for (const { user } of current.people.values())
        for (const message of emulator.watch.messages(user.id)) emulator.people.remove(message);
      current = settleNeighbourhood(emulator, scenario);
      publish({ kind: 'snapshot', snapshot: snapshot() });
    },
  };
}

function keyOf(message: Message): string {
  return `${message.chat.id}:${message.message_id}`;
}
