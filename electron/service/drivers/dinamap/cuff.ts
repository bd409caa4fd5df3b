import type { MetricId } from '../../../../shared/clinical/metric.ts';
import { isMeasured, type Reading } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { absentReading, noContext, statedReading, type ReadingContext } from '../stated-reading.ts';
import { numberIn, statusContext } from './reply-fields.ts';

/** Seconds since the determination; null where they are no number. A monitor counts to 5400 and then states none. */
const noRecent = 9999;
/** A first reply with an older determination than this tells of a cuff that ran before Vigil listened, perhaps on someone else. */
const earlierS = 120;

const running = '0';
const done = '1';
/** Why a determination gave nothing, by its status: words of a tile, which has room for little. */
const failures: Readonly<Record<string, string>> = {
  '3': 'failed',
  '4': 'pump-up-timeout',
  '6': 'total-timeout',
  '7': 'pressure-timeout',
  '8': 'overpressure',
};

/** Offsets from the leading space: status 3, adult or neonate 4, normal or stat 5, seconds 6–9, then three pressures of three digits. */
interface PressureReply {
  readonly status: string;
  readonly ageS: number | null;
  readonly pressures: string;
}

/**
 * The monitor repeats its last determination at every poll while its age runs on. It is told once: again when its age begins anew, or its
 * pressures are others; a failed one once, too. While the cuff runs nothing is told: what was measured last still stands.
 */
export class Cuff {
  #measured: PressureReply | null = null;
  #toldStatus: string | null = null;
  #hasHeard = false;

  /** True where a determination that was measured now is told. */
  hear(message: string, sink: DecodeSink): boolean {
    const reply = parse(message);
    const isFirst = !this.#hasHeard;
    this.#hasHeard = true;
    if (reply.status === running) {
      sink.unread?.('cuff-running');
      // Whatever it ends with is its own.
      this.#toldStatus = null;
      return false;
    }
    const isNew = this.#isNew(reply);
    this.#toldStatus = reply.status;
    if (isMeasuredReply(reply)) this.#measured = reply;
    if (!isNew) {
      sink.unread?.('repeated');
      return false;
    }
    const isEarlier = isFirst && reply.ageS !== null && reply.ageS > earlierS;
    for (const reading of readingsOf(reply, isEarlier)) sink.reading(reading);
    return isMeasuredReply(reply) && !isEarlier;
  }

  #isNew(reply: PressureReply): boolean {
    const last = this.#measured;
    if (!isMeasuredReply(reply)) return this.#toldStatus !== reply.status && !(reply.status === done && last !== null);
    if (last === null || last.pressures !== reply.pressures) return true;
    return last.ageS !== null && reply.ageS !== null && reply.ageS < last.ageS;
  }
}

function parse(message: string): PressureReply {
  const age = message.slice(6, 10);
  return { status: message.slice(3, 4), ageS: /^\d{4}$/.test(age) ? Number(age) : null, pressures: message.slice(10, 19) };
}

function isMeasuredReply({ status, ageS }: PressureReply): boolean {
  return status === done && ageS !== noRecent;
}

const pressureMetrics = ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const;

/** Systolic, diastolic and mean of one determination, each a number or the reason why not. */
function readingsOf(reply: PressureReply, isEarlier: boolean): Reading[] {
  if (!isMeasuredReply(reply)) {
    const context = reply.status === done ? { flags: ['none-recent'], deviceTime: null } : statusContext(reply.status, failures);
    return pressureMetrics.map((metric) => absentReading(metric, 'unavailable', context));
  }
  const context: ReadingContext = isEarlier ? { flags: ['earlier-determination'], deviceTime: null } : noContext;
  const readings = pressureMetrics.map((metric, index) => {
    const value = numberIn(reply.pressures.slice(3 * index, 3 * index + 3));
    if (value === null) return absentReading(metric, 'unavailable', context);
    return statedReading(metric, value, isEarlier ? 'questionable' : 'good', context);
  });
  return plausiblePressures(readings, context);
}

/** A systolic that is not above the diastolic condemns all three; a mean outside the two condemns the mean. */
function plausiblePressures(readings: Reading[], context: ReadingContext): Reading[] {
  const [sys, dia, mean] = readings.map((reading) => (isMeasured(reading) ? reading.value : null));
  const invalid = (metric: MetricId, flag: string): Reading =>
    absentReading(metric, 'invalid', { ...context, flags: [...context.flags, flag] });
  const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;
  if (isNumber(sys) && isNumber(dia) && sys <= dia) return pressureMetrics.map((metric) => invalid(metric, 'sys-not-above-dia'));
  const meanOutside = isNumber(mean) && ((isNumber(sys) && mean > sys) || (isNumber(dia) && mean < dia));
  return readings.map((reading) => (meanOutside && reading.metric === 'nibp-mean' ? invalid('nibp-mean', 'mean-outside') : reading));
}
