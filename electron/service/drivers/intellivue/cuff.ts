import type { Reading } from '../../../../shared/clinical/reading.ts';
import { cuffSystolic } from './nomenclature.ts';

/** Systolic, diastolic, mean. */
const pressures = 3;
/** A determination that is older when it is heard first tells of a cuff that ran before Vigil listened, perhaps on someone else. */
const earlierMs = 120_000;
export const earlierDetermination = 'earlier-determination';

/** When a determination was made, as far as the monitor says: whatever identifies it, and how old it is now. */
export interface DeterminationTime {
  /** null: the monitor gives it no time. */
  readonly stamp: number | null;
  /** null: not known. */
  readonly ageMs: number | null;
}

export interface CuffPressure {
  /** State and number as they stand in the message: the same ones are the same determination. */
  readonly raw: number;
  readonly isMeasured: boolean;
  /** Built only when it is told. */
  reading(flags: readonly string[], isDoubtful: boolean): Reading;
}

/**
 * The monitor states its last determination with every poll. It is told once: again when its time stamp changes or, without one, when
 * its numbers do; and once when it turns into none.
 */
export interface Cuff {
  take(code: number, pressure: CuffPressure): void;
  /** All of one message are taken: tells what is new. */
  finish(time: DeterminationTime, tell: (reading: Reading) => void): void;
}

export function createCuff(): Cuff {
  const taken: (CuffPressure | null)[] = [null, null, null];
  let any = false;
  /** Raw words and stamp of what was told last. */
  const toldRaw: (number | null)[] = [null, null, null];
  let toldStamp: number | null = null;
  let toldMeasured: boolean | null = null;

  function isNew(isMeasured: boolean, stamp: number | null): boolean {
    if (toldMeasured === null) return true;
    if (!isMeasured) return toldMeasured;
    if (stamp !== null && toldStamp !== null) return stamp !== toldStamp;
    return taken.some((pressure, index) => pressure !== null && pressure.raw !== toldRaw[index]);
  }

  function remember(isMeasured: boolean, stamp: number | null): void {
    toldMeasured = isMeasured;
    // What was measured last is remembered through a spell without: the monitor may state it again.
    if (!isMeasured) return;
    toldStamp = stamp;
    for (let index = 0; index < pressures; index++) toldRaw[index] = taken[index]?.raw ?? null;
  }

  return {
    take(code, pressure) {
      taken[code - cuffSystolic] = pressure;
      any = true;
    },
    finish({ stamp, ageMs }, tell) {
      if (!any) return;
      const isMeasured = taken.some((pressure) => pressure?.isMeasured === true);
      if (isNew(isMeasured, stamp)) {
        const isFirst = toldRaw.every((raw) => raw === null);
        // Without an age, only what was there before anything else was heard may be an earlier one.
        const isEarlier = isMeasured && isFirst && (ageMs === null ? toldMeasured === null : ageMs > earlierMs);
        for (const pressure of taken) {
          if (pressure !== null) tell(pressure.reading(isEarlier ? [earlierDetermination] : [], isEarlier));
        }
        remember(isMeasured, stamp);
      } else if (isMeasured) {
        toldMeasured = true;
      }
      taken.fill(null);
      any = false;
    },
  };
}
