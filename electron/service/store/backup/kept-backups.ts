import { daysAfter, weekdayOf, type CalendarDay } from '../../../../shared/values/calendar.ts';
import { dayOf } from '../../../../shared/values/instant.ts';
import type { BackupName } from './backup-name.ts';

/** Of how many days, weeks and months with a backup the last one is kept. */
export interface KeepingRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

export const usualKeeping: KeepingRule = { days: 7, weeks: 8, months: 24 };

/**
 * Those that the rule does not keep, oldest first. What counts are days, weeks and months in which there is a backup,
 * in UTC: a room that was closed for a summer loses none by it. The newest is always kept.
 */
export function backupsToRemove(backups: readonly BackupName[], rule: KeepingRule = usualKeeping): readonly BackupName[] {
  const newestFirst = backups.toSorted((a, b) => b.takenMs - a.takenMs);
  const kept = new Set([
    ...newestFirst.slice(0, 1),
    ...lastOfEach(newestFirst, rule.days, dayUtc),
    ...lastOfEach(newestFirst, rule.weeks, (takenMs) => mondayOf(dayUtc(takenMs))),
    ...lastOfEach(newestFirst, rule.months, (takenMs) => dayUtc(takenMs).slice(0, 7)),
  ]);
  return newestFirst.filter((backup) => !kept.has(backup)).toReversed();
}

function lastOfEach(newestFirst: readonly BackupName[], count: number, stretchOf: (takenMs: number) => string): BackupName[] {
  const last = new Map<string, BackupName>();
  for (const backup of newestFirst) {
    const stretch = stretchOf(backup.takenMs);
    if (!last.has(stretch)) last.set(stretch, backup);
  }
  return [...last.values()].slice(0, count);
}

function dayUtc(takenMs: number): CalendarDay {
  return dayOf({ utcMs: takenMs, offsetMin: 0 });
}

function mondayOf(day: CalendarDay): CalendarDay {
  return daysAfter(day, 1 - weekdayOf(day));
}
