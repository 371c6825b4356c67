import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The declaration files of the installed `@grammyjs/types`, and its version. */
export function readSources(): { readonly sources: readonly string[]; readonly version: string } {
  const manifest = pathToFileURL(createRequire(import.meta.url).resolve('@grammyjs/types/package.json'));
  const folder = new URL('./', manifest);
  const names = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { sources: names.sort().map((name) => readFileSync(new URL(name, folder), 'utf8')), version };
}
