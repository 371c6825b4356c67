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
  /** Where Telegram posts updates; undefined: they are fetched. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** Where health and figures are served; undefined: nowhere. */
  readonly monitor: { readonly host: string; readonly port: number } | undefined;
  readonly logLevel: z.output<typeof level>;
  /** A model that may point at what answers; undefined: none is asked. */
  readonly model: (Endpoint & { readonly dailyCalls: number }) | undefined;
  /** Vectors of passages and questions; undefined: passages are found by their words alone. */
  readonly embeddings: Endpoint | undefined;
}

/** A service of OpenAI's form. */
export interface Endpoint {
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
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
  DATABASE_URL: '应形如 sqlite:data/wence.db 或 postgres://用户:密码@主机/库名',
  KNOWLEDGE_DIR: '应是文件夹路径',
  TIME_ZONE: '应是时区名，比如 Asia/Shanghai（CST 这样的缩写有歧义，不收）',
  SLOGAN_TIME: '应是时间，比如 08:30',
  OWNER_IDS: '应是以逗号隔开的 Telegram 用户号',
  HOST: '应是要监听的地址，比如 127.0.0.1',
  PLAYGROUND_OPEN: '应是 yes，或不填',
  PORT: '应是 0 到 65535 的整数',
  WEBHOOK_URL: '应是 Telegram 能访问的 https:// 网址，比如 https://bot.example.org/telegram；不填则由程序自己取更新',
  WEBHOOK_SECRET: '填了 WEBHOOK_URL，就要填 16 到 256 个字母、数字、_ 或 -，比如 openssl rand -hex 32 的结果',
  METRICS_HOST: '应是要监听的地址，比如 127.0.0.1',
  METRICS_PORT: '应是 1 到 65535 的整数；不填则不开',
  LOG_LEVEL: '应是 trace、debug、info、warn、error、fatal、silent 之一',
  MODEL_API_URL: '应是 OpenAI 格式服务的网址，比如 http://127.0.0.1:11434/v1；不填则不用模型',
  MODEL_NAME: '填了 MODEL_API_URL，就要填模型名，比如 qwen3:8b',
  MODEL_API_KEY: '应是一行没有空格的密钥；本机的服务一般不用填',
  MODEL_DAILY_CALLS: '应是一天最多问模型的次数，0 到 1000000 的整数',
  EMBEDDINGS_URL: '应是 OpenAI 格式服务的网址，比如 http://127.0.0.1:11434/v1；不填则不用向量',
  EMBEDDINGS_MODEL: '填了 EMBEDDINGS_URL，就要填向量模型名，比如 bge-m3',
} as const;

const schema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d{1,16}:[\w-]{30,64}$/)
    .optional(),
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/).+$/)
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
  WEBHOOK_URL: z
    .url({ protocol: /^https?$/ })
    .refine(hasNoQuery)
    .optional(),
  // Telegram accepts shorter ones, which can be guessed.
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/)
    .optional(),
  METRICS_HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: level.default('info'),
  MODEL_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  MODEL_NAME: z.string().optional(),
  MODEL_API_KEY: z.string().regex(/^\S+$/).optional(),
  MODEL_DAILY_CALLS: z.coerce.number().int().min(0).max(1_000_000).default(2_000),
  EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  EMBEDDINGS_MODEL: z.string().optional(),
});

/** What one key needs of another. */
const complete = schema.superRefine((given, context) => {
  const needs = (key: keyof typeof given, other: keyof typeof given) => {
    if (given[key] !== undefined && given[other] === undefined)
      context.addIssue({ code: 'custom', path: [other], message: 'missing' });
  };
  needs('MODEL_API_URL', 'MODEL_NAME');
  needs('EMBEDDINGS_URL', 'EMBEDDINGS_MODEL');
  needs('WEBHOOK_URL', 'WEBHOOK_SECRET');
});

/** Reads the environment; throws a ConfigError that names every bad key at once. An empty value counts as none. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value?.trim() || undefined]));
  const parsed = complete.safeParse(given);
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
    webhook: webhookOf(data),
    monitor: data.METRICS_PORT === undefined ? undefined : { host: data.METRICS_HOST, port: data.METRICS_PORT },
    logLevel: data.LOG_LEVEL,
    model: modelOf(data),
    embeddings: embeddingsOf(data),
  });
}

type Values = z.output<typeof schema>;

function webhookOf({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret }: Values) {
  return url === undefined || secret === undefined ? undefined : { url, secret };
}

/** Requests are told apart by their path. */
function hasNoQuery(url: string): boolean {
  const { search, hash, username } = new URL(url);
  return search === '' && hash === '' && username === '';
}

function modelOf({ MODEL_API_URL: url, MODEL_NAME: model, MODEL_API_KEY: key, MODEL_DAILY_CALLS }: Values) {
  if (url === undefined || model === undefined) return undefined;
  return { url, model, key, dailyCalls: MODEL_DAILY_CALLS };
}

/** The key goes along to the service that it is for, and to no other. */
function embeddingsOf({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, MODEL_API_URL, MODEL_API_KEY }: Values) {
  if (url === undefined || model === undefined) return undefined;
  const isSame = MODEL_API_URL !== undefined && new URL(MODEL_API_URL).origin === new URL(url).origin;
  return { url, model, key: isSame ? MODEL_API_KEY : undefined };
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

/** What no log may show. */
export function secretsOf({ botToken, databaseUrl, model, webhook }: Config): readonly string[] {
  const { password } = URL.canParse(databaseUrl) ? new URL(databaseUrl) : { password: '' };
  // A short one would take the words out of every line.
  const passwords = [password, decodeURIComponent(password)].filter(({ length }) => length >= SHORTEST_SECRET);
  return [botToken ?? '', model?.key ?? '', webhook?.secret ?? '', ...passwords];
}

const SHORTEST_SECRET = 6;
