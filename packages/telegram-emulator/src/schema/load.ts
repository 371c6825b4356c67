import { readFileSync } from 'node:fs';
import type { Fields, Schema, Type } from './model.ts';

let loaded: Schema | undefined;

/** The generated schema, read on first use. */
export function loadSchema(): Schema {
  loaded ??= parseSchema(readFileSync(new URL('./bot-api.jsonl', import.meta.url), 'utf8'));
  return loaded;
}

/** One line for the version, then one a method and one a type: a new version of the types reads well as a diff. */
export function parseSchema(text: string): Schema {
  let version = '';
  const methods: Record<string, Fields> = {};
  const types: Record<string, Type> = {};
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry: { version?: string; method?: string; type?: string; is?: unknown } = JSON.parse(line);
    if (entry.method !== undefined) methods[entry.method] = entry.is as Fields;
    else if (entry.type !== undefined) types[entry.type] = entry.is as Type;
    else version = entry.version ?? '';
  }
  return { version, methods, types };
}

export function printSchema({ version, methods, types }: Schema): string {
  const lines: unknown[] = [{ version }];
  for (const [method, is] of Object.entries(methods)) lines.push({ method, is });
  for (const [type, is] of Object.entries(types)) lines.push({ type, is });
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
