import { rmSync } from 'node:fs';
import type { Connection, Statement } from './connection.ts';
import { openUnsynced } from './database.ts';
import type { DataKey } from './data-key.ts';

/** What was worked out from the log up to an event: the facts of a session, the settled part of the controlled-drug log. */
export interface DerivedRow {
  readonly projection: 'session-facts' | 'drug-log';
  /** Of what it was worked out, one row for each. */
  readonly subject: string;
  /** The last event that it was worked out from. */
  readonly throughSeq: number;
  /** JSON. */
  readonly body: string;
}

interface StoredRow {
  readonly through_seq: number;
  readonly hash: Buffer;
  readonly body: string;
}

export interface DerivedRowsOptions {
  readonly file: string;
  readonly key: DataKey;
  /** Of Vigil. What another version worked out is not used, because it may have worked it out otherwise. */
  readonly version: string;
  /** The chain hash of an event of the log; null where there is no such event. */
  readonly hashOf: (seq: number) => Buffer | null;
}

/** Written at a time, so that a turn is short. */
const rowsAtATime = 64;
/** More are not worth their memory: what is left out is worked out again. */
const waitingMax = 512;

/**
 * What takes long to work out and can be worked out again, in an encrypted file of its own beside the record. It is
 * never the truth: each row names the event up to which it was worked out, with its hash, and counts only while the log
 * has that event there. A file that is missing, damaged, of another version or of another room is made anew; where it
 * cannot be made, everything is worked out as if it were not there. No write to it waits for the disk.
 */
export class DerivedRows {
  readonly #options: DerivedRowsOptions;
  readonly #waiting = new Map<string, DerivedRow>();
  #open: OpenRows | null = null;
  /** Made anew once; what fails again is left alone until the next start. */
  #triesLeft = 2;

  constructor(options: DerivedRowsOptions) {
    this.#options = options;
  }

  /** Null where there is none that still counts. The caller sees to it that nothing came after its last event. */
  find(projection: DerivedRow['projection'], subject: string): DerivedRow | null {
    const row = this.#use(({ find }) => find.get(projection, subject));
    if (row === undefined || this.#options.hashOf(row.through_seq)?.equals(row.hash) !== true) return null;
    return { projection, subject, throughSeq: row.through_seq, body: row.body };
  }

  /** Written at a later turn, by `flush`. */
  put(row: DerivedRow): void {
    if (this.#waiting.size < waitingMax) this.#waiting.set(`${row.projection} ${row.subject}`, row);
  }

  /** Writes some of what waits. */
  flush(): void {
    const entries = [...this.#waiting].slice(0, rowsAtATime);
    if (entries.length === 0) return;
    for (const [name] of entries) this.#waiting.delete(name);
    const rows = entries.map(([, row]) => ({ ...row, hash: this.#options.hashOf(row.throughSeq) }));
    this.#use(({ connection, keep }) => {
      connection.exec('BEGIN');
      for (const { projection, subject, throughSeq, hash, body } of rows) {
        if (hash !== null) keep.run(projection, subject, throughSeq, hash, body);
      }
      connection.exec('COMMIT');
    });
  }

  close(): void {
    this.#triesLeft = 0;
    this.#open?.connection.close();
    this.#open = null;
  }

  /** Undefined where the file cannot be used. */
  #use<Result>(work: (rows: OpenRows) => Result): Result | undefined {
    if (this.#triesLeft === 0) return undefined;
    try {
      this.#open ??= openRows(this.#options);
      return work(this.#open);
    } catch {
      this.#discard();
      return undefined;
    }
  }

  #discard(): void {
    this.#triesLeft -= 1;
    try {
      this.#open?.connection.close();
      this.#open = null;
      rmSync(this.#options.file, { force: true });
    } catch {
      this.#triesLeft = 0;
    }
  }
}

interface OpenRows {
  readonly connection: Connection;
  readonly find: Statement<[projection: string, subject: string], StoredRow>;
  readonly keep: Statement<[projection: string, subject: string, throughSeq: number, hash: Buffer, body: string]>;
}

function openRows({ file, key, version }: DerivedRowsOptions): OpenRows {
  const connection = openUnsynced(file, key);
  try {
    connection.exec(`
      CREATE TABLE IF NOT EXISTS worked_out_by (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), version TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS derived_row (
        projection TEXT NOT NULL,
        subject TEXT NOT NULL,
        through_seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (projection, subject)
      ) STRICT, WITHOUT ROWID;
    `);
    connection.prepare('INSERT INTO worked_out_by VALUES (1, ?) ON CONFLICT DO NOTHING').run(version);
    const by = connection.prepare<[], string>('SELECT version FROM worked_out_by').pluck().get();
    if (by !== version) throw new Error(`worked out by version ${by ?? 'unknown'}`);
    return {
      connection,
      find: connection.prepare('SELECT through_seq, hash, body FROM derived_row WHERE projection = ? AND subject = ?'),
      keep: connection.prepare('INSERT OR REPLACE INTO derived_row (projection, subject, through_seq, hash, body) VALUES (?, ?, ?, ?, ?)'),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
