import type { Migration } from './migration.ts';

/**
 * The keys that an author had before: whoever lost a PIN or a phrase begins a new key, and what the lost one sealed stays.
 * Opened once more, an earlier key is sealed under the one of then (`sealed_under`), whose secret opens both from then on.
 * Notes and drafts name the key that sealed them by its number.
 */
export const privateEarlierKeys: Migration = {
  version: 40,
  name: 'private-earlier-keys',
  sql: `
    ALTER TABLE author ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE note ADD COLUMN key_number INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE draft ADD COLUMN key_number INTEGER NOT NULL DEFAULT 1;

    CREATE TABLE author_earlier (
      author_id BLOB NOT NULL REFERENCES author (author_id),
      number INTEGER NOT NULL CHECK (number > 0),
      salt BLOB NOT NULL CHECK (length(salt) = 32),
      cost TEXT NOT NULL,
      with_phrase INTEGER NOT NULL CHECK (with_phrase IN (0, 1)),
      sealed_key BLOB NOT NULL,
      pepper BLOB,
      under_number INTEGER,
      sealed_under BLOB,
      PRIMARY KEY (author_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER author_earlier_kept BEFORE DELETE ON author_earlier BEGIN SELECT RAISE(ABORT, 'an author''s key is never removed'); END;
    CREATE TRIGGER note_key_fixed BEFORE UPDATE OF key_number ON note BEGIN SELECT RAISE(ABORT, 'a private note is never changed'); END;
  `,
};
