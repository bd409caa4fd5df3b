import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { DoseState } from './dose-state.ts';

/** Since when nothing can flow any more, by the recorded rates; null while drug is left, or the dose has ended. */
export function bagEmptySinceMs({ predictedEndMs }: Pick<DoseState, 'predictedEndMs'>, nowMs: UtcMs): UtcMs | null {
  return predictedEndMs !== null && predictedEndMs <= nowMs ? predictedEndMs : null;
}
