import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '../src/answering/key.ts';
import { DAY } from '../src/durations.ts';
import { openEngine } from '../src/engine.ts';
import { startPlainBotApi } from './bot-api.ts';
import { type Traffic, trafficAt } from './traffic.ts';

export interface LongRunOptions {
  readonly updates: number;
  /** The bot's clock moves through so many days meanwhile. */
  readonly days: number;
  /** A sample is taken at the end of each of so many parts. */
  readonly parts: number;
  readonly people: number;
  /** The share of the questions that nothing answers, no two of which need be the same. */
  readonly vain: number;
  /** Over HTTP, or answered within the bot's process: that costs a third less, and leaves out grammY's way to the net. */
  readonly sends: 'http' | 'in place';
  /** Whether what is past its time is deleted once an hour, as ever. */
  readonly sweeps: boolean;
  readonly knowledge: string;
  readonly onSample: (sample: Sample) => void;
}

/** What the bot's process is told. */
export interface LongRunTask
  extends Pick<LongRunOptions, 'updates' | 'parts' | 'sends' | 'sweeps' | 'knowledge'>,
    Pick<Traffic, 'lastsMs'> {
  readonly url: string;
  readonly database: string;
}

/** One part of the time. Of a batch of 100 updates each, in milliseconds: what is measured says `poll` in long-run-bot.ts. */
export interface Sample {
  readonly part: number;
  readonly updates: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly databaseMb: number;
  readonly walMb: number;
  /** Of the database: pages that nothing stands on, to be used again. */
  readonly freeMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The same in processor time of the bot's thread: what is left of it when nothing else is on the machine. */
  readonly cpuP50Ms: number;
  readonly cpuP99Ms: number;
  /** Updates a second of processor time, all threads of the process together. */
  readonly perCpuSecond: number;
  readonly seconds: number;
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Mixed traffic for the whole bot in a process of its own, on a SQLite file, for a day or a year of its clock. */
export async function runLong(options: LongRunOptions): Promise<readonly Sample[]> {
  const { updates, days, people, vain, knowledge, onSample } = options;
  const { library } = await openEngine(knowledge);
  const points = library.documents.flatMap((document) =>
    document.sections.flatMap((section) =>
      section.points.map((point) => ({ kind: 'point', document, section, point }) as const),
    ),
  );
  const questions = points.flatMap(({ point }) => point.ask.slice(0, 5));
  const traffic: Traffic = {
    updates,
    lastsMs: days * DAY,
    people,
    question: (random) => (random() < vain ? inVain(random) : pick(questions, random)),
    keys: [...points.slice(0, 4).map(keyOf), 'zzzzzzzzzz'],
  };
  const folder = await mkdtemp(join(tmpdir(), 'wence-long-'));
  const database = join(folder, 'wence.db');
  const child = fork(new URL('./long-run-bot.ts', import.meta.url), [], {
    stdio: 'inherit',
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  const exited = once(child, 'exit');
  const api = await startPlainBotApi(updates, (number) => trafficAt(number, traffic));
  const samples: Sample[] = [];
  try {
    const { parts, sends, sweeps } = options;
    const task: LongRunTask = {
      url: api.url,
      database,
      knowledge,
      updates,
      parts,
      sends,
      sweeps,
      lastsMs: traffic.lastsMs,
    };
    child.send(task);
    while (samples.length < parts) {
      const [sample] = (await Promise.race([once(child, 'message'), exited.then(([code]) => fail(code))])) as [Sample];
      samples.push(sample);
      onSample(sample);
    }
  } finally {
    if (child.connected) child.disconnect();
    await exited;
    await api.close();
    await rm(folder, { recursive: true });
  }
  return samples;
}

function fail(code: unknown): never {
  throw new Error(`the bot's process ended with ${code}`);
}

const PLACES = [
  '东门',
  '西门',
  '地下室',
  '屋顶',
  '儿童乐园',
  '老年食堂',
  '健身房',
  '门卫室',
  '垃圾站',
  '会所',
  '凉亭',
  '水池',
];
const THINGS = [
  '喷泉',
  '路灯',
  '单杠',
  '邮筒',
  '秋千',
  '花坛',
  '广播',
  '棋桌',
  '石凳',
  '旗杆',
  '鱼缸',
  '钢琴',
  '书柜',
  '风扇',
  '水龙头',
];
const MATTERS = [
  '什么颜色',
  '谁捐的',
  '能不能拆',
  '几点关',
  '怎么唱歌',
  '好不好看',
  '有多高',
  '为什么响',
  '重不重',
  '甜不甜',
];

/** One of 72,000 questions that no document of ours answers. */
function inVain(random: () => number): string {
  const house = 1 + Math.floor(random() * 40);
  return `${house}号楼${pick(PLACES, random)}的${pick(THINGS, random)}${pick(MATTERS, random)}`;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}
