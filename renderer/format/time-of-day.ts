import type { Formats } from '../../shared/values/formats.ts';
import type { Instant, UtcMs } from '../../shared/values/instant.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A time that would lie further back is far more often a slip (12/24 hours, tomorrow) than a late entry. */
const furthestBackMs = 12 * 3_600_000;

/** Now in this room, and whether its people count 12 or 24 hours. */
export interface RoomInstant extends Instant {
  readonly hours: Formats['hours'];
}

type TimeOfDay = { readonly ok: true; readonly utcMs: UtcMs } | { readonly ok: false; readonly why: 'not-a-time' | 'not-yet' };

/**
 * The last moment at which the room's wall clock showed what was typed: `10:36`, `1036`, `10.36`, `10:36:20`,
 * `10:36 PM`. Without AM or PM a clock of 12 hours showed it twice a day, and the later one counts. A time that has not
 * come yet today is refused, unless midnight lies between.
 */
export function parseTimeOfDay(typed: string, now: RoomInstant): TimeOfDay {
  const match = /^\s*(\d{1,2})[:.h ]?(\d{2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m?\.?)?\s*$/i.exec(typed);
  if (match === null) return { ok: false, why: 'not-a-time' };
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  const half = match[4]?.toLowerCase();
  if (hours > 23 || minutes > 59 || seconds > 59 || (half !== undefined && (hours < 1 || hours > 12)))
    return { ok: false, why: 'not-a-time' };
  const past = hoursMeant(hours, half, now.hours).flatMap((hour) => lastShown(((hour * 60 + minutes) * 60 + seconds) * 1000, now));
  return past.length === 0 ? { ok: false, why: 'not-yet' } : { ok: true, utcMs: Math.max(...past) };
}

/** The hours of the day, 0 to 23, that a typed hour can mean. */
function hoursMeant(hour: number, half: string | undefined, clock: Formats['hours']): readonly number[] {
  if (half !== undefined) return [(hour % 12) + (half === 'p' ? 12 : 0)];
  return clock === 24 || hour === 0 || hour > 12 ? [hour] : [hour % 12, (hour % 12) + 12];
}

function lastShown(msOfDay: number, now: Instant): readonly UtcMs[] {
  const offsetMs = now.offsetMin * minuteMs;
  const localMidnightMs = Math.floor((now.utcMs + offsetMs) / dayMs) * dayMs;
  const todayMs = localMidnightMs + msOfDay - offsetMs;
  if (todayMs <= now.utcMs) return [todayMs];
  return now.utcMs - (todayMs - dayMs) <= furthestBackMs ? [todayMs - dayMs] : [];
}
