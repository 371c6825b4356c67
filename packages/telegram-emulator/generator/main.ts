// Writes src/schema/bot-api.jsonl from node_modules/@grammyjs/types:
//   npm run schema
import { writeFileSync } from 'node:fs';
import { printSchema } from '../src/schema/load.ts';
import { generateSchema, methodNames } from './generate.ts';
import { readSources } from './sources.ts';

if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
  process.stdout.write('npm run schema\nWrites src/schema/bot-api.jsonl from the installed @grammyjs/types.\n');
  process.exit(0);
}
const { sources, version } = readSources();
const schema = generateSchema(sources, version, methodNames(sources));
writeFileSync(new URL('../src/schema/bot-api.jsonl', import.meta.url), printSchema(schema));
