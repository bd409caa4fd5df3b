import { z } from 'zod';
import { anyMetricIdSchema, metricIds, metrics, type MetricId } from '../../../shared/clinical/metric.ts';
import { absentReasons, isMeasured, qualities, type Reading } from '../../../shared/clinical/reading.ts';
import { toIso } from '../../../shared/values/instant.ts';

/** The columns of the reading table that hold a plain, good value in the metric's own unit. */
export const valueColumns = metricIds.map((metric) => metric.replaceAll('-', '_'));

export interface EncodedReadings {
  /** One for each of `metricIds`. */
  readonly values: readonly (number | null)[];
  /** Device time minus receipt time in seconds, where every reading states the same whole-second device time. */
  readonly deviceLagS: number | null;
  /** Text that `parseNotes` takes. */
  readonly notes: string | null;
  /** JSON array of the numbers that belong to quantities without an id of ours, in their order in the notes. */
  readonly extra: string | null;
}

const noteOfX = { flags: z.array(z.string()).optional(), deviceTime: z.string().optional() };

/**
 * What a row says beyond good values in their own units, as short as can be: most seconds say nothing.
 * `a` why there is no value · `f` flags · `q` questionable ones · `u` another unit than the metric's · `t` device
 * times that do not fit `device_lag_s` · `x` quantities without an id of ours, but for their numbers.
 * Nothing in it changes as long as the monitor's state does not, so that the same text serves for many rows.
 */
const notesSchema = z.strictObject({
  a: z.partialRecord(z.enum(metricIds), z.enum(absentReasons)).optional(),
  f: z.partialRecord(z.enum(metricIds), z.array(z.string())).optional(),
  q: z.array(z.enum(metricIds)).optional(),
  u: z.partialRecord(z.enum(metricIds), z.string()).optional(),
  t: z.partialRecord(z.enum(metricIds), z.string()).optional(),
  x: z
    .array(
      z.union([
        z.strictObject({ metric: anyMetricIdSchema, ...noteOfX, unit: z.string(), quality: z.enum(qualities) }),
        z.strictObject({ metric: anyMetricIdSchema, ...noteOfX, absent: z.enum(absentReasons) }),
      ]),
    )
    .optional(),
});
export type Notes = z.output<typeof notesSchema>;
/** Built up while encoding. */
type Draft = { -readonly [K in keyof Notes]: Notes[K] };

const columnOf = new Map<string, number>(metricIds.map((metric, index) => [metric, index]));

/** Splits the readings of one second so that no row holds a metric twice: nothing a monitor said is dropped. */
export function withoutRepeats(readings: readonly Reading[]): Reading[][] {
  const parts: Reading[][] = [];
  const seen = new Map<string, number>();
  for (const reading of readings) {
    const part = seen.get(reading.metric) ?? 0;
    seen.set(reading.metric, part + 1);
    (parts[part] ??= []).push(reading);
  }
  return parts.length === 0 ? [[]] : parts;
}

/**
 * @param atS receipt time in whole seconds since 1970
 * Throws a `TypeError` where a value is no number. The notes are not checked yet: most are known already.
 */
export function encodeReadings(readings: readonly Reading[], atS: number): EncodedReadings {
  const values: (number | null)[] = valueColumns.map(() => null);
  const notes: Draft = {};
  const extra: number[] = [];
  const deviceLagS = sharedDeviceLag(readings, atS);
  for (const reading of readings) {
    if (isMeasured(reading) && !Number.isFinite(reading.value)) throw new TypeError(`${reading.metric} is not a number: ${reading.value}`);
    const column = columnOf.get(reading.metric);
    if (column === undefined) {
      if (isMeasured(reading)) extra.push(reading.value);
      (notes.x ??= []).push(noteOf(reading, deviceLagS !== null));
      continue;
    }
    const metric = reading.metric as MetricId;
    if (isMeasured(reading)) {
      values[column] = reading.value;
      if (reading.unit !== metrics[metric].unit) (notes.u ??= {})[metric] = reading.unit;
      if (reading.quality === 'questionable') (notes.q ??= []).push(metric);
    } else {
      (notes.a ??= {})[metric] = reading.absent;
    }
    if (reading.flags !== undefined) (notes.f ??= {})[metric] = [...reading.flags];
    if (deviceLagS === null && reading.deviceTime !== undefined) (notes.t ??= {})[metric] = reading.deviceTime;
  }
  return {
    values,
    deviceLagS,
    notes: Object.keys(notes).length === 0 ? null : JSON.stringify(notes),
    extra: extra.length === 0 ? null : JSON.stringify(extra),
  };
}

type NoteOfX = NonNullable<Notes['x']>[number];

/** All of the reading but its number and a device time that stands elsewhere. */
function noteOf(reading: Reading, timeIsElsewhere: boolean): NoteOfX {
  const note: Record<string, unknown> = { ...reading };
  delete note['value'];
  if (timeIsElsewhere) delete note['deviceTime'];
  return note as NoteOfX;
}

/** Throws a `ZodError` or `SyntaxError` for text that holds no notes. */
export function parseNotes(text: string): Notes {
  return notesSchema.parse(JSON.parse(text));
}

const extraSchema = z.array(z.number());

/** The readings of a row: those with an id of ours in the order of `metricIds`, then the others as they came. */
export function decodeReadings(encoded: Omit<EncodedReadings, 'notes'> & { readonly notes: Notes | null }, atS: number): Reading[] {
  const notes: Notes = encoded.notes ?? {};
  const rowDeviceTime = encoded.deviceLagS === null ? undefined : secondsToDeviceTime(atS + encoded.deviceLagS);
  const readings: Reading[] = [];
  for (const [column, metric] of metricIds.entries()) {
    const value = encoded.values[column] ?? null;
    const absent = notes.a?.[metric];
    if (value === null && absent === undefined) continue;
    const flags = notes.f?.[metric];
    const deviceTime = rowDeviceTime ?? notes.t?.[metric];
    const base = { metric, ...(flags === undefined ? {} : { flags }), ...(deviceTime === undefined ? {} : { deviceTime }) };
    if (value === null) {
      if (absent !== undefined) readings.push({ ...base, absent });
      continue;
    }
    const quality = notes.q?.includes(metric) === true ? 'questionable' : 'good';
    readings.push({ ...base, value, unit: notes.u?.[metric] ?? metrics[metric].unit, quality });
  }
  const numbers = encoded.extra === null ? [] : extraSchema.parse(JSON.parse(encoded.extra));
  const measured = (notes.x ?? []).filter((note) => !('absent' in note)).length;
  if (numbers.length !== measured) throw new TypeError(`${numbers.length} numbers for ${measured} quantities`);
  for (const note of notes.x ?? []) {
    const stated = rowDeviceTime === undefined ? note : { ...note, deviceTime: rowDeviceTime };
    readings.push(('absent' in note ? { ...stated } : { ...stated, value: numbers.shift() }) as Reading);
  }
  return readings;
}

/** Monitors that state the time state it in every line; as a difference to ours it costs one byte instead of thirty. */
function sharedDeviceLag(readings: readonly Reading[], atS: number): number | null {
  const first = readings[0]?.deviceTime;
  if (first === undefined) return null;
  for (const reading of readings) if (reading.deviceTime !== first) return null;
  const seconds = deviceTimeToSeconds(first);
  return seconds === null ? null : seconds - atS;
}

/** Seconds since 1970 of a zoneless `2026-11-23T10:00:00`; null for any other spelling, which is then kept as it is. */
function deviceTimeToSeconds(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  // A 31 June or a 25 o'clock would come back as another moment.
  return secondsToDeviceTime(seconds) === text ? seconds : null;
}

function secondsToDeviceTime(seconds: number): string {
  return toIso({ utcMs: seconds * 1000, offsetMin: 0 }).slice(0, 19);
}

/** Of a date in the Gregorian calendar, with March as the first month, so that a leap day is the last of its year. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 719_469;
}
