import type { ChatMember, Update } from '@grammyjs/types';
import type { Api } from 'grammy';
import type { Budget } from '../delivery/budget.ts';
import { makeRoom } from '../storage/make-room.ts';

/**
 * What must be asked of Telegram before an update can be decided. Asked ahead for all updates of a batch, so many at
 * once; an update that asks again gets the same answer. What can't be learnt in time is undefined.
 */
export interface LookUps {
  /** Who was found to be an admin is one for a minute; who was not may become one at any moment. */
  isAdmin(update: Update, chatId: number, userId: number): Answer;
  /** Whether we are an admin of a chat, who sees all that is said there. */
  amAdmin(update: Update, chatId: number, me: number): Answer;
  /** Whether the members of a chat may speak. */
  maySpeak(update: Update, chatId: number): Answer;
  /** Whether privacy mode is off: it may have been switched since we started. */
  seesEverything(update: Update): Answer;
}

/** Calls in the air at once. */
const AT_ONCE = 16;
/** In milliseconds, from when it was asked for: others wait for it. */
const LONGEST_MS = 3_000;
const REMEMBERED_MS = 60_000;
/** Admins remembered. */
const REMEMBERED = 5_000;

type Signal = Parameters<Api['getMe']>[0];
type Answer = Promise<boolean | undefined>;

export function createLookUps(api: Api, now: () => number, budget: Budget): LookUps {
  const asked = new WeakMap<Update, Map<string, Answer>>();
  /** Until when, by chat and person. */
  const admins = new Map<string, number>();
  const room = createRoom(AT_ONCE);
  let asksForMe: Answer | undefined;

  function once(update: Update, what: string, ask: () => Answer): Answer {
    const answers = asked.get(update) ?? new Map<string, Answer>();
    asked.set(update, answers);
    const answer = answers.get(what) ?? ask();
    answers.set(what, answer);
    return answer;
  }

  function call(ask: (signal: Signal) => Promise<boolean>): Answer {
    const signal = AbortSignal.timeout(LONGEST_MS);
    return room(async () => {
      if (!(await budget.lookUp())) throw new Error('no room');
      signal.throwIfAborted();
      return await ask(signal as Signal);
    }).catch(() => undefined);
  }

  /** The same for everybody who asks at the same time. */
  async function askForMe(): Answer {
    asksForMe ??= call(async (signal) => (await api.getMe(signal)).can_read_all_group_messages);
    try {
      return await asksForMe;
    } finally {
      asksForMe = undefined;
    }
  }

  function remember(key: string): void {
    admins.delete(key);
    admins.set(key, now() + REMEMBERED_MS);
    makeRoom(admins, REMEMBERED);
  }

  return {
    isAdmin(update, chatId, userId) {
      const key = `${chatId} ${userId}`;
      const left = (admins.get(key) ?? 0) - now();
      // A clock that was put back must not prolong it.
      if (left > 0 && left <= REMEMBERED_MS) return Promise.resolve(true);
      const ask = async (signal: Signal) => {
        const isOne = isOneOf(await api.getChatMember(chatId, userId, signal));
        if (isOne) remember(key);
        return isOne;
      };
      return once(update, 'admin', () => call(ask));
    },
    amAdmin(update, chatId, me) {
      const ask = async (signal: Signal) => isOneOf(await api.getChatMember(chatId, me, signal));
      return once(update, 'us', () => call(ask));
    },
    maySpeak(update, chatId) {
      const ask = async (signal: Signal) =>
        (await api.getChat(chatId, signal)).permissions?.can_send_messages !== false;
      return once(update, 'speak', () => call(ask));
    },
    seesEverything: (update) => once(update, 'me', askForMe),
  };
}

function isOneOf({ status }: ChatMember): boolean {
  return status === 'creator' || status === 'administrator';
}

/** Lets so many in at once; the others wait in order. */
function createRoom(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside--;
    }
  };
}
