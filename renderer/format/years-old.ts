import type { UtcMs } from '../../shared/values/instant.ts';

/** Whole years between an ISO date and a moment in the room's calendar. */
export function yearsOld(isoDate: string, nowMs: UtcMs, offsetMin: number): number {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  const now = new Date(nowMs + offsetMin * 60_000);
  const hadBirthday = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day);
  return now.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
}
