import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Connection } from './connection.ts';
import { createPrivateFile, readPrivateFile } from './data-folder.ts';
import { StoreError, causeCode, fromFileError, recoverAdvice } from './store-error.ts';

/**
 * The last acknowledged event, in a small file beside the database.
 *
 * A hash chain proves that nothing inside the log was changed, but a log that lost its end is still a whole
 * chain. That can happen without anybody's will (one damaged byte in the write-ahead log makes SQLite drop
 * everything after it; a disk that lies about syncing; an old copy put back), so where it ends is kept outside as well.
 *
 * It is written after a commit and not synced: it may lag behind the database, by a power loss or by the last of a
 * burst of commits, and must never be ahead of it. Closing writes it exactly. It also tells "never set up" from "the database is gone", and whether a key is the right
 * one, so that neither case is taken for the other.
 */
const keptHeadSchema = z.object({
  epoch: z.uuid(),
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  keyFingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});
export type KeptHead = z.output<typeof keptHeadSchema>;

/** The length never changes and lies inside one disk sector, so that an overwrite cannot tear and needs no space. */
const keptHeadLength = 256;
const burstMs = 50;

export function encodeHead(kept: KeptHead): Buffer {
  return Buffer.from(`${JSON.stringify(kept).padEnd(keptHeadLength - 1)}\n`, 'latin1');
}

/** Null where there is no file: this room was never set up. */
export function readLogHead(path: string): KeptHead | null {
  let text: string;
  try {
    text = readPrivateFile(path).toString('latin1');
  } catch (error) {
    if (error instanceof StoreError && causeCode(error.cause) === 'ENOENT') return null;
    throw error;
  }
  try {
    return keptHeadSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreError('STORE_CORRUPT', `${path} is damaged: it does not name the last event. Run "vigil verify".`, path, error);
  }
}

/** What the log lacks of what was acknowledged by its kept head, and from which event on. */
export function logHeadProblem(
  connection: Connection,
  kept: Pick<KeptHead, 'seq' | 'hash'>,
): { readonly seq: number; readonly what: string } | null {
  const lastSeq = connection.prepare<[], number | null>('SELECT max(seq) FROM event_log').pluck().get() ?? 0;
  if (lastSeq < kept.seq) {
    return { seq: lastSeq + 1, what: `events ${lastSeq + 1} to ${kept.seq} were acknowledged and are missing.` };
  }
  if (kept.seq === 0) return null;
  const hash = connection.prepare<[number], Buffer>('SELECT hash FROM event_log WHERE seq = ?').pluck().get(kept.seq);
  if (hash?.toString('hex') === kept.hash) return null;
  return { seq: kept.seq, what: `event ${kept.seq} is not the one that was acknowledged.` };
}

/** Whatever was acknowledged must be in the file: to go on without it would use its numbers again, to show the rest would pass it over. */
export function refuseLostEnd(connection: Connection, file: string, kept: KeptHead): void {
  const problem = logHeadProblem(connection, kept);
  if (problem === null) return;
  throw new StoreError('STORE_CORRUPT', `${file}: ${problem.what} ${recoverAdvice}`, file);
}

export class LogHeadFile {
  readonly path: string;
  readonly #handle: number;
  readonly #keyFingerprint: string;
  #lagging = false;
  #last: { readonly epoch: string; readonly seq: number; readonly hash: Uint8Array };
  #writtenMonoMs = Number.NEGATIVE_INFINITY;

  /** Makes the file, synced, where it is missing. */
  constructor(path: string, kept: KeptHead) {
    this.path = path;
    this.#keyFingerprint = kept.keyFingerprint;
    try {
      if (readLogHead(path) === null) createPrivateFile(path, encodeHead(kept));
      this.#handle = openSync(path, constants.O_RDWR);
    } catch (error) {
      throw fromFileError(error, path, 'open the record of the last event');
    }
    this.#last = { epoch: kept.epoch, seq: kept.seq, hash: Buffer.from(kept.hash, 'hex') };
    this.#write();
  }

  /** True while the database is ahead: in a burst, or because the last write failed. */
  get lagging(): boolean {
    return this.#lagging;
  }

  /** @param monoMs when the event was recorded, on the clock of the room */
  record(epoch: string, seq: number, hash: Uint8Array, monoMs: number): void {
    this.#last = { epoch, seq, hash };
    const sinceMs = monoMs - this.#writtenMonoMs;
    // The write waits for the file system's journal, which a burst of commits keeps busy. People do not tap this fast.
    if (sinceMs >= 0 && sinceMs < burstMs) {
      this.#lagging = true;
      return;
    }
    this.#writtenMonoMs = monoMs;
    this.#write();
  }

  /** Writes what a burst left unwritten. The recorder has it called each second. */
  catchUp(): void {
    if (this.#lagging) this.#write();
  }

  #write(): void {
    const { epoch, seq, hash } = this.#last;
    const hex = Buffer.from(hash).toString('hex');
    try {
      writeSync(this.#handle, encodeHead({ epoch, seq, hash: hex, keyFingerprint: this.#keyFingerprint }), 0, keptHeadLength, 0);
      this.#lagging = false;
    } catch {
      // The event is on disk already, so that refusing here would be untrue. A kept head that lags is allowed.
      this.#lagging = true;
    }
  }

  close(): void {
    try {
      this.#write();
      fsyncSync(this.#handle);
    } finally {
      closeSync(this.#handle);
    }
  }
}
