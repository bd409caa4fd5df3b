import type { Migration } from './migration.ts';

/**
 * The event log and what it belongs to. `seq` is gap-free over the life of the room's record; an epoch is a
 * stretch of it (a new one begins when a backup is restored, because numbers are then used again).
 *
 * Every page that a commit touches is encrypted and sealed, which costs more than anything else in it. So the table
 * holds only what cannot be worked out: the view `event` adds room, epoch, boot and the hash before. Ids are 16-byte
 * blobs; an actor of NULL is the room service. `run_start` marks an event whose session differs from that of the
 * event before: a session is a few runs, found by an index that most appends need not touch. `command_start` is the
 * same for the events of one command.
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

    CREATE TABLE boot (
      boot INTEGER PRIMARY KEY,
      boot_id TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE event_log (
      seq INTEGER PRIMARY KEY CHECK (seq > 0),
      event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
      session_id BLOB CHECK (length(session_id) = 16),
      kind TEXT NOT NULL,
      occurred_ms INTEGER NOT NULL,
      occurred_offset_min INTEGER NOT NULL,
      recorded_ms INTEGER NOT NULL,
      recorded_offset_min INTEGER NOT NULL,
      mono_us INTEGER NOT NULL,
      boot INTEGER NOT NULL,
      actor BLOB CHECK (length(actor) = 16),
      command_id BLOB CHECK (length(command_id) = 16),
      supersedes BLOB CHECK (length(supersedes) = 16),
      body TEXT NOT NULL,
      run_start INTEGER NOT NULL CHECK (run_start IN (0, 1)),
      command_start INTEGER NOT NULL CHECK (command_start IN (0, 1)),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX event_run ON event_log (session_id) WHERE run_start = 1;
    CREATE INDEX event_command ON event_log (command_id) WHERE command_start = 1;

    CREATE VIEW event AS SELECT
      (SELECT room_id FROM room) AS room_id,
      (SELECT epoch FROM epoch WHERE first_seq <= e.seq ORDER BY first_seq DESC LIMIT 1) AS epoch,
      e.seq, e.event_id, e.session_id, e.kind, e.occurred_ms, e.occurred_offset_min, e.recorded_ms, e.recorded_offset_min,
      e.mono_us, (SELECT boot_id FROM boot WHERE boot.boot = e.boot) AS boot_id, e.actor, e.command_id, e.supersedes, e.body,
      coalesce((SELECT hash FROM event_log AS p WHERE p.seq = e.seq - 1), zeroblob(32)) AS prev, e.hash
      FROM event_log AS e;

    CREATE TRIGGER room_kept BEFORE DELETE ON room BEGIN SELECT RAISE(ABORT, 'the room is never removed'); END;
    CREATE TRIGGER room_fixed BEFORE UPDATE ON room BEGIN SELECT RAISE(ABORT, 'the room never changes its id'); END;
    CREATE TRIGGER epoch_kept BEFORE DELETE ON epoch BEGIN SELECT RAISE(ABORT, 'an epoch is never removed'); END;
    CREATE TRIGGER epoch_fixed BEFORE UPDATE ON epoch BEGIN SELECT RAISE(ABORT, 'an epoch is never changed'); END;
    CREATE TRIGGER boot_kept BEFORE DELETE ON boot BEGIN SELECT RAISE(ABORT, 'a boot is never removed'); END;
    CREATE TRIGGER boot_fixed BEFORE UPDATE ON boot BEGIN SELECT RAISE(ABORT, 'a boot is never changed'); END;
    CREATE TRIGGER event_kept BEFORE DELETE ON event_log BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
    CREATE TRIGGER event_fixed BEFORE UPDATE ON event_log BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
  `,
};
