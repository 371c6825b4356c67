import { z } from 'zod';
import { readTimeOfDay } from './text/time-of-day.ts';
import { readTimeZone } from './text/time-zones.ts';

/** What the environment says. */
export interface Config {
  /** Absent: the playground. */
  readonly botToken: string | undefined;
  readonly telegramApiRoot: string;
  readonly databaseUrl: string;
  readonly knowledgeDir: string;
  readonly timeZone: string;
  readonly sloganTime: string;
  readonly ownerIds: readonly number[];
  readonly host: string;
  /** Whether the playground may be reached from other machines. */
  readonly playgroundOpen: boolean;
  readonly port: number;
  readonly logLevel: z.output<typeof level>;
}

/** Keys of the environment that don't hold what they should. */
export class ConfigError extends Error {
  readonly code = 'config';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ key, expected }) => `${key}: ${expected}`).join('\n'));
    this.problems = problems;
  }
}

export interface ConfigProblem {
  readonly key: string;
  readonly expected: string;
}

const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

const EXPECTED = {
  BOT_TOKEN: '应是 @BotFather 给的令牌，形如 123456789:AA…；不填则打开试用页',
  TELEGRAM_API_ROOT: '应是以 http:// 或 https:// 开头的网址',
  DATABASE_URL: '应形如 sqlite:data/wence.db',
  KNOWLEDGE_DIR: '应是文件夹路径',
  TIME_ZONE: '应是时区名，比如 Asia/Shanghai（CST 这样的缩写有歧义，不收）',
  SLOGAN_TIME: '应是时间，比如 08:30',
  OWNER_IDS: '应是以逗号隔开的 Telegram 用户号',
  HOST: '应是要监听的地址，比如 127.0.0.1',
  PLAYGROUND_OPEN: '应是 yes，或不填',
  PORT: '应是 0 到 65535 的整数',
  LOG_LEVEL: '应是 trace、debug、info、warn、error、fatal、silent 之一',
} as const;

const schema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d{1,16}:[\w-]{30,64}$/)
    .optional(),
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  DATABASE_URL: z
    .string()
    .regex(/^sqlite:.+$/)
    .default('sqlite:data/wence.db'),
  KNOWLEDGE_DIR: z.string().default('knowledge'),
  TIME_ZONE: z.string().transform(zoneOrIssue).default('Asia/Shanghai'),
  SLOGAN_TIME: z.string().transform(timeOrIssue).default('08:30'),
  OWNER_IDS: z
    .string()
    .regex(/^\d{1,16}(\s*,\s*\d{1,16})*$/)
    .transform((ids) => ids.split(',').map(Number))
    .default([]),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  PLAYGROUND_OPEN: z.literal('yes').optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  LOG_LEVEL: level.default('info'),
});

/** Reads the environment; throws a ConfigError that names every bad key at once. An empty value counts as none. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value?.trim() || undefined]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const keys = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    throw new ConfigError([...keys].map((key) => ({ key, expected: EXPECTED[key as keyof typeof EXPECTED] })));
  }
  const { data } = parsed;
  return Object.freeze({
    botToken: data.BOT_TOKEN,
    telegramApiRoot: data.TELEGRAM_API_ROOT.replace(/\/+$/, ''),
    databaseUrl: data.DATABASE_URL,
    knowledgeDir: data.KNOWLEDGE_DIR,
    timeZone: data.TIME_ZONE,
    sloganTime: data.SLOGAN_TIME,
    ownerIds: data.OWNER_IDS,
    host: data.HOST,
    playgroundOpen: data.PLAYGROUND_OPEN === 'yes',
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
  });
}

function zoneOrIssue(name: string, context: z.RefinementCtx): string {
  const reading = readTimeZone(name);
  if (reading.kind === 'zone') return reading.zone;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
}

function timeOrIssue(text: string, context: z.RefinementCtx): string {
  const time = readTimeOfDay(text);
  if (time !== undefined) return time;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
}
