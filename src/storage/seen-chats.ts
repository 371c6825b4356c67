import { inBatches } from './batches.ts';
import type { Trx } from './tables.ts';

/** A chat as an update shows it. */
export interface SeenChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string | undefined;
  readonly isForum?: boolean | undefined;
  /** Of the person, in a private chat. */
  readonly languageCode?: string | undefined;
}

/** Remembers what was written lately, so that a busy chat isn't written again with each of its messages. */
export interface SeenChats {
  /** Writes those that are new or changed; seeing a chat also makes it active again. Returns what was written. */
  write(trx: Trx, chats: readonly SeenChat[], now: number): Promise<readonly SeenChat[]>;
  /** To be called once the transaction has been committed. */
  remember(written: readonly SeenChat[], now: number): void;
  forget(chatId: number): void;
}

const REMEMBERED = 20_000;
/** Another replica may have changed the row meanwhile. */
const REMEMBERED_MS = 10 * 60_000;

export function createSeenChats(): SeenChats {
  const remembered = new Map<number, { readonly look: string; readonly until: number }>();
  return {
    async write(trx, chats, now) {
      const changed = new Map<number, SeenChat>();
      for (const chat of chats) {
        const known = remembered.get(chat.id);
        if (known && known.look === lookOf(chat) && now < known.until && now >= known.until - REMEMBERED_MS) continue;
        // The same row twice in one upsert is an error in PostgreSQL: the later sight counts.
        changed.set(chat.id, chat);
      }
      // In the same order everywhere, so that no two processes wait for each other.
      const written = [...changed.values()].toSorted((a, b) => a.id - b.id);
      for (const batch of inBatches(written)) await upsert(trx, batch, now);
      return written;
    },
    remember(written, now) {
      for (const chat of written) {
        remembered.delete(chat.id);
        remembered.set(chat.id, { look: lookOf(chat), until: now + REMEMBERED_MS });
      }
      for (const id of remembered.keys()) {
        if (remembered.size <= REMEMBERED) break;
        remembered.delete(id);
      }
    },
    forget: (chatId) => void remembered.delete(chatId),
  };
}

function lookOf(chat: SeenChat): string {
  return JSON.stringify([chat.type, chat.title, chat.isForum, chat.languageCode]);
}

async function upsert(trx: Trx, chats: readonly SeenChat[], now: number): Promise<void> {
  await trx
    .insertInto('chats')
    .values(
      chats.map((chat) => ({
        id: chat.id,
        type: chat.type,
        title: chat.title ?? null,
        is_forum: chat.isForum ? 1 : 0,
        language_code: chat.languageCode ?? null,
        active: 1,
        not_found_days: 0,
        ambient: 0,
        slogan_form: 'text' as const,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        type: eb.ref('excluded.type'),
        title: eb.ref('excluded.title'),
        is_forum: eb.ref('excluded.is_forum'),
        language_code: eb.fn.coalesce('excluded.language_code', 'chats.language_code'),
        active: 1,
        inactive_reason: null,
        inactive_at: null,
        not_found_days: 0,
        not_found_day: null,
        updated_at: now,
      })),
    )
    .execute();
}
