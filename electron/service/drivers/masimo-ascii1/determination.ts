/** A first determination that is older than this tells of a cuff that ran before Vigil listened, perhaps on someone else. */
const earlierS = 120;
const dayS = 86_400;

export type News = 'new' | 'earlier' | 'repeated';

/**
 * A docking station prints its last pressure, or its last temperature, with every line. It is told once: again when the time printed with
 * it changes or, without one, when its numbers do; and once when it turns into none.
 */
export class Determination {
  #last: string | null = null;
  #measured: string | null = null;

  /** `stated`: its values as printed; `madeAt`: the time of it as printed, '' where there is none; `stamp`: date and time of the line. */
  take(stated: string, isMeasured: boolean, madeAt: string, stamp: string): News {
    const is = madeAt === '' ? stated : `${madeAt} ${stated}`;
    const isFirst = this.#last === null;
    const isRepeated = isMeasured ? is === this.#measured : is === this.#last;
    this.#last = is;
    // What was measured last is remembered through a spell without: the monitor may print it again.
    if (isMeasured) this.#measured = is;
    if (isRepeated) return 'repeated';
    if (!isMeasured) return 'new';
    const ageS = ageOf(madeAt, stamp);
    // Without a time, only what was there before anything else was heard may be an earlier one.
    return isFirst && (ageS === null || ageS > earlierS) ? 'earlier' : 'new';
  }
}

const timeForm = /(\d\d):(\d\d)(?::(\d\d))?$/;

/** Seconds since a time of day, by the monitor's own clock; null where it is no time. */
function ageOf(madeAt: string, stamp: string): number | null {
  const [made, now] = [madeAt, stamp].map(secondOfDay);
  return made === null || made === undefined || now === null || now === undefined ? null : (now - made + dayS) % dayS;
}

function secondOfDay(text: string): number | null {
  const [, hours, minutes, seconds = '0'] = timeForm.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
