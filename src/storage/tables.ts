import type { Generated, Kysely, Transaction } from 'kysely';

/**
 * The tables as both databases hold them: ids and times are 64-bit integers, times in milliseconds since 1970,
 * booleans 0 or 1, structured values JSON text.
 */
export interface Tables {
  readonly meta: MetaTable;
  readonly updates: UpdatesTable;
  readonly outbox: OutboxTable;
  readonly chats: ChatsTable;
  readonly answers: AnswersTable;
  readonly feedback: FeedbackTable;
  readonly unanswered: UnansweredTable;
  readonly allowances: AllowancesTable;
  readonly campaigns: CampaignsTable;
  readonly pauses: PausesTable;
  readonly pointings: PointingsTable;
  readonly remembered: RememberedTable;
  readonly replicas: ReplicasTable;
  readonly tries: TriesTable;
  readonly leases: LeasesTable;
  readonly documents: DocumentsTable;
  readonly originals: OriginalsTable;
  readonly drafts: DraftsTable;
  readonly trials: TrialsTable;
  readonly inbox: InboxTable;
}

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

export type OutboxKind = 'reply' | 'broadcast' | 'notice';
export type OutboxState = 'pending' | 'sending' | 'sent' | 'unknown' | 'failed' | 'expired';

interface MetaTable {
  key: string;
  value: string;
}

interface UpdatesTable {
  update_id: number;
  seen_at: number;
}

interface OutboxTable {
  id: Generated<number>;
  chat_id: number;
  thread_id: number | null;
  kind: OutboxKind;
  /** 0: replies and notices; 2: those that have waited for long; 1: broadcasts, which go behind. See `LANES`. */
  lane: number;
  method: string;
  /** JSON parameters, without the chat and the topic. Emptied once sent. */
  payload: string;
  update_id: number | null;
  question_id: number | null;
  campaign_id: number | null;
  state: OutboxState;
  /** Why it failed, as a word to count by. */
  reason: string | null;
  /** What the other side said of the last try. */
  error: string | null;
  attempts: number;
  /** Tries of which nobody knows whether they arrived. */
  ambiguities: number;
  created_at: number;
  not_before: number;
  /** Whose turn it is, see turns.ts; null while it waits for its time. */
  turn: number | null;
  expires_at: number | null;
  /** When its latest try began. */
  claimed_at: number | null;
  /** The process that makes it; null where there is one only. */
  claimed_by: string | null;
  finished_at: number | null;
  message_id: number | null;
}

interface ChatsTable {
  id: number;
  type: string;
  title: string | null;
  is_forum: number;
  language_code: string | null;
  active: number;
  inactive_reason: string | null;
  inactive_at: number | null;
  not_found_days: number;
  /** The day (days since 1970, UTC) that was counted last. */
  not_found_day: number | null;
  ambient: number;
  /** Whether a model may be asked for it. */
  model: Generated<number>;
  short: Generated<number>;
  /** JSON: ids of documents that do not answer there; null: all do. */
  documents_off: string | null;
  /** Nobody is answered there until then, in milliseconds since 1970. */
  silent_until: number | null;
  slogan_time: string | null;
  time_zone: string | null;
  slogan_topic: number | null;
  slogan_form: 'text' | 'poster';
  /** Why the slogan was switched off by what Telegram answered; null while it goes out. */
  slogan_off: string | null;
  /** Days on which it was refused, and the last of them (days since 1970, UTC). */
  slogan_refusals: Generated<number>;
  slogan_refused_day: number | null;
  created_at: number;
  updated_at: number;
}

interface AnswersTable {
  chat_id: number;
  question_id: number;
  message_id: number | null;
  /** JSON, opaque here. */
  content: string;
  created_at: number;
}

interface FeedbackTable {
  chat_id: number;
  message: string;
  person: string;
  point: string;
  vote: 'up' | 'down';
  voted_at: number;
}

interface UnansweredTable {
  question: string;
  count: number;
  /** How often its answer got a 👎. */
  disliked: Generated<number>;
  first_at: number;
  last_at: number;
}

interface AllowancesTable {
  key: string;
  used: number;
  refused: number;
  started_at: number;
  ends_at: number;
}

interface PausesTable {
  chat_id: number;
  /** Milliseconds since 1970. */
  until: number;
}

interface ReplicasTable {
  id: string;
  seen_at: number;
}

/** What was sent of late, for processes that keep one pace together. */
interface TriesTable {
  id: Generated<number>;
  replica: string;
  chat_id: number;
  kind: OutboxKind;
  at: number;
}

interface LeasesTable {
  name: string;
  /** Drawn by the process that has it. */
  holder: string;
  pid: number;
  /** Where that process id means something. */
  pids_of: string;
  /** Counted up while the holder lives. */
  beat: number;
}

/** A question that somebody is asked about, with the reply that it gets when nobody says anything. */
interface PointingsTable {
  id: Generated<number>;
  chat_id: number;
  question_id: number;
  /** Whose question it is: a person, or a chat that speaks. */
  asker: number;
  update_id: number;
  /** JSON, opaque here; null: nobody is asked (any more), the reply waits for those before it. */
  job: string | null;
  /** JSON: what goes into the outbox, and what is noted with it. */
  reply: string;
  created_at: number;
  claimed_at: number | null;
}

interface RememberedTable {
  /** A hash of all that the reply depends on. */
  key: string;
  reply: string;
  created_at: number;
}

/** What owners changed, for the processes that share a database. */
interface DocumentsTable {
  id: string;
  /** Above every other's when it was written. */
  version: number;
  state: 'enabled' | 'disabled' | 'withdrawn';
  forced: number;
  /** JSON: the texts of its folder by their paths. */
  files: string;
  /** Of `files`, in bytes. */
  size: number;
}

/** The files that documents were made from, for the same processes. */
interface OriginalsTable {
  document: string;
  name: string;
  size: number;
  bytes: Uint8Array;
}

interface DraftsTable {
  key: string;
  chat_id: number;
  /** Of both below, in bytes. */
  size: number;
  created_at: number;
  /** JSON, opaque here. */
  content: string;
  original: Uint8Array;
}

interface TrialsTable {
  person: number;
  draft: string;
}

interface InboxTable {
  id: number;
  chat_id: number;
  message_id: number;
  at: number;
  /** JSON: what was sent. */
  content: string;
  /** The process that reads it; empty where there is one only, null while nobody does. */
  claimed_by: string | null;
}

interface CampaignsTable {
  id: Generated<number>;
  name: string;
  local_date: string;
  /** JSON, opaque here. */
  content: string;
  created_at: number;
  finished_at: number | null;
}
