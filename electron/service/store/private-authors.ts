import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, idToBlob } from './event-row.ts';
import type { SealedAuthorKey } from './private-seal.ts';

/** The key that seals an author's notes now, wrapped. Their first has number 1. */
export interface NumberedAuthorKey extends SealedAuthorKey {
  readonly number: number;
}

/** A key that they had before. */
export interface EarlierAuthorKey extends NumberedAuthorKey {
  /** Under the key of this number it is sealed as well, since it was opened once more; null: its own secret alone opens it. */
  readonly under: { readonly number: number; readonly sealed: Uint8Array } | null;
}

interface AuthorRow {
  readonly salt: Buffer;
  readonly cost: string;
  readonly with_phrase: number;
  readonly sealed_key: Buffer;
  readonly pepper: Buffer | null;
}

interface NumberedRow extends AuthorRow {
  readonly number: number;
}

interface EarlierRow extends NumberedRow {
  readonly under_number: number | null;
  readonly sealed_under: Buffer | null;
}

/** The authors of the private file: their keys, each as it is wrapped. */
export class PrivateAuthors {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(authorId: string): NumberedAuthorKey | null {
    const sql = 'SELECT salt, cost, with_phrase, sealed_key, pepper, number FROM author WHERE author_id = ?';
    const row = this.#read((connection) => connection.prepare<[Buffer], NumberedRow>(sql).get(idToBlob(authorId, 'authorId')));
    return row === undefined ? null : { ...keyOf(row), number: row.number };
  }

  /** The same key wrapped for the next PIN; null where none was kept since the last was taken. */
  findNextKey(authorId: string): SealedAuthorKey | null {
    const sql = 'SELECT salt, cost, with_phrase, sealed_key, pepper FROM author_next WHERE author_id = ?';
    const row = this.#read((connection) => connection.prepare<[Buffer], AuthorRow>(sql).get(idToBlob(authorId, 'authorId')));
    return row === undefined ? null : keyOf(row);
  }

  /** On disk when this returns, beside the wrapping that holds. One that was kept before and never taken is replaced. */
  keepNextKey(authorId: string, { salt, cost, withPhrase, sealed, pepper }: SealedAuthorKey): void {
    const sql = 'INSERT OR REPLACE INTO author_next (author_id, salt, cost, with_phrase, sealed_key, pepper) VALUES (?, ?, ?, ?, ?, ?)';
    const id = idToBlob(authorId, 'authorId');
    this.#write((connection) => connection.prepare(sql).run(id, salt, cost, withPhrase ? 1 : 0, sealed, pepper));
  }

  /** The wrapping that holds, made anew for the same PIN. */
  rewrap(authorId: string, { salt, cost, withPhrase, sealed, pepper }: SealedAuthorKey): void {
    const sql = 'UPDATE author SET salt = ?, cost = ?, with_phrase = ?, sealed_key = ?, pepper = ? WHERE author_id = ?';
    const id = idToBlob(authorId, 'authorId');
    this.#write((connection) => connection.prepare(sql).run(salt, cost, withPhrase ? 1 : 0, sealed, pepper, id));
  }

  /** For another data key: `seal` gives the pepper that takes the place of each. */
  repepper(seal: (authorId: string, pepper: Uint8Array | null) => Uint8Array | null): void {
    type Row = { author_id: Buffer; number: number; pepper: Buffer | null };
    this.#write((connection) => {
      for (const [table, number] of [
        ['author', '0'],
        ['author_next', '0'],
        ['author_earlier', 'number'],
      ] as const) {
        const rows = connection.prepare<[], Row>(`SELECT author_id, ${number} AS number, pepper FROM ${table}`).all();
        const update = connection.prepare(`UPDATE ${table} SET pepper = ? WHERE author_id = ? AND ${number} = ?`);
        for (const row of rows) update.run(seal(blobToId(row.author_id), row.pepper), row.author_id, row.number);
      }
    });
  }

  /** From now on the next wrapping is the one that holds, and the one before it is gone. Nothing where there is no next one. */
  takeNextKey(authorId: string): void {
    const take = `UPDATE author SET salt = n.salt, cost = n.cost, with_phrase = n.with_phrase, sealed_key = n.sealed_key, pepper = n.pepper
      FROM author_next AS n WHERE author.author_id = n.author_id AND n.author_id = ?`;
    const id = idToBlob(authorId, 'authorId');
    this.#write((connection) => {
      connection.prepare(take).run(id);
      connection.prepare('DELETE FROM author_next WHERE author_id = ?').run(id);
    });
  }

  /** Of two windows that begin at once, the first one's key stands: returns whether it was this one. */
  add(authorId: string, { salt, cost, withPhrase, sealed, pepper }: SealedAuthorKey): boolean {
    const sql = 'INSERT OR IGNORE INTO author (author_id, salt, cost, with_phrase, sealed_key, pepper) VALUES (?, ?, ?, ?, ?, ?)';
    const id = idToBlob(authorId, 'authorId');
    return this.#write((connection) => connection.prepare(sql).run(id, salt, cost, withPhrase ? 1 : 0, sealed, pepper).changes === 1);
  }

  /** Those from before, newest first. */
  earlier(authorId: string): readonly EarlierAuthorKey[] {
    const sql = 'SELECT * FROM author_earlier WHERE author_id = ? ORDER BY number DESC';
    const rows = this.#read((connection) => connection.prepare<[Buffer], EarlierRow>(sql).all(idToBlob(authorId, 'authorId')));
    return rows.map((row) => ({ ...keyOf(row), number: row.number, under: underOf(row) }));
  }

  /** From now on another key is the author's, and the one of number `after` one from before. Returns whether it was that one still. */
  beginAnew(authorId: string, after: number, { salt, cost, withPhrase, sealed, pepper }: SealedAuthorKey): boolean {
    const id = idToBlob(authorId, 'authorId');
    const keep = `INSERT INTO author_earlier (author_id, number, salt, cost, with_phrase, sealed_key, pepper)
      SELECT author_id, number, salt, cost, with_phrase, sealed_key, pepper FROM author WHERE author_id = ? AND number = ?`;
    const begin = `UPDATE author SET salt = ?, cost = ?, with_phrase = ?, sealed_key = ?, pepper = ?, number = number + 1 WHERE author_id = ?`;
    return this.#write((connection) => {
      if (connection.prepare(keep).run(id, after).changes === 0) return false;
      connection.prepare(begin).run(salt, cost, withPhrase ? 1 : 0, sealed, pepper, id);
      // For a PIN of the key that is no longer the author's.
      connection.prepare('DELETE FROM author_next WHERE author_id = ?').run(id);
      return true;
    });
  }

  /** An earlier key was opened once more, and opens with the one of number `under` from now on. */
  keepUnder(authorId: string, number: number, under: { readonly number: number; readonly sealed: Uint8Array }): void {
    const sql = 'UPDATE author_earlier SET under_number = ?, sealed_under = ? WHERE author_id = ? AND number = ?';
    const id = idToBlob(authorId, 'authorId');
    this.#write((connection) => connection.prepare(sql).run(under.number, under.sealed, id, number));
  }

  #read<Result>(work: (connection: Connection) => Result): Result {
    return this.#database.read(work);
  }

  #write<Result>(work: (connection: Connection) => Result): Result {
    return this.#database.write(() => work(this.#database.connection));
  }
}

function keyOf({ salt, cost, with_phrase, sealed_key, pepper }: AuthorRow): SealedAuthorKey {
  return { salt, cost, withPhrase: with_phrase === 1, sealed: sealed_key, pepper };
}

function underOf({ under_number, sealed_under }: EarlierRow): EarlierAuthorKey['under'] {
  return under_number === null || sealed_under === null ? null : { number: under_number, sealed: sealed_under };
}
