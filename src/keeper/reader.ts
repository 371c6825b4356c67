import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GivenFile } from '../importing/file.ts';
import type { Imported } from '../importing/imported.ts';
import { ImportError, type Refusal } from '../importing/refusal.ts';

/** Reads files in a process of its own: what a hostile file fills or breaks is that one. */
export interface Reader {
  /** The documents in a file; one file at a time. Throws an ImportError that says why there are none. */
  read(file: GivenFile): Promise<readonly [Imported, ...Imported[]]>;
  close(): Promise<void>;
}

export interface ReaderLimits {
  /** For one file. */
  readonly seconds: number;
  /** Of JavaScript's heap. */
  readonly megabytes: number;
}

/** A thousand paragraphs take half a second and 100 MB. */
const LIMITS: ReaderLimits = { seconds: 60, megabytes: 512 };

/** What the reading process answers. */
export type Reply =
  | { readonly documents: readonly [Imported, ...Imported[]] }
  | { readonly refusal: Refusal }
  | { readonly failure: string };

const CHILD = fileURLToPath(new URL('./reading-process.ts', import.meta.url));

export function createReader(limits: ReaderLimits = LIMITS): Reader {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const end = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };

  const readNow = async ({ name, bytes }: GivenFile) => {
    child ??= fork(CHILD, {
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${limits.megabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // It needs nothing of what the bot knows: no token, no database.
      env: {},
    });
    const running = child;
    const reply = await new Promise<Reply>((resolve) => {
      const settle = (answer: Reply) => {
        clearTimeout(timer);
        running.off('message', settle);
        running.off('exit', gone);
        resolve(answer);
      };
      const gone = () => settle({ refusal: { code: 'too-much-memory' } });
      const timer = setTimeout(() => settle({ refusal: { code: 'too-slow' } }), limits.seconds * 1_000);
      running.on('message', settle);
      running.on('exit', gone);
      running.send({ name, bytes });
    });
    if ('refusal' in reply && (reply.refusal.code === 'too-slow' || reply.refusal.code === 'too-much-memory'))
      await end();
    if ('documents' in reply) return reply.documents;
    if ('refusal' in reply) throw new ImportError(reply.refusal);
    throw new Error(reply.failure);
  };

  return {
    read(file) {
      const mine = last.then(() => readNow(file));
      last = mine.catch(() => {});
      return mine;
    },
    close: end,
  };
}
