import { writeAnswers } from './answers.ts';
import { inBatches } from './batches.ts';
import { chatsOf, type EffectContext } from './chat-effect.ts';
import { applyEffects } from './chat-effects.ts';
import type { DecidedUpdate } from './decided-update.ts';
import { press, type Vote } from './feedback.ts';
import { insertRows } from './outbox-row.ts';
import type { Parts } from './parts.ts';
import { putAside } from './pointings.ts';
import type { SeenChat } from './seen-chats.ts';
import type { Trx } from './tables.ts';
import { noteDisliked, noteUnanswered } from './unanswered.ts';

/** Updates and what was decided about them, in one transaction: neither is lost or done twice without the other. */
export interface Updates {
  /**
   * Writes a list of decided updates. An update that was committed before, or stands earlier in the list, is left
   * out with all that belongs to it. Throws StoreError, and then nothing at all was written.
   */
  commit(decided: readonly DecidedUpdate[]): Promise<readonly UpdateResult[]>;
  /** Which of these were committed already, to spare the work of deciding them. */
  known(updateIds: readonly number[]): Promise<ReadonlySet<number>>;
}

export type UpdateResult =
  /** `vote`: what stands after a press; undefined when there was none or it was taken back. */
  { readonly outcome: 'committed'; readonly vote: Vote | undefined } | { readonly outcome: 'repeated' };

export function createUpdates({ db, transact, now, seen, allowances, turns }: Parts): Updates {
  return {
    async commit(decided) {
      if (decided.length === 0) return [];
      const at = now();
      let undo = () => {};
      try {
        const { results, chats } = await transact(async (trx) => {
          undo();
          undo = () => {};
          const fresh = await insertUpdates(trx, decided, at);
          const written = await putAside(trx, fresh, at, turns);
          const outgoing = written.flatMap(({ updateId, asker, outgoing }) =>
            outgoing.map((row) => ({ row, updateId, asker })),
          );
          await insertRows(trx, outgoing, at, turns);
          await writeAnswers(
            trx,
            written.flatMap(({ answers }) => answers ?? []),
            at,
          );
          await noteUnanswered(
            trx,
            written.flatMap(({ unanswered }) => unanswered ?? []),
            at,
          );
          const votes = await pressAll(trx, fresh, at);
          const chats = await writeChats(trx, fresh, { now: at, seen, allowances, turns });
          undo = await allowances.flush(trx);
          const committed = new Set(fresh);
          const results = decided.map(
            (update): UpdateResult =>
              committed.has(update) ? { outcome: 'committed', vote: votes.get(update) } : { outcome: 'repeated' },
          );
          return { results, chats };
        });
        seen.remember(chats, at);
        return results;
      } catch (cause) {
        undo();
        throw cause;
      }
    },
    async known(updateIds) {
      const found = new Set<number>();
      for (const batch of inBatches(updateIds)) {
        const rows = await db.selectFrom('updates').select('update_id').where('update_id', 'in', batch).execute();
        for (const { update_id } of rows) found.add(update_id);
      }
      return found;
    },
  };
}

/** Returns the updates that are new, in the order given. */
async function insertUpdates(
  trx: Trx,
  decided: readonly DecidedUpdate[],
  now: number,
): Promise<readonly DecidedUpdate[]> {
  const first = new Map<number, DecidedUpdate>();
  for (const update of decided) if (!first.has(update.updateId)) first.set(update.updateId, update);
  const fresh = new Set<number>();
  for (const batch of inBatches([...first.keys()])) {
    const inserted = await trx
      .insertInto('updates')
      .values(batch.map((update_id) => ({ update_id, seen_at: now })))
      .onConflict((conflict) => conflict.column('update_id').doNothing())
      .returning('update_id')
      .execute();
    for (const { update_id } of inserted) fresh.add(update_id);
  }
  return [...first.values()].filter(({ updateId }) => fresh.has(updateId));
}

/** In the order of the updates: a bot that was removed and added again is there in the end. Returns what to remember. */
async function writeChats(
  trx: Trx,
  fresh: readonly DecidedUpdate[],
  context: EffectContext,
): Promise<readonly SeenChat[]> {
  const written = new Map<number, SeenChat>();
  let waiting: SeenChat[] = [];
  const write = async () => {
    for (const chat of await context.seen.write(trx, waiting, context.now)) written.set(chat.id, chat);
    waiting = [];
  };
  for (const { chat, effects = [] } of fresh) {
    if (chat) waiting.push(chat);
    if (effects.length === 0) continue;
    await write();
    await applyEffects(trx, effects, context);
    for (const chatId of effects.flatMap(chatsOf)) written.delete(chatId);
  }
  await write();
  return [...written.values()];
}

async function pressAll(
  trx: Trx,
  fresh: readonly DecidedUpdate[],
  now: number,
): Promise<ReadonlyMap<DecidedUpdate, Vote | undefined>> {
  const votes = new Map<DecidedUpdate, Vote | undefined>();
  for (const update of fresh) if (update.press) votes.set(update, await press(trx, update.press, now));
  const disliked = fresh.flatMap((update) => (votes.get(update) === 'down' ? (update.press?.question ?? []) : []));
  await noteDisliked(trx, disliked, now);
  return votes;
}
