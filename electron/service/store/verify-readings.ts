import type { Connection } from './connection.ts';
import { decodeReadings } from './reading-row.ts';
import { problemLimit, type Findings } from './verify-findings.ts';
import { createNotesReader, hourS, rowReadings, selectReadings, type StoredRow } from './reading-log.ts';

/** Rows that are looked at together. */
const rowsAtOnce = 50_000;
/** Beyond this, in seconds from 1970, there is no date: a device time would be none. */
const lastSecond = 8_640_000_000_000;
/** Notes and numbers whose answer is known; a monitor repeats the same ones. */
const kindsKept = 20_000;

/** All of a row that decides whether it can be read, but for its values: that they are numbers, the columns' types say. */
type RowKind = readonly [stream: number, hour: number, notes: number | null, extra: string | null, hasNoDate: number | null];

/**
 * Every row of readings can be read, and is found by its stream and hour. Returns how many there are.
 *
 * Of fifty thousand rows SQLite says which kinds there are: a few hundred. Where each kind can be read, so can every row
 * of it; where one cannot, the rows are read as the room reads them, and those that fail are named.
 *
 * @param how `typesProved`: SQLite found every column to hold what its type says; where not, each row is read. `after`:
 *   only rows behind this place are looked at and counted
 * @param onShare told how many of the rows were looked at, 0 to 1
 */
export function verifyReadings(
  connection: Connection,
  how: { readonly typesProved: boolean; readonly after?: number | undefined },
  findings: Findings,
  onShare: (share: number) => void,
): number {
  const { typesProved, after: from = Number.NEGATIVE_INFINITY } = how;
  const isSound = createKindReader(connection);
  const hours = knownHours(connection);
  const canCompare = typesProved && hasStrictTypes(connection);
  let isLost = false;
  const all = connection.prepare<[number], number>('SELECT count(*) FROM reading WHERE place > ?').pluck().get(from) ?? 0;
  let rows = 0;
  for (const { after, through, count } of spans(connection, from)) {
    const kinds = kindsIn(connection, after, through);
    isLost ||= kinds.some(([stream, hour]) => !hours.has(`${stream} ${hour}`));
    if (!canCompare || !kinds.every(isSound)) {
      for (const row of invalidRows(connection, after, through)) {
        findings.add(null, `the reading of stream ${row.stream} at second ${row.at_s} (part ${row.part}) is not valid`);
      }
    }
    rows += count;
    onShare(rows / all);
  }
  if (isLost) {
    for (const { stream, hour } of lostHours(connection))
      findings.add(null, `the readings of stream ${stream} in hour ${hour} belong to no session`);
  }
  return rows;
}

/** The table in pieces, by place. */
function* spans(
  connection: Connection,
  from: number,
): Generator<{ readonly after: number; readonly through: number; readonly count: number }> {
  const end = connection
    .prepare<[after: number], number>(`SELECT place FROM reading WHERE place > ? ORDER BY place LIMIT 1 OFFSET ${rowsAtOnce - 1}`)
    .pluck();
  const rest = connection.prepare<[after: number], number>('SELECT count(*) FROM reading WHERE place > ?').pluck();
  for (let after = from; ;) {
    const through = end.get(after);
    if (through === undefined) return yield { after, through: Number.POSITIVE_INFINITY, count: rest.get(after) ?? 0 };
    yield { after, through, count: rowsAtOnce };
    after = through;
  }
}

function kindsIn(connection: Connection, after: number, through: number): RowKind[] {
  const sql = `SELECT DISTINCT stream, at_s / ${hourS}, notes, extra, at_s + device_lag_s NOT BETWEEN -${lastSecond} AND ${lastSecond}
    FROM reading WHERE place > ? AND place <= ?`;
  return connection.prepare<[number, number], RowKind>(sql).raw().all(after, through);
}

/** Whether rows of a kind can be read. */
function createKindReader(connection: Connection): (kind: RowKind) => boolean {
  const text = connection.prepare<[number], string>('SELECT text FROM reading_notes WHERE notes = ?').pluck();
  const notesOf = createNotesReader();
  const known = new Map<string, boolean>();
  return ([, , notes, extra, hasNoDate]) => {
    if (hasNoDate === 1) return false;
    const key = `${notes} ${extra}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= kindsKept) known.clear();
    const isSound = succeeds(() => {
      const row = { notes, text: notes === null ? null : (text.get(notes) ?? null) };
      decodeReadings({ values: [], deviceLagS: null, notes: notesOf(row), extra }, 0);
    });
    known.set(key, isSound);
    return isSound;
  };
}

function* invalidRows(connection: Connection, after: number, through: number): Generator<StoredRow> {
  const notesOf = createNotesReader();
  const rows = connection.prepare<[number, number], StoredRow>(`${selectReadings} WHERE place > ? AND place <= ? ORDER BY place`);
  for (const row of rows.iterate(after, through)) if (!succeeds(() => rowReadings(row, notesOf))) yield row;
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** Without them the integrity check says nothing about what the columns hold. */
function hasStrictTypes(connection: Connection): boolean {
  const strict = connection.prepare<[], number>(`SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = 'reading'`).pluck();
  return strict.get() === 1;
}

/** Rows are looked up by these two. A row without them would never be found. */
function knownHours(connection: Connection): ReadonlySet<string> {
  const sql = 'SELECT stream, hour FROM reading_stream JOIN reading_hour USING (stream)';
  return new Set(
    connection
      .prepare<[], readonly [number, number]>(sql)
      .raw()
      .all()
      .map(([stream, hour]) => `${stream} ${hour}`),
  );
}

function lostHours(connection: Connection): readonly { readonly stream: number; readonly hour: number }[] {
  const lost = `SELECT DISTINCT stream, at_s / ${hourS} AS hour FROM reading EXCEPT
    SELECT stream, hour FROM reading_stream JOIN reading_hour USING (stream)`;
  return connection.prepare<[], { stream: number; hour: number }>(`${lost} LIMIT ${problemLimit}`).all();
}
