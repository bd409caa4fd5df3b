/**
 * The pressures that the monitoring of a nasal dose asks for, and which reading answers each: before the first
 * device, about forty minutes after, and before release. The form's answers and what is asked of the room rest on
 * the same windows.
 */
interface Timed {
  readonly atMs: number;
}

const minuteMs = 60_000;
/** Older than this before the first device, a pressure is of another patient state. */
export const beforeDeviceMsMax = 15 * minuteMs;
export const fortyMs = 40 * minuteMs;
/** So far from forty minutes after, either way. */
export const aroundFortyMs = 5 * minuteMs;
/** Before release: no older than this. */
export const beforeReleaseMsMax = 15 * minuteMs;
export const monitoredMsMin = 120 * minuteMs;

/** The newest before the first device that is not too old; undefined where there is none. */
export function pressureBefore<C extends Timed>(cuffs: readonly C[], firstMs: number): C | undefined {
  return cuffs.findLast(({ atMs }) => atMs <= firstMs && firstMs - atMs <= beforeDeviceMsMax);
}

/** The one nearest to forty minutes after a device. */
export function pressureAtForty<C extends Timed>(cuffs: readonly C[], deviceMs: number): C | undefined {
  const away = ({ atMs }: C): number => Math.abs(atMs - (deviceMs + fortyMs));
  return cuffs.filter((cuff) => away(cuff) <= aroundFortyMs).toSorted((a, b) => away(a) - away(b))[0];
}

/** The newest after the last device that is not too old when the patient leaves. */
export function pressureBeforeRelease<C extends Timed>(cuffs: readonly C[], lastMs: number, leftMs: number): C | undefined {
  return cuffs.findLast(({ atMs }) => atMs > lastMs && atMs <= leftMs && leftMs - atMs <= beforeReleaseMsMax);
}

/** Whole minutes that have passed: 119.5 are 119, and never the 120 that were not waited for. */
export function wholeMinutes(fromMs: number, toMs: number): number {
  return Math.floor((toMs - fromMs) / minuteMs);
}
