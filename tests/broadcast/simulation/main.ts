import { parseArgs } from 'node:util';
import { asksForHelp } from '../../../src/cli/help.ts';
import { loadFolder } from '../../../src/knowledge/folder.ts';
import { settle, ZONES } from './population.ts';
import { simulate } from './simulation.ts';

const USAGE =
  'npm run -s simulate:slogans -- [--chats N] [--days N] [--kills N] [--failing 0..1] [--seed N] [--one-hour]';
if (asksForHelp(process.argv.slice(2))) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '100000' },
    days: { type: 'string', default: '30' },
    kills: { type: 'string', default: '60' },
    failing: { type: 'string', default: '0.05' },
    seed: { type: 'string', default: '1' },
    /** All in one zone at one hour. */
    'one-hour': { type: 'boolean', default: false },
  },
});
const chats = Number(values.chats);
const { library } = await loadFolder('knowledge');
const begun = performance.now();
const figures = await simulate({
  inhabitants: values['one-hour'] ? settle(chats, ['Asia/Shanghai'], ['08:30']) : settle(chats),
  library,
  // Lord Howe and Sydney put their clocks forward on 4 October, Berlin and London back on the 25th, New York on 1 November.
  start: Date.UTC(2026, 9, 3),
  days: Number(values.days),
  kills: Number(values.kills),
  failing: Number(values.failing),
  seed: Number(values.seed),
  onHour(hour, hours, sent) {
    if (!process.stderr.isTTY && hour % 24 !== 0) return;
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    const line = `day ${(hour / 24).toFixed(1)}/${hours / 24}  ${sent} arrived  ${seconds} s`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
  },
});
const { summaries, ...rest } = figures;
process.stdout.write(
  `${JSON.stringify({ zones: values['one-hour'] ? 1 : ZONES.length, chats, ...rest, summaries: summaries.length }, null, 2)}\n`,
);
process.stdout.write(`${summaries.at(1) ?? summaries.at(0) ?? ''}\n`);
