import { once } from 'node:events';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { DELIVERY_LIMITS } from '../../src/delivery/limits.ts';
import { createLog } from '../../src/log.ts';
import { TOKEN } from '../bot-api.ts';

/** What a replica is told by whoever started it. */
export interface ReplicaTask {
  readonly telegram: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Messages a second, of all replicas together; undefined: as fast as it goes. */
  readonly perSecond: number | undefined;
}

export type ReplicaReply = { readonly kind: 'ready' } | { readonly kind: 'cpu'; readonly seconds: number };

// One process of the cluster: the whole app.

// Whoever started it is gone: so is the cluster.
process.once('disconnect', () => process.exit());

const [task] = (await once(process, 'message')) as [ReplicaTask];
const config = readConfig(task.environment);
const free = { count: Number.POSITIVE_INFINITY, ms: 1_000 };
const all = task.perSecond === undefined ? free : { count: task.perSecond, ms: 1_050 };
const broadcasts = task.perSecond === undefined ? free : { count: Math.ceil(task.perSecond * 0.83), ms: 1_050 };
await startApp({
  config,
  token: TOKEN,
  apiRoot: task.telegram,
  log: createLog(config.logLevel, []),
  limits: { ...DELIVERY_LIMITS, pace: { all, broadcasts, chat: free, group: free } },
});
process.send?.({ kind: 'ready' } satisfies ReplicaReply);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ kind: 'cpu', seconds: (user + system) / 1e6 } satisfies ReplicaReply);
});
