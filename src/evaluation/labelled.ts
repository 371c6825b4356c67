import { z } from 'zod';

/** A question and what a right answer's quote contains; null when the sources don't answer it. */
export interface Labelled {
  readonly id: string;
  readonly question: string;
  readonly kind: string;
  readonly gold: readonly string[] | null;
  /** Every gold is needed, in the quotes together: two questions in one. */
  readonly all?: boolean | undefined;
  /** Not to answer is right as well: the text says it only in part. */
  readonly null_ok?: boolean | undefined;
  /** The question before it, which it may need to be understood. */
  readonly before?: string | undefined;
  /** The answer line must not have any of these without a gold: it would say the opposite. */
  readonly answer_must_not?: readonly string[] | undefined;
}

const golds = z.array(z.string().min(1)).min(1);
/** What every labelled question has, or may have. */
export const labelledFields = {
  question: z.string(),
  gold: golds.nullable(),
  all: z.boolean().optional(),
  null_ok: z.boolean().optional(),
  before: z.string().optional(),
  answer_must_not: golds.optional(),
};

const schema = z
  .strictObject({
    ...labelledFields,
    id: z.string().min(1),
    kind: z.string().min(1).optional(),
    class: z.string().min(1).optional(),
  })
  .refine((row) => (row.kind === undefined) !== (row.class === undefined), { path: ['kind'] });

export class LabelledError extends Error {
  readonly code = 'labelled-questions';
  readonly line: number;
  constructor(line: number, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.line = line;
  }
}

/** Reads JSON Lines of labelled questions; throws a LabelledError that names the line. */
export function parseLabelled(text: string): readonly Labelled[] {
  return text.split('\n').flatMap((row, i): Labelled[] => {
    if (row.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(row);
    } catch (cause) {
      throw new LabelledError(i + 1, 'not JSON', cause);
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new LabelledError(i + 1, `${issue?.path.join('.') || '-'}: ${issue?.message}`);
    }
    const { class: named = '', kind = named, ...rest } = parsed.data;
    return [{ ...rest, kind }];
  });
}
