/**
 * The calendar of a monitor, which knows no zone, in milliseconds since 1970. Worked out by hand, because drivers have no clock and a zone
 * must not creep in.
 */
export const msPerDay = 86_400_000;

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

/** Days since 1 January 1970. Years begin in March, so that the leap day is the last of its year; eras of 400 years. */
export function daysFromCivil(year: number, month: number, day: number): number {
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
