import type { Update } from '@grammyjs/types';
import { UNBOUNDED } from '../delivery/budget.ts';
import type { DecidedUpdate } from '../storage/decided-update.ts';
import { StoreError, type StoreErrorCode } from '../storage/store-error.ts';
import type { WenceBot } from './bot.ts';
import type { Decision } from './context.ts';
import type { BotDeps } from './deps.ts';
import { kindOf, readUpdate } from './update-shape.ts';

/** Takes updates in: decides each, commits many in one transaction, then makes the calls that are cheap to lose. */
export interface Intake {
  /**
   * Takes what should be updates, as it came. Resolves once they are safe, with how many were new; rejects when the
   * database refuses: then some may be safe, none half written.
   */
  take(updates: readonly unknown[]): Promise<number>;
  /** Waits for the calls that were made after commits. */
  settle(): Promise<void>;
}

/** Milliseconds after which what was decided is committed: the first of many need not wait for the last. */
const LONGEST_MS = 50;

interface Decided {
  readonly update: DecidedUpdate;
  readonly chatId?: number | undefined;
  readonly decision: Decision | undefined;
}

export function createIntake(
  { decide, prepare }: Pick<WenceBot, 'decide' | 'prepare'>,
  deps: Pick<BotDeps, 'store' | 'now' | 'log' | 'budget'>,
  onCommitted: () => void,
): Intake {
  const { store, now, log, budget = UNBOUNDED } = deps;
  const inAir = new Set<Promise<unknown>>();

  /** A fault of ours in one update must not hold up the others, nor come back with every restart. */
  async function decideSafely(update: Update): Promise<Decision | undefined> {
    try {
      return await decide(update);
    } catch (err) {
      if (isOfDatabase(err)) throw err;
      log.error({ err, update: update.update_id, kind: kindOf(update) }, '处理一条更新时出错，已跳过');
      return undefined;
    }
  }

  /** What is amiss with an update shows when it is decided. */
  function prepareSafely(update: Update): Promise<unknown> | undefined {
    try {
      return prepare(update);
    } catch {
      return undefined;
    }
  }

  /** What the database takes for wrong (not what it can't do just now) is ours too, and left out the same way. */
  async function commit(decided: readonly Decided[]): Promise<void> {
    try {
      await commitAll(decided);
    } catch (err) {
      if (!(err instanceof StoreError) || isOfDatabase(err)) throw err;
      if (decided.length > 1) {
        for (const one of decided) await commit([one]);
        return;
      }
      const updateId = decided[0]?.update.updateId ?? 0;
      log.error({ err, update: updateId }, '一条更新写不进数据库，已跳过');
      await commitAll([{ update: { updateId, outgoing: [] }, decision: undefined }]);
    }
  }

  async function commitAll(decided: readonly Decided[]): Promise<void> {
    if (decided.length === 0) return;
    const results = await store.updates.commit(decided.map(({ update }) => update));
    onCommitted();
    for (const [i, { decision }] of decided.entries()) {
      const result = results[i];
      if (result?.outcome !== 'committed') continue;
      for (const act of decision?.onCommit ?? []) act();
      for (const call of decision?.after ?? []) {
        const made = makeCall(() => call(result), decision?.asker ?? 0);
        inAir.add(made);
        void made.finally(() => inAir.delete(made));
      }
    }
  }

  async function makeCall(call: () => Promise<unknown>, asker: number): Promise<void> {
    try {
      if (await budget.courtesy(asker)) await call();
    } catch (err) {
      log.warn({ err }, '一个不要紧的调用没有成功');
    }
  }

  async function decideAll(updates: readonly Update[]): Promise<void> {
    let decided: Decided[] = [];
    let since = now();
    for (const update of updates) {
      if (readsWhatWasDecided(update, decided) || now() - since > LONGEST_MS) {
        await commit(decided);
        decided = [];
        since = now();
      }
      const decision = await decideSafely(update);
      decided.push({
        update: { outgoing: [], ...decision, updateId: update.update_id },
        chatId: chatOf(update),
        decision,
      });
    }
    await commit(decided);
  }

  /** What Telegram must be asked about waits for its answer, with all that follows in its chat; the rest goes ahead. */
  function sort(updates: readonly Update[]) {
    const [ready, held]: [Update[], Update[]] = [[], []];
    const holding = new Set<number>();
    const asked: Promise<unknown>[] = [];
    for (const update of updates) {
      const chatId = chatOf(update);
      const lookUp = prepareSafely(update);
      if (lookUp) asked.push(lookUp);
      if (lookUp && chatId !== undefined) holding.add(chatId);
      (lookUp || (chatId !== undefined && holding.has(chatId)) ? held : ready).push(update);
    }
    return { ready, held, lookedUp: Promise.all(asked) };
  }

  return {
    async take(given) {
      const read = given.map(readUpdate);
      const updates = read.flatMap(({ update }) => update ?? []);
      const known = await store.updates.known(updates.map(({ update_id }) => update_id));
      for (const { update, kind, isOdd } of read) {
        if (!isOdd || (update && known.has(update.update_id))) continue;
        log.warn({ update: update?.update_id, kind }, '一条更新不合格式，已跳过');
      }
      const fresh = updates.filter(({ update_id }) => !known.has(update_id));
      const { ready, held, lookedUp } = sort(fresh);
      await decideAll(ready);
      await lookedUp;
      await decideAll(held);
      return fresh.length;
    },
    async settle() {
      await Promise.all(inAir);
    },
  };
}

/** What a database says that was asked or told something wrong: the same would go wrong again. */
const FAULTS_OF_OURS: ReadonlySet<StoreErrorCode> = new Set(['failed', 'too-large']);

/** Whether the database can't do it just now: the update is to come again, not to be left out. */
function isOfDatabase(err: unknown): boolean {
  return err instanceof StoreError && !FAULTS_OF_OURS.has(err.code);
}

export function chatOf({ message, edited_message, callback_query, my_chat_member }: Update): number | undefined {
  return (message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat.id;
}

/**
 * A message looks for the settings that were just changed, an edit or a button also for the answer to what was just asked
 * in its chat.
 */
function readsWhatWasDecided(update: Update, decided: readonly Decided[]): boolean {
  if (update.inline_query) return false;
  if (decided.some(({ decision }) => (decision?.effects.length ?? 0) > 0)) return true;
  if (update.message) return false;
  const chatId = chatOf(update);
  return chatId === undefined || decided.some((one) => one.chatId === chatId);
}
