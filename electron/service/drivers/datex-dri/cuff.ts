import type { Reading } from '../../../../shared/clinical/reading.ts';

/** A determination that was made before Vigil listened, perhaps on someone else. */
export const earlierDetermination = 'earlier-determination';

/** What a record says of the last determination. */
export interface CuffState {
  /** The raw words of its values: the same ones are the same determination, unless the monitor says otherwise. */
  readonly raw: readonly number[];
  readonly isMeasured: boolean;
  /** The cuff is running: what is shown is not the result. */
  readonly isRunning: boolean;
  /** More than a minute old. */
  readonly isOlder: boolean;
  /** When it was made, by the monitor's calendar, where it says so. */
  readonly madeAtS: number | null;
}

/**
 * The monitor states its last determination with every record. It is told once: again when its numbers change, when its time does, when
 * the cuff ran in between or a reading that was old is young again; and once when it turns into none.
 */
export interface Cuff {
  take(state: CuffState, tell: (flags: readonly string[], isDoubtful: boolean) => readonly Reading[]): readonly Reading[];
  /** Another monitor is on the line. */
  forget(): void;
}

export function createCuff(): Cuff {
  let toldMeasured: boolean | null = null;
  let toldRaw: readonly number[] | null = null;
  let toldAtS: number | null = null;
  let wasOlder = false;
  let hasRun = false;

  function isNew({ raw, isMeasured, isOlder, madeAtS }: CuffState): boolean {
    if (!isMeasured) return toldMeasured !== false;
    if (toldRaw === null) return true;
    if (madeAtS !== null && toldAtS !== null) return madeAtS !== toldAtS;
    if (raw.some((word, index) => word !== toldRaw?.[index])) return true;
    return !isOlder && (wasOlder || hasRun);
  }

  return {
    take(state, tell) {
      if (state.isRunning) {
        hasRun = true;
        return [];
      }
      if (!isNew(state)) {
        if (state.isMeasured) [toldMeasured, wasOlder] = [true, state.isOlder];
        return [];
      }
      const isEarlier = state.isMeasured && toldRaw === null && state.isOlder && !hasRun;
      toldMeasured = state.isMeasured;
      if (state.isMeasured) [toldRaw, toldAtS, wasOlder, hasRun] = [state.raw, state.madeAtS, state.isOlder, false];
      return tell(isEarlier ? [earlierDetermination] : [], isEarlier);
    },
    forget() {
      [toldMeasured, toldRaw, toldAtS, wasOlder, hasRun] = [null, null, null, false, false];
    },
  };
}
