import { COMMANDS } from './commands.ts';
import { runCommand } from './run.ts';

process.exitCode = await runCommand(COMMANDS, process.argv.slice(2));
