import type { DecodeSink } from '../driver.ts';
import { inMetricUnit } from '../metric-unit.ts';
import { absentReading, statedReading } from '../stated-reading.ts';
import { code, statusContext, type Reply } from './reply.ts';

/** A determination that is older, or none. */
const none = 99_999;
/** As of the cuff: one that was there before Vigil listened. */
const earlierS = 120;
const done = code('0');
const running = code('1');
const failures: Readonly<Record<string, string>> = { '2': 'determination-timeout', '3': 'no-contact', '4': 'determination-aborted' };

/** Four digits of tenths are below it. */
const tenthsMax = 10_000;

/** Offsets of a reply: status, mode 4, a character that goes on with each determination, seconds since then, tenths of a degree Fahrenheit. */
const at = { status: 3, counter: 5, age: 6, tenths: 11, end: 15 } as const;

/** The last temperature, repeated at every poll. The unit that stands behind it is that of the display. */
export class Thermometer {
  #hasHeard = false;
  /** Which determination and its tenths in one number, or the status that there was none with, negative; NaN: nothing yet. */
  #told = Number.NaN;
  #ageS: number | null = null;

  hear(reply: Reply, sink: DecodeSink): void {
    const status = reply.at(at.status);
    const isFirst = !this.#hasHeard;
    this.#hasHeard = true;
    if (status === running) return sink.unread?.('temperature-running');
    const ageS = reply.numberIn(at.age, at.tenths);
    const tenths = status === done && ageS !== none ? reply.numberIn(at.tenths, at.end) : null;
    const stated = tenths === null ? -status : reply.at(at.counter) * tenthsMax + tenths;
    const isRestarted = ageS !== null && this.#ageS !== null && ageS < this.#ageS && tenths !== null;
    const isRepeated = stated === this.#told && !isRestarted;
    this.#told = stated;
    this.#ageS = ageS;
    if (isRepeated) return sink.unread?.('repeated');
    if (tenths === null) {
      const context = status === done ? { flags: ['none-recent'], deviceTime: null } : statusContext(status, failures);
      return sink.reading(absentReading('temp', 'unavailable', context));
    }
    const isEarlier = isFirst && ageS !== null && ageS > earlierS;
    const celsius = inMetricUnit('temp', tenths / 10, '[degF]') ?? Number.NaN;
    const context = { flags: isEarlier ? ['earlier-determination'] : [], deviceTime: null };
    sink.reading(statedReading('temp', celsius, isEarlier ? 'questionable' : 'good', context));
  }
}
