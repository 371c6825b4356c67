import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '@grammyjs/types';
import { type PostgresServer, startPostgres } from 'local-postgres';
import pg from 'pg';
import { HOUR } from '../../src/durations.ts';
import { quantile } from '../figures.ts';
import { auditCrowd, type CrowdFigures, mostWithin } from './audit.ts';
import { type Crew, startCrew } from './crew.ts';
import { startTelegram, type Telegram } from './telegram.ts';

export interface ClusterOptions {
  readonly replicas: number;
  readonly updates: number;
  readonly chats: number;
  /** Messages a second that all replicas together may send; undefined: as many as they can. */
  readonly perSecond: number | undefined;
  /** How long a call to Telegram takes, in milliseconds. */
  readonly latencyMs: number;
  /** How long Telegram waits before it posts an update again; as Telegram does when absent. */
  readonly againMs?: readonly number[] | undefined;
  readonly knowledge: string;
  readonly questions: readonly string[];
  /** What goes wrong; undefined: nothing. */
  readonly trouble: TroubleOptions | undefined;
  /** Chats that get a slogan afterwards, under the same conditions; 0: none. */
  readonly campaign: number;
  readonly random: () => number;
  readonly report: (line: string) => void;
}

export interface TroubleOptions {
  /** Milliseconds between two kills, and between two cut connections to the database, on average. */
  readonly killEveryMs: number;
  readonly cutEveryMs: number;
  /** How long the database is away when it is restarted halfway, in milliseconds. */
  readonly restartMs: number;
  /** Kills at most; without end when absent. */
  readonly kills?: number | undefined;
}

export interface ClusterFigures extends CrowdFigures {
  readonly replicas: number;
  readonly kills: number;
  readonly cuts: number;
  readonly restarts: number;
  readonly repeatedPosts: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** From a question's being asked to its answer's arriving, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The most messages within any second. */
  readonly mostASecond: number;
  /** Processor time a second, of the replicas, of PostgreSQL and of what plays Telegram: a core is 1. */
  readonly replicaCores: number;
  readonly postgresCores: number;
  readonly telegramCores: number;
}

export interface CampaignFigures {
  readonly chats: number;
  readonly states: Readonly<Record<string, number>>;
  /** Chats without exactly one row, rows without a final state, chats that got it twice: none of each. */
  readonly notOnce: number;
  readonly open: number;
  readonly twice: number;
  readonly kills: number;
  readonly seconds: number;
  readonly mostASecond: number;
}

/** Questions of one chat that are asked at once, so that there is an order to keep. */
const AT_ONCE = 4;
/** Questions that wait for an answer, at most. */
const OUTSTANDING = 400;
/** The share of kills that wait for the replica to be at work. */
const AT_WORK = 0.8;
/** Without an answer for so long, in milliseconds, nothing more comes: three times what a lost claim waits. */
const STUCK_MS = 180_000;
const FIRST_CAMPAIGN_CHAT = 50_000_000;

/** Runs a cluster on a PostgreSQL of its own, and counts what became of everything. */
export async function runCluster(
  options: ClusterOptions,
): Promise<{ readonly crowd: ClusterFigures; readonly campaign: CampaignFigures | undefined }> {
  const postgres = await startPostgres();
  const telegram = await startTelegram(options.latencyMs, options.againMs);
  let crew: Crew | undefined;
  try {
    await query(postgres.url, 'create database wence');
    const database = postgres.urlOf('wence');
    const start = async () => {
      crew = await startCrew({ ...options, database, telegram: telegram.url });
      await crew.ready();
      return crew;
    };
    const crowd = await ask(options, postgres, database, telegram, await start());
    if (options.campaign === 0) return { crowd, campaign: undefined };
    await crew?.close();
    await subscribe(database, options.campaign);
    return { crowd, campaign: await broadcast(options, postgres, database, telegram, await start()) };
  } finally {
    await crew?.close();
    await telegram.close();
    await postgres.close();
  }
}

async function ask(
  options: ClusterOptions,
  postgres: PostgresServer,
  database: string,
  telegram: Telegram,
  crew: Crew,
): Promise<ClusterFigures> {
  const { updates, chats, questions, report } = options;
  const asked = new Map<number, number[]>();
  const askedAt = new Map<string, number>();
  const latencies: number[] = [];
  let number = 0;
  let progressAt = performance.now();
  telegram.onMessage((chatId) => {
    const { replyTo, at } = telegram.sentTo(chatId).at(-1) ?? { replyTo: undefined, at: 0 };
    const key = `${chatId} ${replyTo}`;
    const since = askedAt.get(key);
    if (since === undefined) return;
    askedAt.delete(key);
    latencies.push(at - since);
    progressAt = at;
    fill();
  });
  const fill = () => {
    while (number < updates && askedAt.size + AT_ONCE <= OUTSTANDING) {
      const chatId = 1_000_000 + (Math.floor(number / AT_ONCE) % chats);
      for (let i = 0; i < AT_ONCE && number < updates; i++, number++) {
        const messageId = number + 1;
        asked.set(chatId, [...(asked.get(chatId) ?? []), messageId]);
        askedAt.set(`${chatId} ${messageId}`, performance.now());
        telegram.push(chatId, questionAt(number, chatId, questions[(number * 7_919) % questions.length] ?? ''));
      }
    }
  };
  const cpu = { ours: process.cpuUsage(), postgres: await cpuOfPostgres(), replicas: await crew.cpuSeconds() };
  const began = performance.now();
  const arrivedBefore = telegram.arrivals.length;
  const trouble = createTrouble(options, postgres, crew, () => number >= updates / 2);
  fill();
  let reported = began;
  while (number < updates || askedAt.size > 0) {
    await sleep(100);
    const at = performance.now();
    if (at - progressAt > STUCK_MS) break;
    if (at - reported < 5_000) continue;
    reported = at;
    report(`${latencies.length} of ${updates} answered, ${trouble.counts().kills} kills`);
  }
  await trouble.stop();
  const seconds = (performance.now() - began) / 1_000;
  const ours = process.cpuUsage(cpu.ours);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const figures = await auditCrowd(telegram, client, asked);
  await client.end();
  const replicaSeconds = options.trouble ? Number.NaN : (await crew.cpuSeconds()) - cpu.replicas;
  return {
    replicas: options.replicas,
    ...figures,
    ...trouble.counts(),
    repeatedPosts: telegram.repeatedPosts(),
    seconds,
    perSecond: figures.asked / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    mostASecond: mostWithin(telegram.arrivals.slice(arrivedBefore), 1_000),
    replicaCores: replicaSeconds / seconds,
    postgresCores: ((await cpuOfPostgres()) - cpu.postgres) / seconds,
    telegramCores: (ours.user + ours.system) / 1e6 / seconds,
  };
}

/** Everybody wants the slogan at the next minute but one. */
async function subscribe(database: string, chats: number): Promise<void> {
  const due = new Date(Date.now() + 90_000).toISOString().slice(11, 16);
  await query(
    database,
    `insert into chats (id, type, active, slogan_time, created_at, updated_at)
     select ${FIRST_CAMPAIGN_CHAT} + i, 'private', 1, '${due}', 0, (extract(epoch from now()) * 1000)::bigint
     from generate_series(1, ${chats}) i`,
  );
}

async function broadcast(
  options: ClusterOptions,
  postgres: PostgresServer,
  database: string,
  telegram: Telegram,
  crew: Crew,
): Promise<CampaignFigures> {
  const chats = options.campaign;
  const ours = `campaign_id in (select id from campaigns where name = 'slogan')`;
  const counts = async () => {
    const rows = await query(database, `select state, count(*)::int as rows from outbox where ${ours} group by state`);
    return Object.fromEntries(rows.map(({ state, rows }) => [String(state), Number(rows)]));
  };
  telegram.onMessage(() => {});
  const from = telegram.arrivals.length;
  let begun: number | undefined;
  let states: Readonly<Record<string, number>> = {};
  const half = () => (states.sent ?? 0) >= chats / 2;
  const trouble = createTrouble(options, postgres, crew, half);
  const waiting = performance.now();
  for (;;) {
    await sleep(1_000);
    states = await counts().catch(() => states);
    const { pending = 0, sending = 0 } = states;
    const all = Object.values(states).reduce((sum, rows) => sum + rows, 0);
    if (all > 0) begun ??= performance.now();
    options.report(`campaign: ${JSON.stringify(states)}, ${trouble.counts().kills} kills`);
    if (all >= chats && pending + sending === 0) break;
    if (performance.now() - (begun ?? waiting) > HOUR) break;
  }
  await trouble.stop();
  const seconds = (performance.now() - (begun ?? waiting)) / 1_000;
  const [once] = await query(
    database,
    `select count(*)::int as chats from (select chat_id from outbox where ${ours} group by chat_id having count(*) = 1) o`,
  );
  let twice = 0;
  for (let i = 1; i <= chats; i++) if (telegram.sentTo(FIRST_CAMPAIGN_CHAT + i).length > 1) twice++;
  const { pending = 0, sending = 0 } = states;
  return {
    chats,
    states,
    notOnce: chats - Number(once?.chats ?? 0),
    open: pending + sending,
    twice,
    kills: trouble.counts().kills,
    seconds,
    mostASecond: mostWithin(telegram.arrivals.slice(from), 1_000),
  };
}

interface Trouble {
  counts(): { readonly kills: number; readonly cuts: number; readonly restarts: number };
  stop(): Promise<void>;
}

/** Kills, cuts and, once `isHalf` says so, restarts the database. */
function createTrouble(
  { trouble, replicas, random }: ClusterOptions,
  postgres: PostgresServer,
  crew: Crew,
  isHalf: () => boolean,
): Trouble {
  const counted = { kills: 0, cuts: 0, restarts: 0 };
  const stopping = new AbortController();
  const every = async (ms: number, act: () => Promise<void>) => {
    while (!stopping.signal.aborted) {
      await sleep(random() * 2 * ms, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await act();
    }
  };
  const running = trouble && [
    every(trouble.killEveryMs, async () => {
      if (counted.kills >= (trouble.kills ?? Number.POSITIVE_INFINITY)) return;
      // Some are killed while they start; were all of them, nobody would work.
      await crew.kill(Math.floor(random() * replicas), random() < AT_WORK);
      counted.kills++;
    }),
    every(trouble.cutEveryMs, async () => {
      if (random() < 0.3) crew.balancer.cut();
      else await cutOne(postgres);
      counted.cuts++;
    }),
    every(500, async () => {
      if (counted.restarts > 0 || !isHalf()) return;
      counted.restarts++;
      await postgres.stop();
      await sleep(trouble.restartMs);
      await postgres.start();
    }),
  ];
  return {
    counts: () => ({ ...counted }),
    async stop() {
      stopping.abort();
      await Promise.all(running ?? []);
    },
  };
}

/** Ends one connection of the replicas, in the middle of whatever it does. */
async function cutOne({ url }: PostgresServer): Promise<void> {
  await query(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'wence%'
     order by random() limit 1`,
  ).catch(() => {});
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function questionAt(number: number, chatId: number, text: string): Update {
  const from = { id: chatId, is_bot: false, first_name: '居民', language_code: 'zh-hans' };
  return {
    update_id: number + 1,
    message: {
      message_id: number + 1,
      date: 1_767_225_600,
      chat: { id: chatId, type: 'private', first_name: '居民' },
      from,
      text,
    },
  } as Update;
}

/** Seconds that the server's processes have used, those that have ended too; by /proc, so on Linux alone. */
async function cpuOfPostgres(): Promise<number> {
  const TICKS_A_SECOND = 100;
  let ticks = 0;
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (!stat.includes('(postgres)')) continue;
    // After the name: state, ppid, …; utime, stime, cutime and cstime are fields 14 to 17.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isMaster = Number(fields[1]) === process.pid;
    const parent = await readFile(`/proc/${fields[1]}/stat`, 'utf8').catch(() => '');
    const isOurs = isMaster || Number(parent.slice(parent.lastIndexOf(')') + 2).split(' ')[1]) === process.pid;
    if (!isOurs) continue;
    ticks += Number(fields[11]) + Number(fields[12]) + (isMaster ? Number(fields[13]) + Number(fields[14]) : 0);
  }
  return ticks / TICKS_A_SECOND;
}
