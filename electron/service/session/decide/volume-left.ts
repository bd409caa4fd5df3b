import { completesAtMs, remainingInBag, type DoseTimeline } from '../../../../shared/clinical/dosing.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { fromThousandths, showMilli, showShort, thousandths } from '../../../../shared/values/quantity.ts';
import { bagOf } from '../state/left-in-bag.ts';
import { refuse, type Refused } from './decision.ts';

/** What the arithmetic says is in the bag, and what a person read there: where they differ, the person says why. */

const about = (thousandth: number): string => showShort(fromThousandths(thousandth), 2);
const remainderShareMax = 0.02;
const remainderUgMax = 500;
const differenceShareMax = 0.05;
const differenceUlMax = 1000;

/** "Complete" is doubtful with more than 2 % of the bag or more than 0.5 mg in it. */
export function remainderDoubts(timeline: DoseTimeline, atMs: UtcMs): readonly Doubt[] {
  const bag = bagOf(timeline);
  const left = remainingInBag(timeline, atMs);
  if (bag === null || (left.ug <= bag.ug * remainderShareMax && left.ug <= remainderUgMax)) return [];
  const emptyMs = completesAtMs(timeline);
  const when = emptyMs === null ? '' : `, empty in ${showShort((emptyMs - atMs) / 60_000, 0)} min`;
  const words = `By the recorded rates ${about(left.ug)} of ${showMilli(bag.ug)} mg (${about(left.ul)} mL) are still in the bag${when}: a dose that was stopped is "Stopped early"`;
  return [{ key: 'remainder-left', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'volumeLeftMl', needs: 'reason' }];
}

export interface ReadVolume {
  readonly ul: number | undefined;
  readonly doubts: readonly Doubt[];
}

/** The volume that a person read, doubtful where it is more than 1 mL or 5 % of the bag from what was worked out. */
export function readVolume(timeline: DoseTimeline, readMl: number | undefined, atMs: UtcMs): ReadVolume | Refused {
  const bag = timeline.segments.findLast(({ fromMs }) => fromMs <= atMs)?.bag ?? null;
  if (readMl === undefined || bag === null) return { ul: undefined, doubts: [] };
  const ul = thousandths(readMl);
  if (ul > bag.ul) {
    return refuse(
      'DOSE_BAG_EXCEEDED',
      `The bag held ${showMilli(bag.ul)} mL, so no more can be left. Read the volume again.`,
      'volumeLeftMl',
    );
  }
  const worked = remainingInBag(timeline, atMs).ul;
  const offUl = Math.abs(ul - worked);
  if (offUl <= differenceUlMax && offUl <= bag.ul * differenceShareMax) return { ul, doubts: [] };
  const words = `${showMilli(ul)} mL was read and ${about(worked)} mL is left by the recorded rates, ${about(offUl)} mL apart`;
  return { ul, doubts: [{ key: 'volume-read-differs', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'volumeLeftMl', needs: 'reason' }] };
}
