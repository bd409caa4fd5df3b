import type { Driver, Freshness } from '../drivers/driver.ts';

type Limits = Driver['freshness'];

/**
 * The freshness limits of one monitor. A source whose rhythm is its own gives a value a minute, perhaps: each is grey with its age as soon as
 * it is late, and there is no value only when the next one was missed, too.
 */
export function freshnessAt(driver: Pick<Driver, 'freshness' | 'slowestQuietMs'>, intervalMs: number | null): Limits {
  const { freshness, slowestQuietMs } = driver;
  if (slowestQuietMs === undefined || intervalMs === null) return freshness;
  const lostMs = Math.min(2.2 * intervalMs, slowestQuietMs);
  const limits = Object.entries(freshness).map(([metric, limit]) => [metric, slower(limit, lostMs)] as const);
  return Object.fromEntries(limits) as Limits;
}

function slower(limit: Freshness, lostMs: number): Freshness {
  return limit.kind === 'event' ? limit : { ...limit, lostMs: Math.max(limit.lostMs, lostMs) };
}
