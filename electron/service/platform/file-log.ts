import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { toIso } from '../../../shared/values/instant.ts';
import type { Clock, Log, LogFields } from './platform.ts';

export interface FileLogOptions {
  readonly path: string;
  readonly clock: Clock;
  /** The file is put aside at this size. */
  readonly bytesMax?: number;
  /** How many files there are, with the present one; the oldest is dropped. */
  readonly files?: number;
}

export interface FileLog extends Log {
  /** Lines that could not be written: a full disk must not stop the room, but it may be known. */
  readonly lost: number;
  close(): void;
}

const textMax = 300;

/**
 * A log of JSON lines in a file only its owner can read, bounded in size. Fields are plain values and short, so
 * that no record text gets in by accident; nothing here throws once the file is open.
 */
export function createFileLog(options: FileLogOptions): FileLog {
  const { path, clock } = options;
  const bytesMax = options.bytesMax ?? 5_000_000;
  const files = Math.max(1, options.files ?? 4);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file: number | null = openSync(path, 'a', 0o600);
  let bytes = fstatSync(file).size;
  let lost = 0;

  function rotate(): void {
    if (file !== null) closeSync(file);
    file = null;
    for (let number = files - 1; number >= 1; number -= 1) {
      const from = number === 1 ? path : `${path}.${number - 1}`;
      try {
        renameSync(from, `${path}.${number}`);
      } catch {
        // There are not that many files yet.
      }
    }
    file = openSync(path, files === 1 ? 'w' : 'a', 0o600);
    bytes = fstatSync(file).size;
  }

  function write(level: string, event: string, fields: LogFields = {}): void {
    try {
      const line = `${JSON.stringify({ at: toIso(clock.now()), level, event, ...plainFields(fields) })}\n`;
      if (bytes > 0 && bytes + line.length > bytesMax) rotate();
      if (file === null) throw new Error('the log is closed');
      bytes += writeSync(file, line);
    } catch {
      lost += 1;
    }
  }

  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    get lost() {
      return lost;
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function plainFields(fields: LogFields): Record<string, string | number | boolean | null> {
  const plain: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') plain[name] = value.length > textMax ? `${value.slice(0, textMax)}…` : value;
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null) plain[name] = value;
  }
  return plain;
}
