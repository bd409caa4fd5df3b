import type { UtcMs } from '../../../shared/values/instant.ts';

/** What a room knows of its backups and of what it does, by its own clock. */
export interface BackupFacts {
  readonly nowMs: UtcMs;
  readonly offsetMin: number;
  /** When the last one that was written and compared was begun; null: none. */
  readonly lastMs: UtcMs | null;
  /** When a session ended last since this start; null: none did. */
  readonly sessionEndedMs: UtcMs | null;
  /** How often in a row it failed, and when it was tried last. */
  readonly failures: number;
  readonly triedMs: UtcMs | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** By the wall clock of the room. */
const nightlyHour = 3;
const firstPauseMs = 5 * minuteMs;
const longestPauseMs = 6 * hourMs;
const drillEveryMs = 7 * dayMs;

/** After each session and each night, and where there is none; after a failure with a growing pause. That a dose runs, and it waits, is not asked here. */
export function isBackupDue(facts: BackupFacts): boolean {
  const { nowMs, lastMs, sessionEndedMs, failures, triedMs } = facts;
  if (failures > 0 && triedMs !== null && Math.abs(nowMs - triedMs) < pauseAfter(failures)) return false;
  // Later than now: the clock was set back since, and says nothing about how old it is.
  if (lastMs === null || lastMs > nowMs) return true;
  return (sessionEndedMs !== null && sessionEndedMs >= lastMs) || lastNight(facts) > lastMs;
}

/** Once a week; `drilledMs`: of the last one. */
export function isDrillDue(nowMs: UtcMs, drilledMs: UtcMs | null): boolean {
  return drilledMs === null || Math.abs(nowMs - drilledMs) >= drillEveryMs;
}

/** 5, 10, 20 … minutes, up to six hours. */
export function pauseAfter(failures: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);
}

function lastNight({ nowMs, offsetMin }: Pick<BackupFacts, 'nowMs' | 'offsetMin'>): UtcMs {
  const wallMs = nowMs + offsetMin * minuteMs - nightlyHour * hourMs;
  return Math.floor(wallMs / dayMs) * dayMs + nightlyHour * hourMs - offsetMin * minuteMs;
}
