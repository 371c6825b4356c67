import type { ParseArgsOptionsConfig } from 'node:util';

export interface Command {
  /** What follows the command's name, for the message when it is called wrongly. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  run(values: Values, positionals: readonly string[]): Promise<number>;
}

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The command was called wrongly; the message says how to call it. */
export class UsageError extends Error {
  readonly code = 'usage';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

export const KNOWLEDGE_OPTION = { knowledge: { type: 'string' } } as const;

export function knowledgeFolder(values: Values): string {
  return typeof values.knowledge === 'string' ? values.knowledge : process.env.KNOWLEDGE_DIR || 'knowledge';
}
