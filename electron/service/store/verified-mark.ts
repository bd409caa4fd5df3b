import { z } from 'zod';
import type { Connection } from './connection.ts';
import type { DataKey } from './data-key.ts';
import { keyedSeal } from './keyed-seal.ts';

/** How far a table was read: the last place, and how many rows stand up to it. */
const extentSchema = z.object({ through: z.number().int(), count: z.number().int().min(0) });
export type Extent = z.output<typeof extentSchema>;

/**
 * What a verification leaves for the next: that the record was whole, and up to where. It is sealed with a key that
 * comes from the room's, so that nobody makes one without it.
 */
const markSchema = z.object({
  roomId: z.uuid(),
  /** When all of it was last read: ISO 8601, UTC. */
  allReadAt: z.iso.datetime(),
  /** The last event, and its hash in the chain. */
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  readings: extentSchema,
  waves: extentSchema,
});
export type VerifiedMark = z.output<typeof markSchema>;

const sealedSchema = z.object({ mark: markSchema, seal: z.string() });

export function encodeMark(mark: VerifiedMark, key: DataKey): string {
  return `${JSON.stringify({ mark, seal: sealOf(mark, key) })}\n`;
}

/** Null where the text was not sealed with this key, or was changed since. */
export function decodeMark(text: string, key: DataKey): VerifiedMark | null {
  try {
    const { mark, seal } = sealedSchema.parse(JSON.parse(text));
    return seal === sealOf(mark, key) ? mark : null;
  } catch {
    return null;
  }
}

function sealOf(mark: VerifiedMark, key: DataKey): string {
  // By the schema, so that the order of the fields is always the same.
  return keyedSeal(key, 'vigil verified mark 1', JSON.stringify(markSchema.parse(mark)));
}

type Table = 'reading' | 'wave_block';

export function extentOf(connection: Connection, table: Table): Extent {
  const last = connection.prepare<[], { through: number | null; count: number }>(
    `SELECT max(place) AS through, count(*) AS count FROM ${table}`,
  );
  const { through, count } = last.get() ?? { through: null, count: 0 };
  return { through: through ?? -1, count };
}

/**
 * What need not be read again: all up to where the mark says, if as many rows stand there as then. Others may have come
 * between them since, where the clock was set back; then everything is read, and this is null.
 */
export function unreadAgain(connection: Connection, table: Table, extent: Extent | undefined): Extent | null {
  if (extent === undefined || extent.count === 0) return null;
  return countThrough(connection, table, extent) === extent.count ? extent : null;
}

/** How many of the rows that the mark tells of are not there. None is ever removed: an older copy was put back, or somebody did. */
export function missingSince(connection: Connection, table: Table, extent: Extent | undefined): number {
  return extent === undefined ? 0 : Math.max(0, extent.count - countThrough(connection, table, extent));
}

function countThrough(connection: Connection, table: Table, { through }: Extent): number {
  return connection.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE place <= ?`).pluck().get(through) ?? 0;
}
