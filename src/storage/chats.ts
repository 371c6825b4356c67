import type { Selectable } from 'kysely';
import { readDocumentsOff } from './chat-choices.ts';
import type { ChatEffect } from './chat-effect.ts';
import { applyEffects } from './chat-effects.ts';
import { type ChatSettings, changeSettings } from './chat-settings.ts';
import type { Parts } from './parts.ts';
import type { SeenChat } from './seen-chats.ts';
import type { Tables } from './tables.ts';

/** The chats we know. They come in by `Updates.commit`, which writes the chats that an update shows. */
export interface Chats {
  get(chatId: number): Promise<Chat | undefined>;
  /** Groups that we may write to, where somebody was heard of latest. */
  recentGroups(limit: number): Promise<readonly Pick<Chat, 'id' | 'title'>[]>;
  /** Changes what is given; false when the chat isn't known. A new time or topic also switches the slogan on again. */
  set(chatId: number, settings: Partial<ChatSettings>): Promise<boolean>;
  /** In one transaction and in order: kicked and left, migrated, and whatever a send taught. */
  apply(effects: readonly ChatEffect[]): Promise<void>;
}

export interface Chat extends SeenChat {
  readonly isForum: boolean;
  readonly settings: ChatSettings;
  /** Why and since when we can't write there. */
  readonly inactive?: { readonly reason: string; readonly at: number } | undefined;
  /** Days on which Telegram said that it doesn't know this chat. */
  readonly notFoundDays: number;
  /** Why the slogan was switched off by what Telegram answered. */
  readonly sloganOff?: string | undefined;
}

export function createChats({ db, transact, now, seen, allowances, turns }: Parts): Chats {
  return {
    async get(chatId) {
      const found = await db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirst();
      return found && chatOf(found);
    },
    async recentGroups(limit) {
      const found = await db
        .selectFrom('chats')
        .select(['id', 'title'])
        .where('active', '=', 1)
        .where('id', '<', 0)
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute();
      return found.map(({ id, title }) => ({ id, title: title ?? undefined }));
    },
    set: (chatId, settings) => changeSettings(db, chatId, settings, now()),
    apply: (effects) => transact((trx) => applyEffects(trx, effects, { now: now(), seen, allowances, turns })),
  };
}

function chatOf(found: Selectable<Tables['chats']>): Chat {
  return {
    id: found.id,
    type: found.type as SeenChat['type'],
    title: found.title ?? undefined,
    isForum: found.is_forum === 1,
    languageCode: found.language_code ?? undefined,
    settings: {
      ambient: found.ambient === 1,
      sloganTime: found.slogan_time,
      timeZone: found.time_zone,
      sloganTopic: found.slogan_topic,
      sloganForm: found.slogan_form,
      model: found.model === 1,
      short: found.short === 1,
      documentsOff: readDocumentsOff(found.documents_off),
      silentUntil: found.silent_until,
    },
    inactive: found.active === 1 ? undefined : { reason: found.inactive_reason ?? '', at: found.inactive_at ?? 0 },
    notFoundDays: found.not_found_days,
    sloganOff: found.slogan_off ?? undefined,
  };
}
