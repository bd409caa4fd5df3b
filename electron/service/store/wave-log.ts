import { z } from 'zod';
import type { MonitorId, SessionId } from '../../../shared/values/ids.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, checkBootId, checkInstant, idToBlob } from './event-row.ts';
import { StoreError } from './store-error.ts';
import { decodeSamples, encodeSamples, type Sample } from './wave-samples.ts';

/** Some seconds of one monitor's samples of one signal, without a hole. */
export interface WaveBlock {
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  readonly bootId: string;
  readonly metric: string;
  readonly unit: string;
  /** Milliseconds between samples. */
  readonly periodMs: number;
  readonly flags: readonly string[];
  /** Of the first sample, by the room's clock. */
  readonly at: Instant;
  /** Of the first sample: monotonic milliseconds of the boot. */
  readonly monoMs: number;
  /** The monitor's own count of the first sample, where it states one. */
  readonly firstSample: number | null;
  /** The first sample comes directly after the last one of the block before. */
  readonly follows: boolean;
  readonly samples: readonly Sample[];
}

/** A row of the table with its stream. */
export interface StoredWaveRow {
  readonly at_s: number;
  readonly stream: number;
  readonly at_part_ms: number;
  readonly offset_min: number;
  readonly mono_ms: number;
  readonly first_sample: number | null;
  readonly follows: number;
  readonly width: number;
  readonly base: number;
  readonly per_unit: number;
  readonly samples: Buffer;
  readonly session_id: Buffer;
  readonly monitor_id: Buffer;
  readonly boot_id: string;
  readonly metric: string;
  readonly unit: string;
  readonly period_ms: number;
  readonly flags: string;
}

export const selectWaves = 'SELECT * FROM wave_block JOIN wave_stream USING (stream)';
const flagsSchema = z.array(z.string());
/** Fixed for ever, as of readings. */
const placesPerSecond = 65_536;
/** No block is longer; a window is looked for from this far before it. */
export const blockMsMax = 20_000;
/** Blocks in one answer: a minute of a monitor with a dozen signals. */
const windowBlocksMax = 400;
const streamsKept = 200;

/** The append-only log of waveforms, beside the readings, because it is larger again and is read a minute at a time. */
export class WaveLog {
  readonly #database: Database;
  readonly #streams = new Map<string, number>();
  readonly #insert: Statement<unknown[]>;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.connection.prepare(
      `INSERT INTO wave_block (place, stream, at_part_ms, offset_min, mono_ms, first_sample, follows, width, base, per_unit, samples)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Appends all of them in one transaction, or none. A block that is there already is not written twice. */
  append(blocks: readonly WaveBlock[]): void {
    if (blocks.length === 0) return;
    try {
      this.#database.write(() => {
        for (const block of blocks) this.#append(block);
      });
    } catch (error) {
      // A stream that was numbered in it may not be there.
      this.#streams.clear();
      throw error;
    }
  }

  /** The blocks that have a sample in `fromMs` ≤ t < `toMs`, in the order of their first samples. */
  readWindow(sessionId: SessionId, fromMs: UtcMs, toMs: UtcMs): WaveBlock[] {
    const from = Math.max(0, Math.floor((fromMs - blockMsMax) / 1000)) * placesPerSecond;
    const to = Math.ceil(toMs / 1000) * placesPerSecond;
    const sql = `${selectWaves} WHERE place >= ? AND place < ? AND session_id = ? ORDER BY place LIMIT ${windowBlocksMax}`;
    const id = idToBlob(sessionId, 'sessionId');
    const rows = this.#database.read((connection) => connection.prepare<[number, number, Buffer], StoredWaveRow>(sql).all(from, to, id));
    const blocks = rows.map((row) => this.#decode(row));
    return blocks.filter(({ at, samples, periodMs }) => at.utcMs < toMs && at.utcMs + samples.length * periodMs > fromMs);
  }

  /** Whether a session has any. */
  hasAny(sessionId: SessionId): boolean {
    const sql = 'SELECT 1 FROM wave_stream WHERE session_id = ? LIMIT 1';
    const id = idToBlob(sessionId, 'sessionId');
    return this.#database.read((connection) => connection.prepare<[Buffer], unknown>(sql).get(id)) !== undefined;
  }

  /** How many blocks there are. */
  count(): number {
    return this.#database.read((connection) => connection.prepare<[], number>('SELECT count(*) FROM wave_block').pluck().get() ?? 0);
  }

  #append(block: WaveBlock): void {
    const { utcMs, offsetMin } = checkInstant(block.at, 'at');
    const monoMs = Math.round(block.monoMs);
    if (!Number.isSafeInteger(monoMs)) throw new TypeError(`monoMs is not a monotonic time: ${block.monoMs}`);
    if (block.samples.length === 0 || block.samples.length * block.periodMs > blockMsMax) {
      throw new TypeError(`a block of ${block.samples.length} samples is none, or too long`);
    }
    const { width, base, perUnit, bytes } = encodeSamples(block.samples);
    const stream = this.#stream(block);
    const atS = Math.floor(utcMs / 1000);
    const place = this.#freePlace(atS, stream, monoMs);
    if (place === null) return;
    const count = block.firstSample === null || !Number.isSafeInteger(block.firstSample) ? null : block.firstSample;
    this.#insert.run(place, stream, utcMs - atS * 1000, offsetMin, monoMs, count, block.follows ? 1 : 0, width, base, perUnit, bytes);
  }

  /** null where this block is there: a write that failed in its last step may be on disk all the same. */
  #freePlace(atS: number, stream: number, monoMs: number): number | null {
    const sql = 'SELECT place, stream, mono_ms FROM wave_block WHERE place >= ? AND place < ? ORDER BY place';
    const there = this.#database.connection
      .prepare<[number, number], { place: number; stream: number; mono_ms: number }>(sql)
      .all(atS * placesPerSecond, (atS + 1) * placesPerSecond);
    if (there.some((row) => row.stream === stream && row.mono_ms === monoMs)) return null;
    const place = (there.at(-1)?.place ?? atS * placesPerSecond - 1) + 1;
    if (place >= (atS + 1) * placesPerSecond) throw new RangeError(`no second holds more than ${placesPerSecond} blocks`);
    return place;
  }

  #stream({ sessionId, monitorId, bootId, metric, unit, periodMs, flags }: WaveBlock): number {
    const flagsText = JSON.stringify(flags);
    const key = JSON.stringify([sessionId, monitorId, bootId, metric, unit, periodMs, flagsText]);
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const ids = [idToBlob(sessionId, 'sessionId'), idToBlob(monitorId, 'monitorId'), checkBootId(bootId)] as const;
    const values = [...ids, metric, unit, periodMs, flagsText] as const;
    const find =
      'SELECT stream FROM wave_stream WHERE session_id = ? AND monitor_id = ? AND boot_id = ? AND metric = ? AND unit = ? AND period_ms = ? AND flags = ?';
    const insert = 'INSERT INTO wave_stream (session_id, monitor_id, boot_id, metric, unit, period_ms, flags) VALUES (?, ?, ?, ?, ?, ?, ?)';
    const { connection } = this.#database;
    const stored = connection
      .prepare<typeof values, number>(find)
      .pluck()
      .get(...values);
    const stream = stored ?? Number(connection.prepare(insert).run(...values).lastInsertRowid);
    if (this.#streams.size >= streamsKept) this.#streams.clear();
    this.#streams.set(key, stream);
    return stream;
  }

  #decode(row: StoredWaveRow): WaveBlock {
    const { file } = this.#database;
    try {
      return blockOf(row);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreError('STORE_CORRUPT', `A waveform of ${row.at_s} in ${file} cannot be read: ${why}`, file, error);
    }
  }
}

/** The block in a row of the table. Throws where it holds something else. */
export function blockOf(row: StoredWaveRow): WaveBlock {
  if (row.width !== 1 && row.width !== 2) throw new TypeError('its width is not a width');
  return {
    sessionId: blobToId(row.session_id),
    monitorId: blobToId(row.monitor_id),
    bootId: row.boot_id,
    metric: row.metric,
    unit: row.unit,
    periodMs: row.period_ms,
    flags: flagsSchema.parse(JSON.parse(row.flags)),
    at: checkInstant({ utcMs: row.at_s * 1000 + row.at_part_ms, offsetMin: row.offset_min }, 'at'),
    monoMs: row.mono_ms,
    firstSample: row.first_sample,
    follows: row.follows === 1,
    samples: decodeSamples({ width: row.width, base: row.base, perUnit: row.per_unit, bytes: row.samples }),
  };
}
