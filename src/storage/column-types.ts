/** How a database writes what the other writes otherwise; for the migrations alone, queries are the same for both. */
export interface ColumnTypes {
  /** A 64-bit integer: SQLite's `integer` also makes a primary key the row id itself. */
  readonly integer: 'integer' | 'bigint';
  /** A 64-bit integer that numbers the rows. */
  readonly serial: 'integer' | 'bigserial';
  readonly bytes: 'blob' | 'bytea';
}
