import { z } from 'zod';

/** A question and what a right answer's quote contains; null when the sources don't answer it. */
export interface Labelled {
  readonly id: string;
  readonly question: string;
  readonly kind: string;
  readonly gold: readonly string[] | null;
}

const schema = z.strictObject({
  id: z.string().min(1),
  question: z.string(),
  kind: z.string().min(1),
  gold: z.array(z.string().min(1)).min(1).nullable(),
});

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
    return [parsed.data];
  });
}
