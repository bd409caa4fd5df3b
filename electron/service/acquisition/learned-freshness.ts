import { currentTurns, silentTurns } from '../../../shared/values/cadence.ts';
import type { Driver, Freshness } from '../drivers/driver.ts';

type Limits = Driver['freshness'];

/**
 * The freshness limits of one monitor. A source whose rhythm is its own gives a value a minute, perhaps: each is live within twice the
 * interval that was heard, grey beyond it, and gone when a second turn in a row was missed. Never less than its kind's own limits, which hold
 * until there is an interval, and never more than the slowest rhythm that a source may have.
 */
export function freshnessAt(driver: Pick<Driver, 'freshness' | 'slowestQuietMs'>, intervalMs: number | null): Limits {
  const { freshness, slowestQuietMs } = driver;
  if (slowestQuietMs === undefined || intervalMs === null) return freshness;
  const lateMs = Math.min(currentTurns * intervalMs, slowestQuietMs);
  const lostMs = Math.min(silentTurns * intervalMs, slowestQuietMs);
  const limits = Object.entries(freshness).map(([metric, limit]) => [metric, slower(limit, lateMs, lostMs)] as const);
  return Object.fromEntries(limits) as Limits;
}

function slower(limit: Freshness, lateMs: number, lostMs: number): Freshness {
  if (limit.kind === 'event' || lateMs <= limit.lateMs) return limit;
  return { ...limit, lateMs, lostMs: Math.max(limit.lostMs, lostMs), slow: true };
}
