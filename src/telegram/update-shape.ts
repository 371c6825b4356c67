import type { Update } from '@grammyjs/types';
import { z } from 'zod';

/** The kinds of update that we ask for; others are not even sent to us. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const satisfies readonly Exclude<keyof Update, 'update_id'>[];

export type UpdateKind = (typeof ALLOWED_UPDATES)[number] | 'other';

/** An update as far as it can be read. */
export interface ReadUpdate {
  /** Without its content where that has not the shape that it should have; undefined when it has no number either. */
  readonly update: Update | undefined;
  readonly kind: UpdateKind;
  readonly isOdd: boolean;
}

/**
 * Reads what should be an update. Only what our handlers look at is checked, for the worst that can come is a number
 * that a database takes and can't give back: Telegram's own have 52 bits at most.
 */
export function readUpdate(value: unknown): ReadUpdate {
  const kind = kindOf(value);
  try {
    if (updateSchema.safeParse(value).success) return { update: value as Update, kind, isOdd: false };
  } catch {
    // A thousand messages within one another.
  }
  const number = numberOf(value);
  return { update: number === undefined ? undefined : { update_id: number }, kind, isOdd: true };
}

export function numberOf(value: unknown): number | undefined {
  return numbered.safeParse(value).data?.update_id;
}

/** The name of an update's content; never what a stranger made up. */
export function kindOf(value: unknown): UpdateKind {
  const has = (kind: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, kind);
  return ALLOWED_UPDATES.find(has) ?? 'other';
}

const LARGEST_ID = 2 ** 52;
const id = z.int().min(-LARGEST_ID).max(LARGEST_ID);
const ordinal = z.int().min(0).max(LARGEST_ID);
/** Telegram's longest text has 4,096 units, its longest title 255; some room is left for what it may allow one day. */
const text = z.string().max(16_384);
const name = z.string().max(1_024);

const user = z.looseObject({
  id,
  is_bot: z.boolean(),
  first_name: name,
  username: name.optional(),
  language_code: name.optional(),
});
const chat = z.looseObject({
  id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: name.optional(),
  is_forum: z.boolean().optional(),
});
const entities = z
  .array(z.looseObject({ type: name, offset: ordinal, length: ordinal, user: user.optional() }))
  .max(1_000);

const message = z.looseObject({
  message_id: ordinal,
  date: ordinal,
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  message_thread_id: ordinal.optional(),
  is_topic_message: z.boolean().optional(),
  text: text.optional(),
  caption: text.optional(),
  entities: entities.optional(),
  caption_entities: entities.optional(),
  left_chat_member: user.optional(),
  migrate_to_chat_id: id.optional(),
  migrate_from_chat_id: id.optional(),
  get reply_to_message() {
    return message.optional();
  },
});
const member = z.looseObject({ status: name, can_send_messages: z.boolean().optional() });

/** Of 31 bits: a larger one, once confirmed, would hide all that come after it. */
const numbered = z.looseObject({
  update_id: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

const updateSchema = numbered.extend({
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .looseObject({
      id: name,
      from: user,
      message: message.optional(),
      inline_message_id: name.optional(),
      data: name.optional(),
    })
    .optional(),
  inline_query: z.looseObject({ id: name, from: user, query: text, chat_type: name.optional() }).optional(),
  my_chat_member: z
    .looseObject({ chat, from: user, date: ordinal, old_chat_member: member, new_chat_member: member })
    .optional(),
});
