import type { Migration } from './migration.ts';

/**
 * An author's key wrapped for the PIN that they are about to have, beside the wrapping that holds. The record says which
 * PIN holds, in another file, so that for a moment both have to be there: at a kill before the record says so the old
 * PIN opens, after it the new one.
 */
export const privateNextKeys: Migration = {
  version: 20,
  name: 'private-next-keys',
  sql: `
    CREATE TABLE author_next (
      author_id BLOB PRIMARY KEY REFERENCES author (author_id),
      salt BLOB NOT NULL CHECK (length(salt) = 32),
      cost TEXT NOT NULL,
      with_phrase INTEGER NOT NULL CHECK (with_phrase IN (0, 1)),
      sealed_key BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
