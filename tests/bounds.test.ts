import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { localTime, nextDue } from '../src/broadcast/schedule.ts';
import { createTimetable } from '../src/broadcast/timetable.ts';
import { createSlowMode } from '../src/delivery/slow-mode.ts';
import { openStore } from '../src/storage/store.ts';
import { readTimeZone } from '../src/text/time-zones.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Every map and set that outlives a call, and what keeps it from growing with what strangers send. */
const BOUNDS: Readonly<Record<string, string>> = {
  'answering/answerer.ts documentTexts': 'the library',
  'answering/catalogue.ts readingOf': 'the library',
  'answering/examples.ts readingOf': 'the library',
  'answering/offering.ts readingOf': 'the library',
  'answering/outlines.ts byId': 'the library',
  'answering/outlines.ts made': 'the library',
  'answering/remembering.ts kept': 'a number of answers, to questions of 200 units at most',
  'answering/said.ts known': 'the library',
  'answering/targets.ts knownExpressions': 'the terms of the library',
  'answering/targets.ts knownSubjects': 'the library',
  'answering/targets.ts knownTargets': 'the library',
  'asking/vectors.ts known': 'the library',
  'asking/worker.ts running': 'the questions in the air',
  'broadcast/broadcast.ts done': '50,000',
  'broadcast/finishing.ts notBefore': 'the latest six campaigns',
  'broadcast/poster/font.ts faces': 'one poster',
  'broadcast/posters.ts photos': 'four days',
  'broadcast/schedule.ts clocks': '50',
  'broadcast/schedule.ts crons': '500',
  'broadcast/slots.ts complained': '100',
  'broadcast/slots.ts lastDue': 'ten days',
  'broadcast/timetable.ts known': '20,000',
  'delivery/budget.ts courtesies': 'thirty',
  'delivery/halt.ts waiting': 'ten seconds of sending',
  'delivery/outbox.ts inAir': 'the concurrency',
  'delivery/pace.ts chats': 'a minute of sending',
  'delivery/pace.ts closed': 'a minute of sending',
  'delivery/slow-mode.ts delivered': '20,000',
  'gaps/drafts.ts claimed': 'the library, while it is drafted for',
  'gaps/drafts.ts ofClause': 'a document, while it is drafted for',
  'importing/page.ts proses': 'a page, while it is read',
  'importing/region.ts withBlocks': 'a page, while it is read',
  'index/store.ts ranges': 'the library',
  'lexicon/lexicon.ts known': 'the lexicon',
  'live/gate.ts known': 'the labelled questions',
  'messages/locale.ts locales': 'three languages',
  'phrasings/analysis.ts places': 'the library',
  'phrasings/document-phrasings.ts rows': 'a document, while it is read',
  'retrieval/concepts.ts known': 'the lexicon',
  'retrieval/concepts.ts numbers': 'one question',
  'retrieval/concepts.ts terms': 'one question',
  'retrieval/matcher.ts positionsOf': 'one question',
  'retrieval/nearness.ts passages': 'four million units of the library',
  'storage/allowances.ts changed': 'what changed since the last commit, and no more than the counters',
  'storage/allowances.ts counters': '200,000',
  'storage/postgres.ts names': 'fewer than 200 statements',
  'storage/seen-chats.ts remembered': '20,000',
  'storage/sqlite.ts prepared': '256 statements',
  'storage/turns.ts latest': '50,000',
  'telegram/allowance.ts spent': 'updates at hand',
  'telegram/allowance.ts taken': 'updates at hand',
  'telegram/choices.ts ready': 'a number of choices of documents',
  'telegram/gathering.ts busy': 'updates at hand',
  'telegram/intake.ts inAir': 'ten seconds of calls',
  'telegram/look-ups.ts admins': '5,000',
  'telegram/look-ups.ts asked': 'updates at hand',
  'text/fold.ts foldedPoints': '50,000 characters',
  'text/homophones.ts readings': '65,536 characters',
  'text/lexicon.ts beginnings': 'the dictionary',
  'text/lexicon.ts entries': 'the dictionary',
  'text/names.ts kindOf': 'a constant',
};

/** Rooms that no stranger's update reaches. */
const LOCAL: ReadonlySet<string> = new Set(['cli', 'evaluation', 'learning']);

/** A function that makes something which lives on. */
const MAKER = /^(create|open|remembering|shim)/;

describe('what lives on in memory', () => {
  it('has a bound, each map and set of it', async () => {
    const found: string[] = [];
    for (const file of await readdir(SRC, { recursive: true })) {
      if (!file.endsWith('.ts') || LOCAL.has(file.split('/')[0] ?? '')) continue;
      found.push(...longLived(await readFile(join(SRC, file), 'utf8')).map((name) => `${file} ${name}`));
    }
    expect(found.toSorted()).toEqual(Object.keys(BOUNDS).toSorted());
  });

  it('does not grow with the spellings of a time zone, nor with its hours', () => {
    const spell = (name: string, number: number) =>
      Array.from(name, (letter, at) => ((number >> (at % 30)) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join(
        '',
      );
    const spellings = Array.from({ length: 1_000 }, (_, number) => spell('America/Argentina/Buenos_Aires', number));
    const zoneOf = (name: string) => {
      const reading = readTimeZone(name);
      return reading.kind === 'zone' ? reading.zone : reading.kind;
    };
    expect(new Set(spellings.map(zoneOf))).toEqual(new Set(['America/Argentina/Buenos_Aires']));
    expect(['Mars', '-99', ''].map(zoneOf)).toEqual(['unknown', 'unknown', 'unknown']);
    const timetable = createTimetable();
    const ask = (timeZone: string, number: number) => {
      const [hour, minute] = [Math.floor(number / 60) % 24, number % 60].map((part) => String(part).padStart(2, '0'));
      localTime(timeZone, 0);
      nextDue({ timeZone, time: `${hour}:${minute}` }, 0);
      timetable.next({ timeZone, time: `${hour}:00` }, 0);
    };
    for (const [number, timeZone] of spellings.slice(0, 600).entries()) ask(timeZone, number);
    const before = usedBytes();
    for (const [number, timeZone] of spellings.slice(600).entries()) ask(timeZone, number);
    // 1,400 spellings took 240 MB.
    expect(usedBytes() - before).toBeLessThan(30e6);
  });

  it('does not grow with the people who ask, nor with the chats', async () => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const store = await openStore({ url: 'sqlite::memory:', now: () => 0, log });
    const slowMode = createSlowMode();
    for (let i = 0; i < 250_000; i++) {
      store.allowances.take(`person:${i}`, 8, 60_000);
      slowMode.delivered(-i, 0);
    }
    const before = usedBytes();
    for (let i = 250_000; i < 500_000; i++) {
      store.allowances.take(`person:${i}`, 8, 60_000);
      slowMode.delivered(-i, 0);
    }
    expect(usedBytes() - before).toBeLessThan(30e6);
    await store.close();
  });
});

/** Maps and sets at the top of a file, or of a function that makes something. */
function longLived(text: string): readonly string[] {
  const found: string[] = [];
  let maker = true;
  for (const line of text.split('\n')) {
    const started = /^(?:export )?(?:async )?function (\w+)/.exec(line)?.[1];
    if (started !== undefined) maker = MAKER.test(started);
    if (line.startsWith('}')) maker = true;
    const name = /^ {0,2}(?:const|let) (\w+).*new (?:Map|Set|WeakMap|WeakSet)\b/.exec(line)?.[1];
    // Constants are in capitals.
    if (name !== undefined && maker && /[a-z]/.test(name)) found.push(name);
  }
  return found;
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
