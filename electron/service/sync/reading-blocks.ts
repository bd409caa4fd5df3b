import { createHash, hash as digest } from 'node:crypto';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { Connection } from '../store/connection.ts';
import type { Database } from '../store/database.ts';
import { blobToId, idToBlob } from '../store/event-row.ts';
import { hourS } from '../store/reading-log.ts';
import { valueColumns } from '../store/reading-row.ts';
import type { ReadingsSeal } from '../store/record-seal.ts';

/**
 * What the monitors said, as it is sent: five minutes of one monitor as one text, exact to the last digit.
 *
 * Where a row stands among the others says nothing of when it was written: after the clock was set back new rows lie before
 * old ones. So nothing is found by how far somebody has come. Rows are only ever added, so that a block is known by how
 * many it has: one with more rows than what was sent is sent again, whole, and of two blocks of the same five minutes the
 * one with more rows holds.
 */
export const blockS = 300;

/** Of which block. */
export interface BlockKey {
  readonly sessionId: string;
  readonly monitorId: string;
  readonly bootId: string;
  /** Where it begins, in seconds since 1970; a multiple of `blockS`. */
  readonly fromS: number;
}

export interface BlockCount extends BlockKey {
  readonly rows: number;
}

export interface ReadingBlock extends BlockCount {
  /** As `blockText` writes it. */
  readonly body: string;
  /** Of `body`. */
  readonly sha256: string;
}

type Value = number | string | null;

/** As the columns of the table have it, with the text of its notes; `n` is the number of the row in its second, over all monitors. */
export interface BlockRow {
  readonly at_s: number;
  readonly n: number;
  readonly part: number;
  readonly offset_min: number;
  readonly mono_ms: number;
  readonly device_lag_s: number | null;
  readonly notes: string | null;
  readonly extra: string | null;
  readonly [valueColumn: string]: Value;
}

const placesPerSecond = 65_536;
/** Of a row, as it is hashed for a signature, after monitor and boot. */
const sealedColumns = ['at_s', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'notes', 'extra'] as const;
const columns = ['at_s', 'n', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'notes', 'extra'] as const;

/**
 * A block as JSON: an array for each column, one element a row, in the order of the rows. A column that says nothing in
 * any row is left out. The same rows give the same text.
 */
export function blockText(rows: readonly BlockRow[]): string {
  const said = columns.filter((column) => rows.some((row) => (row[column] ?? null) !== null));
  return JSON.stringify(Object.fromEntries(said.map((column) => [column, rows.map((row) => row[column] ?? null)])));
}

/** The rows of a block again. Throws a `TypeError` for text that is none. */
export function blockRows(text: string): BlockRow[] {
  const block: unknown = JSON.parse(text);
  if (typeof block !== 'object' || block === null) throw new TypeError('it is no block of readings');
  const given = new Map(Object.entries(block));
  const length = arrayIn(given.get('at_s')).length;
  const rows = Array.from({ length }, (): Record<string, Value> => ({}));
  for (const column of columns) {
    const values = given.has(column) ? arrayIn(given.get(column)) : null;
    if (values !== null && values.length !== length) throw new TypeError(`column ${column} has ${values.length} rows of ${length}`);
    for (const [index, row] of rows.entries()) row[column] = (values?.[index] ?? null) as Value;
  }
  return rows as unknown as BlockRow[];
}

function arrayIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('a column of readings is no array');
  return value;
}

/** The blocks of a session that end by a second, and how many rows each has now; in time. One step an hour of the session. */
export function* countBlocks(database: Database, sessionId: SessionId, closedBeforeS: number): Generator<readonly BlockCount[]> {
  const session = idToBlob(sessionId, 'sessionId');
  const sql = `SELECT monitor_id, boot_id, (place / ${placesPerSecond} / ${blockS}) * ${blockS} AS from_s, count(*) AS rows
    FROM reading JOIN reading_stream USING (stream)
    WHERE place >= ? AND place < ? AND session_id = ? GROUP BY stream, from_s ORDER BY from_s, stream`;
  for (const hour of hoursOf(database, session)) {
    const fromS = hour * hourS;
    const untilS = Math.min(fromS + hourS, Math.floor(closedBeforeS / blockS) * blockS);
    if (untilS <= fromS) continue;
    const counted = database.read((connection) =>
      connection
        .prepare<[number, number, Buffer], { monitor_id: Buffer; boot_id: string; from_s: number; rows: number }>(sql)
        .all(fromS * placesPerSecond, untilS * placesPerSecond, session),
    );
    yield counted.map((row) => ({
      sessionId,
      monitorId: blobToId(row.monitor_id),
      bootId: row.boot_id,
      fromS: row.from_s,
      rows: row.rows,
    }));
  }
}

/** A block as it stands now, which may have more rows than when it was counted. */
export function readBlock(database: Database, key: BlockKey): ReadingBlock {
  const rows = database.read((connection) => rowsOf(connection, key));
  const body = blockText(rows);
  return { ...key, rows: rows.length, body, sha256: digest('sha256', body) };
}

/** The blocks of a session that end by a second and have more rows than were sent of them. */
export function* unsentBlocks(
  database: Database,
  sessionId: SessionId,
  closedBeforeS: number,
  sentRows: (key: BlockKey) => number,
): Generator<ReadingBlock> {
  for (const counted of countBlocks(database, sessionId, closedBeforeS)) {
    for (const { rows, ...key } of counted) if (rows > sentRows(key)) yield readBlock(database, key);
  }
}

/** Every session of which any monitor said anything, oldest first. */
export function sessionsWithReadings(database: Database): SessionId[] {
  const sql = 'SELECT session_id FROM reading_stream GROUP BY session_id ORDER BY min(stream)';
  return database.read((connection) => connection.prepare<[], Buffer>(sql).pluck().all()).map(blobToId);
}

function rowsOf(connection: Connection, { sessionId, monitorId, bootId, fromS }: BlockKey): BlockRow[] {
  const read = columns.map((column) =>
    column === 'n' ? `(place % ${placesPerSecond}) AS n` : column === 'notes' ? 'reading_notes.text AS notes' : column,
  );
  const sql = `SELECT ${read.join(', ')} FROM reading LEFT JOIN reading_notes USING (notes)
    WHERE place >= ? AND place < ? AND stream = (SELECT stream FROM reading_stream WHERE session_id = ? AND monitor_id = ? AND boot_id = ?)
    ORDER BY place`;
  return connection
    .prepare<[number, number, Buffer, Buffer, string], BlockRow>(sql)
    .all(
      fromS * placesPerSecond,
      (fromS + blockS) * placesPerSecond,
      idToBlob(sessionId, 'sessionId'),
      idToBlob(monitorId, 'monitorId'),
      bootId,
    );
}

function hoursOf(database: Database, session: Buffer): number[] {
  const sql = 'SELECT DISTINCT hour FROM reading_stream JOIN reading_hour USING (stream) WHERE session_id = ? ORDER BY hour';
  return database.read((connection) => connection.prepare<[Buffer], number>(sql).pluck().all(session));
}

/** What `readingsSeal` says of a session (`store/record-seal.ts`), worked out from its blocks alone: of each the one with most rows. */
export function sealOfBlocks(blocks: readonly ReadingBlock[]): ReadingsSeal {
  const rows = blocks.flatMap((block) => blockRows(block.body).map((row) => ({ block, row })));
  const inOrder = rows.toSorted((a, b) => a.row.at_s - b.row.at_s || a.row.n - b.row.n);
  const hashed = createHash('sha256');
  for (const { block, row } of inOrder) {
    const told = sealedColumns.map((column) => row[column] ?? null);
    hashed.update(`${JSON.stringify([block.monitorId, block.bootId, ...told])}\n`);
  }
  return { readingRows: rows.length, readingsHash: hashed.digest('hex') };
}
