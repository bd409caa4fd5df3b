/**
 * Minutes for people and files. A minute counts once it has passed: 29:58 after the start is +29 on the screen, in the
 * print and in every file.
 */

/** To the ten-thousandth, cut off and not rounded, so that a reader's own cut gives the same minute. */
export function minutesBetween(fromMs: number, toMs: number): number {
  return Math.floor((toMs - fromMs) / 6) / 10_000;
}

export function wholeMinutesBetween(fromMs: number, toMs: number): number {
  return Math.floor((toMs - fromMs) / 60_000);
}

/** `+38`, `−15`, `+0`: with a sign, and a true minus. */
export function signedMinutes(minutes: number): string {
  const whole = Math.floor(minutes);
  return whole < 0 ? `−${-whole}` : `+${whole}`;
}
