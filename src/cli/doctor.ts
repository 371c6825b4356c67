import { existsSync } from 'node:fs';
import { Api, GrammyError } from 'grammy';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { openEngine } from '../engine.ts';
import { loadEnvironmentFile } from '../environment.ts';
import { KnowledgeError } from '../knowledge/knowledge-error.ts';
import { describeProblem } from '../messages/problems.ts';
import { type Log, openStore } from '../storage/store.ts';
import { StoreError } from '../storage/store-error.ts';
import { createFetch } from '../telegram/http.ts';
import { ALLOWED_UPDATES } from '../telegram/update-shape.ts';
import { type Command, UsageError } from './command.ts';
import { DOCTOR } from './wording.ts';

/** Looks whether a bot can work, and says what to do where it can't. It changes nothing and sends nothing. */
export const doctor: Command = {
  usage: 'doctor',
  options: {},
  async run(_, positionals) {
    if (positionals.length > 0) throw new UsageError(DOCTOR.usage);
    loadEnvironmentFile();
    let sick = false;
    for await (const { level, text } of examine()) {
      sick ||= level === 'bad';
      process.stdout.write(`${MARKS[level]} ${text}\n`);
    }
    process.stdout.write(`${sick ? DOCTOR.sick : DOCTOR.well}\n`);
    return sick ? 1 : 0;
  },
};

interface Finding {
  /** `note`: nothing is broken, but somebody may want to know. */
  readonly level: 'good' | 'note' | 'bad';
  readonly text: string;
}

const MARKS = { good: '✓', note: '·', bad: '✗' } as const;
const SILENT: Log = { info() {}, warn() {}, error() {} };
const CALL_SECONDS = 10;
/** Groups that are looked at, the latest first: one call each. */
const GROUPS = 20;
/** In milliseconds: beyond this campaigns are late, and answers look old. */
const SKEW_MS = 10_000;

const good = (text: string): Finding => ({ level: 'good', text });
const note = (text: string): Finding => ({ level: 'note', text });
const bad = (text: string): Finding => ({ level: 'bad', text });

async function* examine(): AsyncGenerator<Finding> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    for (const { key, expected } of cause.problems) yield bad(DOCTOR.badKey(key, expected));
    return;
  }
  yield await examineKnowledge(config);
  if (config.botToken === undefined) {
    yield note(DOCTOR.noToken);
    yield* examineDatabase(config, undefined);
    return;
  }
  const api = new Api(config.botToken, {
    apiRoot: config.telegramApiRoot,
    fetch: createFetch(),
    timeoutSeconds: CALL_SECONDS,
  });
  const me = yield* examineToken(api);
  yield await examineClock(config);
  if (me) yield* examineWebhook(api, config);
  yield* examineDatabase(config, me && { api, id: me.id });
}

async function examineKnowledge({ knowledgeDir }: Config): Promise<Finding> {
  try {
    const { library } = await openEngine(knowledgeDir);
    const count = library.documents.length;
    return count > 0 ? good(DOCTOR.knowledge(count)) : bad(DOCTOR.noDocuments(knowledgeDir));
  } catch (cause) {
    if (!(cause instanceof KnowledgeError)) throw cause;
    return bad(cause.problems.map(describeProblem).join('\n  '));
  }
}

async function* examineToken(api: Api): AsyncGenerator<Finding, { id: number } | undefined> {
  try {
    const me = await api.getMe();
    yield good(DOCTOR.token(me.username));
    yield me.can_read_all_group_messages ? good(DOCTOR.seesAll) : note(DOCTOR.privacy(me.username));
    return me;
  } catch (cause) {
    const isRefused = cause instanceof GrammyError && (cause.error_code === 401 || cause.error_code === 404);
    yield bad(isRefused ? DOCTOR.badToken : DOCTOR.unreachable);
    return undefined;
  }
}

async function examineClock({ telegramApiRoot }: Config): Promise<Finding> {
  try {
    const before = Date.now();
    const response = await fetch(telegramApiRoot, { signal: AbortSignal.timeout(CALL_SECONDS * 1_000) });
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return note(DOCTOR.noClock);
    // It counts in whole seconds.
    const skew = Math.round((before + Date.now()) / 2 - theirs);
    return Math.abs(skew) > SKEW_MS ? bad(DOCTOR.skew(Math.round(skew / 1_000))) : good(DOCTOR.clock);
  } catch {
    return note(DOCTOR.noClock);
  }
}

async function* examineWebhook(api: Api, { webhook }: Config): AsyncGenerator<Finding> {
  const info = await api.getWebhookInfo();
  if (!webhook) {
    yield info.url === undefined || info.url === ''
      ? good(DOCTOR.polling)
      : note(DOCTOR.webhookLeft(new URL(info.url).host));
    return;
  }
  if (info.url !== webhook.url) {
    yield note(DOCTOR.webhookUnset);
    return;
  }
  const missing = ALLOWED_UPDATES.filter((kind) => info.allowed_updates && !info.allowed_updates.includes(kind));
  if (missing.length > 0) yield note(DOCTOR.webhookKinds(missing.join(', ')));
  const failed = info.last_error_message;
  if (failed === undefined || (info.pending_update_count ?? 0) === 0) yield good(DOCTOR.webhook);
  else yield bad(DOCTOR.webhookFails(failed, info.pending_update_count ?? 0));
}

async function* examineDatabase(
  { databaseUrl: url }: Config,
  bot: { readonly api: Api; readonly id: number } | undefined,
): AsyncGenerator<Finding> {
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
  // Looking must not make an empty one.
  if (file !== undefined && !existsSync(file)) {
    yield note(DOCTOR.noDatabase(file));
    return;
  }
  let store: Awaited<ReturnType<typeof openStore>>;
  try {
    store = await openStore({ url, now: Date.now, log: SILENT });
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    yield bad(cause.message);
    return;
  }
  try {
    const [depth, groups] = [await store.outbox.depth(), await store.chats.recentGroups(GROUPS)];
    yield good(DOCTOR.database(depth.replies + depth.broadcasts));
    if (!bot) return;
    for (const { id, title = String(id) } of groups) {
      const fault = await rightsFault(bot.api, id, bot.id);
      if (fault !== undefined) yield note(DOCTOR.group(title, fault));
    }
    yield good(DOCTOR.groups(groups.length));
  } finally {
    await store.close();
  }
}

/** What keeps us from writing in a group. */
async function rightsFault(api: Api, chatId: number, me: number): Promise<string | undefined> {
  try {
    const member = await api.getChatMember(chatId, me);
    if (member.status === 'left' || member.status === 'kicked') return DOCTOR.gone;
    if (member.status === 'restricted' && !member.can_send_messages) return DOCTOR.muted;
    const { permissions } = await api.getChat(chatId);
    return member.status === 'member' && permissions?.can_send_messages === false ? DOCTOR.allMuted : undefined;
  } catch (cause) {
    return cause instanceof GrammyError ? cause.description : DOCTOR.unreachable;
  }
}
