import { isMeasured, type Reading } from '../../../shared/clinical/reading.ts';
import { isMetricId } from './stated-reading.ts';

const codesMax = 256;

/**
 * The values of one stream that no tile shows: those under a protocol's own code. A monitor states them each second; they are told when
 * they change. The last of each is kept, so that somebody can see what there would be to map.
 */
export class UnmappedValues {
  readonly #last = new Map<string, Reading>();

  /** False for a value under a protocol's own code that says what it said before. */
  isNews(reading: Reading): boolean {
    if (isMetricId(reading.metric)) return true;
    const last = this.#last.get(reading.metric);
    if (last !== undefined && isSame(last, reading)) return false;
    if (last !== undefined || this.#last.size < codesMax) this.#last.set(reading.metric, reading);
    return true;
  }

  get last(): readonly Reading[] {
    return [...this.#last.values()];
  }
}

function isSame(a: Reading, b: Reading): boolean {
  if (isMeasured(a) !== isMeasured(b) || (a.flags ?? []).join() !== (b.flags ?? []).join()) return false;
  return isMeasured(a) && isMeasured(b) ? a.value === b.value && a.unit === b.unit && a.quality === b.quality : isSameAbsence(a, b);
}

function isSameAbsence(a: Reading, b: Reading): boolean {
  return !isMeasured(a) && !isMeasured(b) && a.absent === b.absent;
}
