const two = (value: number): string => String(value).padStart(2, '0');

/** `05:00`; hours only when there are any: `1:02:03`. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${two(minutes)}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** `1 s ago`, `3 min ago`, `2 h 05 min ago`. */
export function agoWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min ago`;
}

/** Minutes from a start with their sign, a true minus: `+38`, `−15`. */
export function minuteFrom(startMs: number, ms: number): string {
  const minute = Math.floor((ms - startMs) / 60_000);
  return minute < 0 ? `−${-minute}` : `+${minute}`;
}
