import type { Instant, UtcMs } from '../../shared/values/instant.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A time that would lie further back is far more often a slip (12/24 hours, tomorrow) than a late entry. */
const furthestBackMs = 12 * 3_600_000;

export type TimeOfDay = { readonly ok: true; readonly utcMs: UtcMs } | { readonly ok: false; readonly why: 'not-a-time' | 'not-yet' };

/**
 * The last moment at which the room's wall clock showed what was typed: `10:36`, `1036`, `10.36`, `10:36:20`.
 * Always 24 hours. A time that has not come yet today is refused, unless midnight lies between.
 */
export function parseTimeOfDay(typed: string, now: Instant): TimeOfDay {
  const match = /^\s*(\d{1,2})[:.h ]?(\d{2})(?:[:.](\d{2}))?\s*$/.exec(typed);
  if (match === null) return { ok: false, why: 'not-a-time' };
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  if (hours > 23 || minutes > 59 || seconds > 59) return { ok: false, why: 'not-a-time' };
  const offsetMs = now.offsetMin * minuteMs;
  const localMidnightMs = Math.floor((now.utcMs + offsetMs) / dayMs) * dayMs;
  const todayMs = localMidnightMs + ((hours * 60 + minutes) * 60 + seconds) * 1000 - offsetMs;
  if (todayMs <= now.utcMs) return { ok: true, utcMs: todayMs };
  const yesterdayMs = todayMs - dayMs;
  if (now.utcMs - yesterdayMs <= furthestBackMs) return { ok: true, utcMs: yesterdayMs };
  return { ok: false, why: 'not-yet' };
}
