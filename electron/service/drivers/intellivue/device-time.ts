/**
 * The monitor's calendar, which knows no zone: 8 BCD bytes CC YY MM DD hh mm ss ff. Worked out by hand, because drivers have no clock and a
 * zone must not creep in.
 */
const msPerDay = 86_400_000;

/** Milliseconds since 1970 of the monitor's own calendar; null where the bytes are no moment (all FF: not available). */
export function calendarMsOf(bytes: Uint8Array, at: number): number | null {
  const part = (offset: number): number => {
    const byte = bytes[at + offset] as number;
    return (byte >> 4) * 10 + (byte & 0x0f) + ((byte & 0x0f) > 9 || byte >> 4 > 9 ? 1000 : 0);
  };
  const year = part(0) * 100 + part(1);
  const [month, day, hour, minute, second, hundredths] = [part(2), part(3), part(4), part(5), part(6), part(7)];
  if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = hundredths > 99 ? 0 : hundredths * 10;
  return daysFromCivil(year, month, day) * msPerDay + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

/** ISO without zone, whole seconds. */
export function isoOfCalendarMs(calendarMs: number): string {
  const days = Math.floor(calendarMs / msPerDay);
  const seconds = Math.floor((calendarMs - days * msPerDay) / 1000);
  const { year, month, day } = civilFromDays(days);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${time}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Years begin in March, so that the leap day is the last of its year; eras of 400 years. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const sinceEraZero = days + 719_468;
  const era = Math.floor(sinceEraZero / 146_097);
  const dayOfEra = sinceEraZero - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

const ticksPerMs = 8;
/** Further than this from one message to the next, and it is not the same run of the monitor's counter. */
const stepMaxMs = 3_600_000;

/** The monitor's date, carried along its relative time (1/8 ms, 32 bits, which runs over after six days). */
export interface DeviceClock {
  /** A date was stated together with a relative time. */
  set(relativeTime: number, calendarMs: number): void;
  forget(): void;
  /** The date at a relative time near the last one; null where none was ever stated or the counter began anew. */
  at(relativeTime: number): number | null;
}

export function createDeviceClock(): DeviceClock {
  let known = false;
  let lastTime = 0;
  let calendarMs = 0;
  return {
    set(relativeTime, statedMs) {
      known = true;
      lastTime = relativeTime;
      calendarMs = statedMs;
    },
    forget() {
      known = false;
    },
    at(relativeTime) {
      if (!known) return null;
      // As a signed difference, a counter that ran over is a small step forward.
      const stepMs = ((relativeTime - lastTime) | 0) / ticksPerMs;
      if (Math.abs(stepMs) > stepMaxMs) {
        known = false;
        return null;
      }
      lastTime = relativeTime;
      calendarMs += stepMs;
      return calendarMs;
    },
  };
}
