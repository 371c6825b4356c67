import { CLI } from '../messages/wording.ts';
import type { Command } from './command.ts';

/** Whether the arguments ask for help, wherever they say so before a lone `--`. */
export function asksForHelp(args: readonly string[]): boolean {
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined);
  return options.some((argument) => argument === '--help' || argument === '-h');
}

/** As wide as CLI.calls at a terminal. */
const BELOW = ' '.repeat(6);

/** What a command is for, how it is called, and what each of its options does. */
export function helpOf({ usage, options }: Command): string {
  const usages = usage.split(' | ');
  const name = usages[0]?.split(' ')[0] ?? '';
  const calls = usages.map((one) => `npm run -s ${name} -- ${one.slice(name.length).trim()}`);
  const names = [...Object.keys(options).toSorted(), 'help'];
  const lines = names.map((option) => [`--${option}`, CLI.option[option] ?? ''] as const);
  return [
    CLI.about[name] ?? '',
    ...calls.map((call, i) => `${i === 0 ? CLI.calls : BELOW}${call}`),
    CLI.options,
    ...aligned(lines),
  ].join('\n');
}

/** The commands with what each is for. */
export function helpOfAll(names: readonly string[]): string {
  const lines = names.map((name) => [`npm run -s ${name} -- …`, CLI.about[name] ?? ''] as const);
  return [...aligned(lines), CLI.more].join('\n');
}

function aligned(lines: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...lines.map(([head]) => head.length)) + 2;
  return lines.map(([head, text]) => `  ${head.padEnd(width)}${text}`);
}
