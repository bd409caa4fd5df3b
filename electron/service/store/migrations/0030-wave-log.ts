import type { Migration } from './migration.ts';

/**
 * Waveforms: blocks of five to ten seconds of one monitor's samples of one signal. What is the same in every block
 * of a signal (unit, time between samples, flags) stands once, in its stream; a change of it begins another stream.
 *
 * `place` is the second of the first sample, times 65,536, plus a number within that second: as with readings,
 * whatever is written is written at the end of the table, and a window is a range of it. `follows` says that the
 * first sample comes directly after the last one of the block before; otherwise there is a gap between the two.
 *
 * `samples` holds codes of `width` bytes, little-endian: a value is (`base` + code) / `per_unit`. The two highest
 * codes say why there is none: the highest that the monitor marked the sample as not valid, the one below that the
 * monitor counted a sample which did not arrive.
 */
export const waveLog: Migration = {
  version: 30,
  name: 'wave-log',
  sql: `
    CREATE TABLE wave_stream (
      stream INTEGER PRIMARY KEY,
      session_id BLOB NOT NULL CHECK (length(session_id) = 16),
      monitor_id BLOB NOT NULL CHECK (length(monitor_id) = 16),
      boot_id TEXT NOT NULL,
      metric TEXT NOT NULL,
      unit TEXT NOT NULL,
      period_ms REAL NOT NULL CHECK (period_ms > 0),
      flags TEXT NOT NULL,
      UNIQUE (session_id, monitor_id, boot_id, metric, unit, period_ms, flags)
    ) STRICT;

    CREATE TABLE wave_block (
      place INTEGER PRIMARY KEY CHECK (place >= 0),
      at_s INTEGER NOT NULL AS (place >> 16),
      stream INTEGER NOT NULL REFERENCES wave_stream (stream),
      at_part_ms INTEGER NOT NULL CHECK (at_part_ms BETWEEN 0 AND 999),
      offset_min INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      first_sample INTEGER,
      follows INTEGER NOT NULL CHECK (follows IN (0, 1)),
      width INTEGER NOT NULL CHECK (width IN (1, 2)),
      base REAL NOT NULL,
      per_unit REAL NOT NULL CHECK (per_unit > 0),
      samples BLOB NOT NULL CHECK (length(samples) > 0 AND length(samples) % width = 0)
    ) STRICT;

    CREATE TRIGGER wave_stream_kept BEFORE DELETE ON wave_stream BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
    CREATE TRIGGER wave_stream_fixed BEFORE UPDATE ON wave_stream BEGIN SELECT RAISE(ABORT, 'a stream is never changed'); END;
    CREATE TRIGGER wave_block_kept BEFORE DELETE ON wave_block BEGIN SELECT RAISE(ABORT, 'a block is never removed'); END;
    CREATE TRIGGER wave_block_fixed BEFORE UPDATE ON wave_block BEGIN SELECT RAISE(ABORT, 'a block is never changed'); END;
  `,
};
