import { readdirSync, readFileSync } from 'node:fs';

/** The declaration files of the installed `@grammyjs/types`, and its version. */
export function readSources(): { readonly sources: readonly string[]; readonly version: string } {
  const folder = new URL('../../node_modules/@grammyjs/types/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  return { sources: names.sort().map((name) => readFileSync(new URL(name, folder), 'utf8')), version };
}
