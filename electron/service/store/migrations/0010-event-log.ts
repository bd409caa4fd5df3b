import type { Migration } from './migration.ts';

/**
 * The event log and what it belongs to. `seq` is gap-free over the life of the room's record; an epoch is a
 * stretch of it (a new one begins when a backup is restored, because numbers are then used again).
 *
 * Ids are 16-byte blobs. `run_start` marks an event whose session differs from that of the event before: a
 * session is a few runs, found by a small index, so that an append need not touch one index page more.
 */
export const eventLog: Migration = {
  version: 10,
  name: 'event-log',
  sql: `
    CREATE TABLE room (
      only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
      room_id BLOB NOT NULL CHECK (length(room_id) = 16)
    ) STRICT;

    CREATE TABLE epoch (
      first_seq INTEGER PRIMARY KEY CHECK (first_seq > 0),
      epoch BLOB NOT NULL UNIQUE CHECK (length(epoch) = 16),
      cause TEXT NOT NULL CHECK (cause IN ('created', 'restored'))
    ) STRICT;

    CREATE TABLE event (
      seq INTEGER PRIMARY KEY CHECK (seq > 0),
      room_id BLOB NOT NULL,
      epoch BLOB NOT NULL,
      event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
      session_id BLOB CHECK (length(session_id) = 16),
      kind TEXT NOT NULL,
      occurred_ms INTEGER NOT NULL,
      occurred_offset_min INTEGER NOT NULL,
      recorded_ms INTEGER NOT NULL,
      recorded_offset_min INTEGER NOT NULL,
      mono_us INTEGER NOT NULL,
      boot_id TEXT NOT NULL,
      actor TEXT NOT NULL,
      command_id BLOB CHECK (length(command_id) = 16),
      supersedes BLOB CHECK (length(supersedes) = 16),
      body TEXT NOT NULL,
      run_start INTEGER NOT NULL CHECK (run_start IN (0, 1)),
      prev BLOB NOT NULL CHECK (length(prev) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX event_run ON event (session_id) WHERE run_start = 1;
    CREATE INDEX event_command ON event (command_id) WHERE command_id IS NOT NULL;

    CREATE TRIGGER room_kept BEFORE DELETE ON room BEGIN SELECT RAISE(ABORT, 'the room is never removed'); END;
    CREATE TRIGGER room_fixed BEFORE UPDATE ON room BEGIN SELECT RAISE(ABORT, 'the room never changes its id'); END;
    CREATE TRIGGER epoch_kept BEFORE DELETE ON epoch BEGIN SELECT RAISE(ABORT, 'an epoch is never removed'); END;
    CREATE TRIGGER epoch_fixed BEFORE UPDATE ON epoch BEGIN SELECT RAISE(ABORT, 'an epoch is never changed'); END;
    CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
    CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
  `,
};
