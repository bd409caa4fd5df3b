import type { Migration } from './migration.ts';

/**
 * The private file. What a note says is sealed under its author's key before it comes here; what stands in clear
 * inside the encrypted file is no more than the shared log says anyway: that there is a note, whose, and its time.
 * A note is never changed or removed; a draft is its author's to throw away.
 */
export const privateNotesTables: Migration = {
  version: 10,
  name: 'private-notes',
  sql: `
    CREATE TABLE author (
      author_id BLOB PRIMARY KEY CHECK (length(author_id) = 16),
      salt BLOB NOT NULL CHECK (length(salt) = 32),
      cost TEXT NOT NULL,
      with_phrase INTEGER NOT NULL CHECK (with_phrase IN (0, 1)),
      sealed_key BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note (
      note_id BLOB PRIMARY KEY CHECK (length(note_id) = 16),
      author_id BLOB NOT NULL REFERENCES author (author_id),
      session_id BLOB NOT NULL CHECK (length(session_id) = 16),
      at_ms INTEGER NOT NULL,
      offset_min INTEGER NOT NULL,
      recorded_ms INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1)),
      moved_ms INTEGER
    ) STRICT;
    CREATE INDEX note_of_author ON note (author_id, session_id, at_ms);
    CREATE INDEX note_unmarked ON note (marked) WHERE marked = 0;

    CREATE TABLE draft (
      draft_id BLOB PRIMARY KEY CHECK (length(draft_id) = 16),
      author_id BLOB NOT NULL REFERENCES author (author_id),
      session_id BLOB NOT NULL CHECK (length(session_id) = 16),
      begun_ms INTEGER NOT NULL,
      kept_ms INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER note_kept BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'a private note is never removed'); END;
    CREATE TRIGGER note_fixed BEFORE UPDATE OF note_id, author_id, session_id, at_ms, offset_min, recorded_ms, sealed ON note
      BEGIN SELECT RAISE(ABORT, 'a private note is never changed'); END;
    CREATE TRIGGER author_kept BEFORE DELETE ON author BEGIN SELECT RAISE(ABORT, 'an author''s key is never removed'); END;
  `,
};
