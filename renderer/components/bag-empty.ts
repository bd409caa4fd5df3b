import type { DoseView } from '../../shared/contract/room-board.ts';

/** Since when the bag is empty by the recorded rates; null while drug is in it, and once the dose has ended. */
export function bagEmptySinceMs({ predictedEndMs, endedMs }: Pick<DoseView, 'predictedEndMs' | 'endedMs'>, nowMs: number): number | null {
  return endedMs === null && predictedEndMs !== null && predictedEndMs <= nowMs ? predictedEndMs : null;
}
