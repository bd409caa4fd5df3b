import type { Migration } from './migration.ts';

/**
 * Readings: one wide row per monitor and second. A stream is one monitor in one session since one start of the
 * service, so that a row carries a small number instead of three ids. A NULL value means that the monitor said
 * nothing about it in that second, or that `notes` says why there is none.
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

    CREATE TABLE reading (
      stream INTEGER NOT NULL REFERENCES reading_stream (stream),
      at_s INTEGER NOT NULL,
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
      notes TEXT,
      PRIMARY KEY (stream, at_s, part)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER reading_stream_kept BEFORE DELETE ON reading_stream BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
    CREATE TRIGGER reading_stream_fixed BEFORE UPDATE ON reading_stream BEGIN SELECT RAISE(ABORT, 'a stream is never changed'); END;
    CREATE TRIGGER reading_kept BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'a reading is never removed'); END;
    CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END;
  `,
};
