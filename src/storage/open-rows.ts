import { type SqlBool, sql } from 'kysely';

// Written out and not bound: SQLite uses a partial index only where the query says just what the index says.
export const isOpen = sql<SqlBool>`state in ('pending', 'sending')`;
export const isSending = sql<SqlBool>`state = 'sending'`;
/** As the index `outbox_ageing` has it. */
export const isFreshReply = sql<SqlBool>`state = 'pending' and lane = 0`;
