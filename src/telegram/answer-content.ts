import { z } from 'zod';

const schema = z.object({
  version: z.literal(1),
  outcome: z.enum(['answered', 'related', 'unanswered']),
  /** Of the point or section that was quoted. */
  key: z.string().nullable(),
  related: z.array(z.string()).readonly(),
  /** How many messages it took. */
  messages: z.int(),
  /** For a question that leans on this one. It is looked at for an hour at most, and then taken out. */
  asked: z
    .object({ question: z.string(), person: z.number().optional(), thread: z.number().optional() })
    .readonly()
    .optional(),
});

/** What is kept of an answer, for edits and buttons. */
export type AnswerContent = Readonly<z.output<typeof schema>>;

/** What was kept; undefined when it was written by a version that is not this one. */
export function readAnswerContent(kept: unknown): AnswerContent | undefined {
  return schema.safeParse(kept).data;
}
