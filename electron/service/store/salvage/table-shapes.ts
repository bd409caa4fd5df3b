import type { Connection } from '../connection.ts';
import type { Value } from './page-cells.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** Its value is the row's number, and stands nowhere else. */
  readonly isRowid: boolean;
  /** What it says in a row that was written before a later step added it: such a row is as short as it was. */
  readonly absent: Value;
}

export interface TableShape {
  readonly name: string;
  /** As they are stored. */
  readonly columns: readonly Column[];
  readonly withoutRowid: boolean;
}

/** An index that holds all of its table, so that a row whose page is lost is still there. */
export interface CoveringIndex {
  readonly name: string;
  readonly table: TableShape;
  /** The table's columns, in the order of the index; the row's number comes last. */
  readonly columns: readonly string[];
}

/** The tables of a database as its migrations made them. */
export function tableShapes(connection: Connection): TableShape[] {
  const tables = connection.prepare<[], { name: string; wr: number }>(
    `SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  return tables.all().map(({ name, wr }) => ({ name, withoutRowid: wr === 1, columns: columnsOf(connection, name, wr === 1) }));
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  /** As SQL. */
  readonly dflt_value: string | null;
}

function columnsOf(connection: Connection, table: string, withoutRowid: boolean): Column[] {
  // Those that are worked out when they are read (hidden = 2) are not stored.
  const rows = connection.prepare<[string], ColumnRow>(
    'SELECT name, type, "notnull", pk, dflt_value FROM pragma_table_xinfo(?) WHERE hidden = 0',
  );
  return rows.all(table).map(({ name, type, notnull, pk, dflt_value: byDefault }) => ({
    name,
    type,
    notNull: notnull === 1,
    isRowid: !withoutRowid && pk === 1 && type === 'INTEGER',
    absent: byDefault === null ? null : (connection.prepare<[], Value>(`SELECT ${byDefault}`).pluck().get() ?? null),
  }));
}

export function coveringIndexes(connection: Connection, shapes: readonly TableShape[]): CoveringIndex[] {
  const indexes = connection.prepare<[string], string>(`SELECT name FROM pragma_index_list(?) WHERE origin = 'u' AND partial = 0`).pluck();
  const columns = connection.prepare<[string], string>('SELECT name FROM pragma_index_info(?) ORDER BY seqno').pluck();
  return shapes.flatMap((table) =>
    indexes
      .all(table.name)
      .map((name) => ({ name, table, columns: columns.all(name) }))
      .filter((index) => table.columns.every(({ name, isRowid }) => isRowid || index.columns.includes(name))),
  );
}

/** Whether a row, as its page holds it, can be one of a table; a row can be from before the last columns were added. */
export function fits({ columns, withoutRowid }: TableShape, values: readonly Value[]): boolean {
  return (
    values.length > 0 &&
    values.length <= columns.length &&
    columns.every((column, index) => {
      const value = values[index] ?? (index < values.length ? null : column.absent);
      if (column.isRowid) return value === null;
      // Of a table without row numbers no column of the key is ever NULL, whatever is said of it.
      return value === null ? !column.notNull && !(withoutRowid && index === 0) : isOf(column.type, value);
    })
  );
}

function isOf(type: string, value: number | string | Buffer): boolean {
  if (typeof value === 'string') return type === 'TEXT';
  if (typeof value === 'number') return type === 'REAL' || (type === 'INTEGER' && Number.isInteger(value));
  return type === 'BLOB';
}

/** A row as it is written again: its stored values, with the row's number in its column. */
export function rowOf({ columns }: TableShape, rowid: number | null, values: readonly Value[]): Value[] {
  return columns.map(({ isRowid, absent }, index) => (isRowid ? rowid : index < values.length ? (values[index] ?? null) : absent));
}
