import type { DecodeSink } from '../driver.ts';
import { inMetricUnit } from '../metric-unit.ts';
import { absentReading, statedReading } from '../stated-reading.ts';
import { numberIn, statusContext } from './reply-fields.ts';

/** A determination that is older, or none. */
const none = 99_999;
/** As of the cuff: one that was there before Vigil listened. */
const earlierS = 120;
const done = '0';
const running = '1';
const failures: Readonly<Record<string, string>> = { '2': 'determination-timeout', '3': 'no-contact', '4': 'determination-aborted' };

/**
 * The last temperature, repeated at every poll. Offsets from the leading space: status 3, mode 4, a character that goes on with each
 * determination 5, seconds since then 6–10, tenths of a degree Fahrenheit 11–14, the unit of the display 15.
 */
export class Thermometer {
  #told: string | null = null;
  #ageS: number | null = null;

  hear(message: string, sink: DecodeSink): void {
    const status = message.slice(3, 4);
    const isFirst = this.#told === null;
    if (status === running) {
      sink.unread?.('temperature-running');
      this.#told ??= '';
      return;
    }
    const ageS = numberIn(message.slice(6, 11));
    const tenths = status === done && ageS !== none ? numberIn(message.slice(11, 15)) : null;
    const stated = tenths === null ? `none ${status}` : `${message.slice(5, 6)} ${tenths}`;
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
