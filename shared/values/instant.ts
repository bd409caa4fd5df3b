import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UtcMs = number;

/**
 * A moment as people in the room saw it: UTC plus the zone offset that the wall clock had then.
 * The offset is kept because a record must print the wall time of its room, also after a move or a DST change.
 */
export interface Instant {
  readonly utcMs: UtcMs;
  /** Minutes east of UTC, for example −300 for New York in winter. */
  readonly offsetMin: number;
}

/** 1970 … 2200: a clock outside is a fault, not a time. */
const utcMsMax = 7_258_118_400_000;
export const utcMsSchema = z.number().int().min(0).max(utcMsMax);
export const instantSchema = z.object({ utcMs: utcMsSchema, offsetMin: z.number().int().min(-1080).max(1080) });

/** The calendar day that the room's wall clock shows: `2026-11-23`. */
export function dayOf(instant: Instant): string {
  return toIso(instant).slice(0, 10);
}

/** ISO 8601 with the instant's own offset, to the millisecond: `2026-11-23T10:00:00.000-05:00`. */
export function toIso(instant: Instant): string {
  const local = new Date(instant.utcMs + instant.offsetMin * 60_000).toISOString().slice(0, -1);
  const sign = instant.offsetMin < 0 ? '-' : '+';
  const minutes = Math.abs(instant.offsetMin);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
