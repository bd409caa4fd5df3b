import { signedMinutes, wholeMinutesBetween } from '../../shared/values/minutes.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `now`, `1 s ago`, `3 min ago`, `2 h 05 min ago`. */
export function agoWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds === 0) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min ago`;
}

/** Minutes from a start with their sign, a true minus: `+38`, `−15`. */
export function minuteFrom(startMs: number, ms: number): string {
  return signedMinutes(wholeMinutesBetween(startMs, ms));
}

/** `+00:38:00` since a start, `−00:05:12` before it; a true minus. */
export function signedElapsed(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${ms <= -1000 ? '−' : '+'}${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
}

/** `2:00` until something is due, `1:02:00` from an hour on. Rounds up: it reads 0:00 only when it is due. */
export function untilWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** `8 min` or `1 h 05 min`, in whole minutes that have passed. */
export function wholeMinutes(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
