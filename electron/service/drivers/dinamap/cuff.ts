import type { MetricId } from '../../../../shared/clinical/metric.ts';
import { isMeasured, type Reading } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { absentReading, noContext, statedReading, type ReadingContext } from '../stated-reading.ts';
import { code, statusContext, type Reply } from './reply.ts';

/** Seconds since the determination. A monitor counts to 5400 and then states none. */
const noRecent = 9999;
/** A first reply with an older determination than this tells of a cuff that ran before Vigil listened, perhaps on someone else. */
const earlierS = 120;

const running = code('0');
const done = code('1');
/** Why a determination gave nothing, by its status: words of a tile, which has room for little. */
const failures: Readonly<Record<string, string>> = {
  '3': 'failed',
  '4': 'pump-up-timeout',
  '6': 'total-timeout',
  '7': 'pressure-timeout',
  '8': 'overpressure',
};

/** Offsets of a reply: status, adult or neonate 4, normal or stat 5, seconds 6–9, then three pressures of three digits. */
const at = { status: 3, age: 6, sys: 10, dia: 13, mean: 16, end: 19 } as const;

/**
 * The monitor repeats its last determination at every poll while its age runs on. It is told once: again when its age begins anew, or its
 * pressures are others; a failed one once, too. While the cuff runs nothing is told: what was measured last still stands.
 */
export class Cuff {
  /** The pressures that were measured last, as sent, and their age; null: none yet, or an age that is no number. */
  readonly #measured = new Uint8Array(at.end - at.sys);
  #hasMeasured = false;
  #measuredAgeS: number | null = null;
  #toldStatus: number | null = null;
  #hasHeard = false;

  /** True where a determination that was measured now is told. */
  hear(reply: Reply, sink: DecodeSink): boolean {
    const status = reply.at(at.status);
    const isFirst = !this.#hasHeard;
    this.#hasHeard = true;
    if (status === running) {
      sink.unread?.('cuff-running');
      // Whatever it ends with is its own.
      this.#toldStatus = null;
      return false;
    }
    // Only what is done has an age and pressures.
    const ageS = status === done ? reply.numberIn(at.age, at.sys) : null;
    const hasPressures = status === done && ageS !== noRecent;
    const isNew = hasPressures ? this.#isOther(reply, ageS) : this.#isNews(status);
    this.#toldStatus = status;
    if (hasPressures) this.#keep(reply, ageS);
    if (!isNew) {
      sink.unread?.('repeated');
      return false;
    }
    if (!hasPressures) {
      publishNone(status, sink);
      return false;
    }
    const isEarlier = isFirst && ageS !== null && ageS > earlierS;
    publishPressures(reply, isEarlier, sink);
    return !isEarlier;
  }

  #isOther(reply: Reply, ageS: number | null): boolean {
    if (!this.#hasMeasured) return true;
    for (let index = 0; index < this.#measured.length; index++) {
      if (this.#measured[index] !== reply.at(at.sys + index)) return true;
    }
    return this.#measuredAgeS !== null && ageS !== null && ageS < this.#measuredAgeS;
  }

  /** A determination that is too old to be stated is none where its pressures were told. */
  #isNews(status: number): boolean {
    return this.#toldStatus !== status && !(status === done && this.#hasMeasured);
  }

  #keep(reply: Reply, ageS: number | null): void {
    for (let index = 0; index < this.#measured.length; index++) this.#measured[index] = reply.at(at.sys + index);
    this.#hasMeasured = true;
    this.#measuredAgeS = ageS;
  }
}

function publishNone(status: number, sink: DecodeSink): void {
  const context = status === done ? { flags: ['none-recent'], deviceTime: null } : statusContext(status, failures);
  for (const metric of ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const) sink.reading(absentReading(metric, 'unavailable', context));
}

const earlier: ReadingContext = { flags: ['earlier-determination'], deviceTime: null };

/**
 * Systolic, diastolic and mean of one determination, each a number or the reason why not. A systolic that is not above the diastolic condemns
 * all three; a mean outside the two condemns the mean.
 */
function publishPressures(reply: Reply, isEarlier: boolean, sink: DecodeSink): void {
  const context = isEarlier ? earlier : noContext;
  const sys = pressureOf('nibp-sys', reply.numberIn(at.sys, at.dia), context);
  const dia = pressureOf('nibp-dia', reply.numberIn(at.dia, at.mean), context);
  const mean = pressureOf('nibp-mean', reply.numberIn(at.mean, at.end), context);
  const isContradictory = valueOf(sys) <= valueOf(dia);
  const isMeanOutside = valueOf(mean) > valueOf(sys) || valueOf(mean) < valueOf(dia);
  sink.reading(isContradictory ? invalid('nibp-sys', 'sys-not-above-dia', context) : sys);
  sink.reading(isContradictory ? invalid('nibp-dia', 'sys-not-above-dia', context) : dia);
  if (isContradictory) sink.reading(invalid('nibp-mean', 'sys-not-above-dia', context));
  else sink.reading(isMeanOutside ? invalid('nibp-mean', 'mean-outside', context) : mean);
}

function pressureOf(metric: MetricId, value: number | null, context: ReadingContext): Reading {
  if (value === null) return absentReading(metric, 'unavailable', context);
  return statedReading(metric, value, context === earlier ? 'questionable' : 'good', context);
}

/** NaN where there is none: it is neither above nor below another. */
function valueOf(reading: Reading): number {
  return isMeasured(reading) ? reading.value : Number.NaN;
}

function invalid(metric: MetricId, flag: string, context: ReadingContext): Reading {
  return absentReading(metric, 'invalid', { ...context, flags: [...context.flags, flag] });
}
