import type { DoseView } from '../../shared/contract/session-view/dose.ts';

/** Whether anything flows out of the bag of a dose that has begun: null where something does, or none is expected. */
export function standstillOf(dose: DoseView, nowMs: number): 'bag-empty' | 'paused' | null {
  if (bagEmptySinceMs(dose, nowMs) !== null) return 'bag-empty';
  return dose.state === 'paused' ? 'paused' : null;
}

/** Since when the bag is empty by the recorded rates; null while drug is in it, and once the dose has ended. */
export function bagEmptySinceMs({ predictedEndMs, endedMs }: Pick<DoseView, 'predictedEndMs' | 'endedMs'>, nowMs: number): number | null {
  return endedMs === null && predictedEndMs !== null && predictedEndMs <= nowMs ? predictedEndMs : null;
}
