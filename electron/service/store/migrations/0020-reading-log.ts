import type { Migration } from './migration.ts';

/**
 * Readings: one wide row per monitor and second. A stream is one monitor in one session since one start of the
 * service, so that a row carries a small number instead of three ids. A NULL value means that the monitor said
 * nothing about it in that second, or that the notes say why there is none.
 *
 * `place` is the second, times 65,536, plus the number of the row in that second: whatever is written is written at
 * the end of the table, where SQLite fills its pages. With the stream first, the rows of several monitors would be
 * put between each other, and every page would be split and left half empty.
 * So the rows of a session are found by time; `reading_hour` says in which hours each stream has any.
 *
 * `reading_notes` holds what rows say beyond plain values, each text once: a monitor without a sensor says so in the
 * same words every second. The numbers among it, which do change, stand in the row itself (`extra`).
 */
export const readingLog: Migration = {
  version: 20,
  name: 'reading-log',
  sql: `
    CREATE TABLE reading_stream (
      stream INTEGER PRIMARY KEY,
      session_id BLOB NOT NULL CHECK (length(session_id) = 16),
      monitor_id BLOB NOT NULL CHECK (length(monitor_id) = 16),
      boot_id TEXT NOT NULL,
      UNIQUE (session_id, monitor_id, boot_id)
    ) STRICT;

    CREATE TABLE reading_hour (
      stream INTEGER NOT NULL REFERENCES reading_stream (stream),
      hour INTEGER NOT NULL CHECK (hour >= 0),
      PRIMARY KEY (stream, hour)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE reading_notes (
      notes INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE reading (
      place INTEGER PRIMARY KEY CHECK (place >= 0),
      at_s INTEGER NOT NULL AS (place >> 16),
      stream INTEGER NOT NULL REFERENCES reading_stream (stream),
      part INTEGER NOT NULL CHECK (part >= 0),
      offset_min INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      device_lag_s INTEGER,
      heart_rate REAL,
      pulse_rate REAL,
      spo2 REAL,
      perfusion_index REAL,
      nibp_sys REAL,
      nibp_dia REAL,
      nibp_mean REAL,
      resp_rate REAL,
      etco2 REAL,
      fico2 REAL,
      temp REAL,
      notes INTEGER REFERENCES reading_notes (notes),
      extra TEXT
    ) STRICT;

    CREATE TRIGGER reading_stream_kept BEFORE DELETE ON reading_stream BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
    CREATE TRIGGER reading_stream_fixed BEFORE UPDATE ON reading_stream BEGIN SELECT RAISE(ABORT, 'a stream is never changed'); END;
    CREATE TRIGGER reading_hour_kept BEFORE DELETE ON reading_hour BEGIN SELECT RAISE(ABORT, 'an hour is never removed'); END;
    CREATE TRIGGER reading_hour_fixed BEFORE UPDATE ON reading_hour BEGIN SELECT RAISE(ABORT, 'an hour is never changed'); END;
    CREATE TRIGGER reading_notes_kept BEFORE DELETE ON reading_notes BEGIN SELECT RAISE(ABORT, 'a note is never removed'); END;
    CREATE TRIGGER reading_notes_fixed BEFORE UPDATE ON reading_notes BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END;
    CREATE TRIGGER reading_kept BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'a reading is never removed'); END;
    CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END;
  `,
};
