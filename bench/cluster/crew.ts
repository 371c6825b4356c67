import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Balancer, startBalancer } from './balancer.ts';
import type { ReplicaReply, ReplicaTask } from './replica.ts';

/** Replicas behind a balancer. */
export interface Crew {
  readonly balancer: Balancer;
  /** Kills one with -9 and starts it again at once; `atWork`: once it has begun to work. */
  kill(number: number, atWork: boolean): Promise<void>;
  /** Resolves when all have begun. */
  ready(): Promise<void>;
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

const SECRET = 'the-secret-of-a-webhook-on-loopback';

export interface CrewOptions {
  readonly replicas: number;
  readonly database: string;
  readonly telegram: string;
  readonly knowledge: string;
  readonly perSecond: number | undefined;
}

export async function startCrew(options: CrewOptions): Promise<Crew> {
  const ports = await Promise.all(Array.from({ length: options.replicas }, freePort));
  const balancer = await startBalancer(ports);
  let closing = false;
  const launch = (port: number) => {
    const child = fork(new URL('./replica.ts', import.meta.url), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('error', () => {});
    const ready = once(child, 'message');
    // One that is killed while it starts is never ready.
    ready.catch(() => {});
    child.once('exit', (code, signal) => {
      if (!closing && signal === null) throw new Error(`a replica ended by itself with ${code}`);
    });
    child.send({
      telegram: options.telegram,
      perSecond: options.perSecond,
      environment: {
        DATABASE_URL: options.database,
        KNOWLEDGE_DIR: options.knowledge,
        WEBHOOK_URL: `http://127.0.0.1:${balancer.port}/`,
        WEBHOOK_SECRET: SECRET,
        PORT: String(port),
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
        TIME_ZONE: 'UTC',
      },
    } satisfies ReplicaTask);
    return { child, ready };
  };
  const crew = ports.map(launch);
  return {
    balancer,
    async kill(number, atWork) {
      const member = crew[number];
      const port = ports[number];
      if (!member || port === undefined) return;
      if (atWork) await member.ready.catch(() => {});
      member.child.kill('SIGKILL');
      if (member.child.exitCode === null && member.child.signalCode === null) await once(member.child, 'exit');
      crew[number] = launch(port);
    },
    async ready() {
      await Promise.all(crew.map(({ ready }) => ready));
    },
    async cpuSeconds() {
      const all = await Promise.all(crew.map(({ child }) => cpuOf(child)));
      return all.reduce((sum, seconds) => sum + seconds, 0);
    },
    async close() {
      closing = true;
      for (const { child } of crew) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const exited = once(child, 'exit');
        child.disconnect();
        await exited;
      }
      await balancer.close();
    },
  };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  const answered = once(child, 'message') as Promise<[ReplicaReply]>;
  child.send({ kind: 'cpu' });
  const [reply] = await answered;
  return reply.kind === 'cpu' ? reply.seconds : 0;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
