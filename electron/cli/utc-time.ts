import { toIso, type UtcMs } from '../../shared/values/instant.ts';

/** For a machine; null stays null. A command knows no clinic's form of a time. */
export function isoUtc(ms: UtcMs | null): string | null {
  return ms === null ? null : toIso({ utcMs: ms, offsetMin: 0 });
}

/** In a sentence: `2026-11-23 at 15:00 UTC`; null: no day. */
export function spokenUtc(ms: UtcMs | null, to: 'minute' | 'second' = 'minute'): string {
  const iso = isoUtc(ms);
  return iso === null ? 'no day' : `${iso.slice(0, to === 'minute' ? 16 : 19).replace('T', ' at ')} UTC`;
}
