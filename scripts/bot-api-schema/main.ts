// Writes src/emulator/schema/bot-api.jsonl from node_modules/@grammyjs/types:
//   node_modules/.bin/node scripts/bot-api-schema/main.ts
import { writeFileSync } from 'node:fs';
import { printSchema } from '../../src/emulator/schema/load.ts';
import { generateSchema, methodNames } from './generate.ts';
import { readSources } from './sources.ts';

const { sources, version } = readSources();
const schema = generateSchema(sources, version, methodNames(sources));
writeFileSync(new URL('../../src/emulator/schema/bot-api.jsonl', import.meta.url), printSchema(schema));
