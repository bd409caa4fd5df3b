/**
 * The part of the SQLite binding that the store uses, in our own words: the package ships its declarations where
 * the compiler does not look for them.
 */
export interface Connection {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare<Parameters extends readonly unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>;
  exec(sql: string): unknown;
  /** With `simple` the first value, otherwise all rows. */
  pragma(source: string, options?: { readonly simple?: boolean }): unknown;
  key(key: Buffer): number;
  close(): unknown;
}

export interface Statement<Parameters extends readonly unknown[], Row = unknown> {
  run(...parameters: Parameters): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  iterate(...parameters: Parameters): IterableIterator<Row>;
  /** Rows become the value of their first column. */
  pluck(): this;
  /** Rows become arrays of their columns: a quarter less work where there are millions. */
  raw(): this;
}

export type OpenConnection = new (file: string, options: { readonly timeout: number; readonly fileMustExist: boolean }) => Connection;
