import type { HubConnection } from '../../hub/hub-connection.ts';
import type { HeldEpoch } from '../../compare-heads.ts';
import type { AppendAnswer } from '../../engine.ts';
import type { TakenBack } from '../../outgoing-row.ts';
import type { SentBatch, SentRow } from '../../sync-driver.ts';

export interface HubHead {
  readonly schemaVersion: number;
  readonly roomId: string;
  readonly clinic: string;
  readonly hasLeft: boolean;
  /** By the hub's clock. */
  readonly nowMs: number;
  /** In the order in which they began there. */
  readonly epochs: readonly HeldEpoch[];
}

const ownLine = 0;

/** What the hub holds of the room whose login this is. */
export async function askHead(connection: HubConnection): Promise<HubHead> {
  const [row] = await connection.query<HubHead & { readonly nowMs: string | number }>(
    `SELECT schema_version AS "schemaVersion", room_id AS "roomId", clinic, has_left AS "hasLeft", now_ms AS "nowMs", epochs
      FROM vigil.my_head($1)`,
    [ownLine],
  );
  if (row === undefined) throw new Error('the hub said nothing of where the log ends');
  return { ...row, nowMs: Number(row.nowMs) };
}

const columns: readonly ((row: SentRow) => string | number | null)[] = [
  (row) => row.eventId,
  (row) => row.sessionId,
  (row) => row.kind,
  (row) => row.occurredMs,
  (row) => row.occurredOffsetMin,
  (row) => row.recordedMs,
  (row) => row.recordedOffsetMin,
  (row) => row.monoUs,
  (row) => row.bootId,
  (row) => row.actor,
  (row) => row.commandId,
  (row) => row.supersedes,
  (row) => row.body,
  (row) => row.withheld,
  (row) => row.redacted,
  (row) => bytes(row.hash),
];
const takenColumns: readonly ((row: TakenBack) => string | number | null)[] = [
  (row) => row.epoch,
  (row) => row.seq,
  (row) => row.withheld,
  (row) => row.redacted,
];
const parameters = Array.from({ length: 4 + columns.length + takenColumns.length }, (_, index) => `$${index + 1}`).join(', ');
const append = `SELECT vigil.append_events(${parameters}) AS outcome`;

/** One round trip, see `append_events` in resources/hub. `appended`: they are on the hub's disk. */
export async function appendEvents(connection: HubConnection, { rows, takenBack }: SentBatch): Promise<AppendAnswer> {
  const [first] = rows;
  if (first === undefined) throw new Error('a batch holds at least one row');
  const values = [ownLine, first.epoch, first.seq, bytes(first.prev), ...listsOf(columns, rows), ...listsOf(takenColumns, takenBack)];
  const [row] = await connection.query<{ outcome: AppendAnswer }>(append, values);
  if (row === undefined) throw new Error('the hub said nothing of a batch');
  return row.outcome;
}

function listsOf<Row>(of: readonly ((row: Row) => string | number | null)[], rows: readonly Row[]): unknown[] {
  return of.map((column) => rows.map(column));
}

/** As PostgreSQL reads bytes. */
function bytes(hex: string): string {
  return `\\x${hex}`;
}
