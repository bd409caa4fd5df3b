import { daysFromCivil, msPerDay } from '../device-calendar.ts';

/**
 * The monitor's date, 8 BCD bytes CC YY MM DD hh mm ss ff, in milliseconds since 1970 of its own calendar; null where the bytes are no
 * moment (all FF: not available).
 */
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

const ticksPerMs = 8;
/** Further than this from one message to the next, and it is not the same run of the monitor's counter. */
const stepMaxMs = 3_600_000;

/** The monitor's date, carried along its relative time (1/8 ms, 32 bits, which runs over after six days). */
export interface DeviceCalendar {
  /** A date was stated together with a relative time. */
  set(relativeTime: number, calendarMs: number): void;
  forget(): void;
  /** The date at a relative time near the last one; null where none was ever stated or the counter began anew. */
  at(relativeTime: number): number | null;
}

export function createDeviceClock(): DeviceCalendar {
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
