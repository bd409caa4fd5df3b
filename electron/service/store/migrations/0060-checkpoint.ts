import type { Migration } from './migration.ts';

/**
 * Signed statements that the log ended with an event of this hash (`checkpoint.ts`). Beside the chain, not in it: an event
 * is on disk before anybody signs it. With a session, the hashes of all its events up to there are signed as well.
 */
export const checkpoint: Migration = {
  version: 60,
  name: 'checkpoint',
  sql: `
    CREATE TABLE checkpoint (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      seq INTEGER NOT NULL CHECK (seq > 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      at_ms INTEGER NOT NULL,
      session_id BLOB CHECK (length(session_id) = 16),
      entries_hash BLOB CHECK (length(entries_hash) = 32),
      public_key BLOB NOT NULL CHECK (length(public_key) = 32),
      signature BLOB NOT NULL CHECK (length(signature) = 64),
      CHECK ((session_id IS NULL) = (entries_hash IS NULL))
    ) STRICT;
    CREATE INDEX checkpoint_session ON checkpoint (session_id, seq) WHERE session_id IS NOT NULL;

    CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;
    CREATE TRIGGER checkpoint_fixed BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
  `,
};
