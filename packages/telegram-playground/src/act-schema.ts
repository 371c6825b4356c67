import { z } from 'zod';
import type { Act } from './protocol.ts';

const person = z.string().min(1).max(64);
const standing = z.enum(['administrator', 'member', 'muted', 'absent']);
const id = z.int();
const topic = z.int().positive().optional();
/** UTF-16 units, as Telegram's apps send in one message. */
const text = z.string().min(1).max(4_096);

/** Everything that POST /act takes. */
export const actSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('say'), person, chat: id, text, topic, replyTo: id.optional() }),
  z.strictObject({ type: z.literal('edit'), person, chat: id, message: id, text }),
  z.strictObject({ type: z.literal('remove'), person, chat: id, message: id }),
  z.strictObject({
    type: z.literal('press'),
    person,
    chat: id,
    message: id,
    row: z.int().min(0).max(99),
    column: z.int().min(0).max(99),
  }),
  z.strictObject({ type: z.literal('start'), person, payload: z.string().max(64).optional() }),
  z.strictObject({ type: z.literal('menu'), person, chat: id }),
  z.strictObject({ type: z.literal('inline'), person, chat: id, query: z.string().max(256) }),
  z.strictObject({ type: z.literal('choose'), person, chat: id, result: z.string().min(1).max(64), topic }),
  z.strictObject({ type: z.literal('bot'), chat: id, standing }),
  z.strictObject({ type: z.literal('role'), chat: id, person, standing }),
  z.strictObject({ type: z.literal('block'), person, on: z.boolean() }),
  z.strictObject({ type: z.literal('privacy'), on: z.boolean() }),
  z.strictObject({ type: z.literal('clock'), advance: z.enum(['hour', 'morning', 'day']) }),
  z.strictObject({ type: z.literal('reset') }),
]) satisfies z.ZodType<Act>;

/** What stands in the address of POST /file. */
export const fileSchema = z.strictObject({
  person,
  chat: z.coerce.number().int(),
  topic: z.coerce.number().int().positive().optional(),
  name: z.string().min(1).max(255),
});
