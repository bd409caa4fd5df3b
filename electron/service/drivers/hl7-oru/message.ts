import type { UnreadReason } from '../../../../shared/clinical/line-account.ts';
import { isMeasured, type Quality, type Reading } from '../../../../shared/clinical/reading.ts';
import type { DecodeSink } from '../driver.ts';
import { inMetricUnit } from '../metric-unit.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { textIn, type Charset } from './charset.ts';
import { FieldCache, LastField } from '../field-cache.ts';
import type { CodeMapping } from './mapping.ts';
import { endOfSegment, isSegment, segmentEndByte, startOfSegment } from './message-form.ts';
import { isResults, readHeader, type MessageHeader } from './message-header.ts';
import { deviceTimeOf, isInvasive, observedOf, usualValidity, validityOf, type Observed, type Validity } from './observation.ts';
import { numberOf } from './observed-number.ts';
import { SegmentFields } from './segment-fields.ts';
import { componentsOf, usualSeparators, type Separators } from './separators.ts';
import { unitOf } from './units.ts';

/**
 * OBX-11: empty and F final, R not verified, P preliminary, X cannot be obtained. Corrections, deletions and the like are of the past and
 * are not read.
 */
const statuses: ReadonlyMap<string, 'final' | 'preliminary' | 'unobtainable'> = new Map([
  ['', 'final'],
  ['F', 'final'],
  ['R', 'final'],
  ['P', 'preliminary'],
  ['X', 'unobtainable'],
]);
const repeatedFlags = ['repeated-value'];
const testFlags = ['test-data'];
const preliminaryFlags = ['preliminary'];
const cuffPulseFlags = ['from-cuff'];
/** So many messages of results without a pulse of the oximeter, and there is none. */
const messagesOfOximeter = 3;
const pressures: ReadonlySet<string> = new Set(['nibp-sys', 'nibp-dia', 'nibp-mean']);

/**
 * The readings of ORU^R01 messages: MSH for the separators, OBR for the time of a group, OBX for values. Everything else is passed over
 * unread, the patient's segments first of all. What is an OBX and gives no reading is told with its reason.
 */
export class MessageReader {
  readonly #mapping: CodeMapping;
  #separators = usualSeparators;
  #charset: Charset = 'latin1';
  readonly #read = (bytes: Uint8Array): string => textIn(this.#charset, bytes);
  readonly #observed = new FieldCache<Observed>((text) => observedOf(text, this.#separators, this.#mapping), this.#read);
  readonly #units = new FieldCache<string | null>((text) => unitOf(componentsOf(text, this.#separators), this.#mapping.units), this.#read);
  readonly #validities = new FieldCache<Validity>((text) => validityOf(text, this.#separators), this.#read);
  readonly #times = new LastField<string | null>(deviceTimeOf);
  readonly #groupTimes = new LastField<string | null>(deviceTimeOf);
  readonly #fields = new SegmentFields();
  #isTest = false;
  #groupTime: string | null = null;
  /** Metrics told in the present group: a second source of one goes under its own code. */
  readonly #told = new Set<string>();
  /** Channels (OBX-4) of the present group in which a pressure inside a vessel was stated. */
  readonly #invasiveChannels = new Set<string>();
  #cuff: Reading[] = [];
  #cuffStated = '';
  #lastCuffStated = '';
  #isTold = false;
  /** Messages since the oximeter stated a pulse. */
  #sinceOximeterPulse = messagesOfOximeter;

  constructor(mapping: CodeMapping) {
    this.#mapping = mapping;
  }

  /** The values of every message in a block (one, unless it is a batch); `received` is called behind the values of each. */
  publish(bytes: Uint8Array, start: number, end: number, sink: DecodeSink, received: (header: MessageHeader) => void): void {
    const endByte = segmentEndByte(bytes, start, end);
    let header: MessageHeader | null = null;
    const messageDone = (): void => {
      this.#finishCuff(sink);
      if (header === null) return;
      if (!this.#isTold) sink.unread?.(isResults(header) ? 'no-values' : 'no-results');
      received(header);
    };
    for (let at = startOfSegment(bytes, start, end); at < end;) {
      const segmentEnd = endOfSegment(bytes, at, end, endByte);
      if (isSegment(bytes, at, 'MSH')) {
        messageDone();
        header = readHeader(bytes, at, segmentEnd);
        this.#begin(header);
      } else if (header !== null && isResults(header)) this.#readSegment(bytes, at, segmentEnd, sink);
      at = startOfSegment(bytes, segmentEnd, end);
    }
    messageDone();
  }

  #begin({ separators, charset, isTest }: MessageHeader): void {
    const isOther = Object.entries(separators).some(([name, value]) => this.#separators[name as keyof Separators] !== value);
    if (isOther || charset !== this.#charset) {
      this.#separators = separators;
      this.#charset = charset;
      for (const cache of [this.#observed, this.#units, this.#validities]) cache.forget();
    }
    this.#isTest = isTest;
    this.#isTold = false;
    this.#sinceOximeterPulse += 1;
    this.#beginGroup(null);
  }

  #beginGroup(time: string | null): void {
    this.#told.clear();
    this.#invasiveChannels.clear();
    this.#groupTime = time;
  }

  #readSegment(bytes: Uint8Array, at: number, segmentEnd: number, sink: DecodeSink): void {
    const fields = this.#fields;
    if (isSegment(bytes, at, 'OBX')) {
      fields.split(bytes, at, segmentEnd, this.#separators.field.charCodeAt(0));
      const reason = this.#publishValue(bytes, sink);
      if (reason === null) return;
      sink.unread?.(reason);
      this.#isTold = true;
    } else if (isSegment(bytes, at, 'OBR')) {
      fields.split(bytes, at, segmentEnd, this.#separators.field.charCodeAt(0));
      this.#finishCuff(sink);
      this.#beginGroup(this.#groupTimes.meaningOf(bytes, fields.from(7), fields.to(7)));
    }
  }

  /** Null where a reading was told, else why there is none. */
  #publishValue(bytes: Uint8Array, sink: DecodeSink): UnreadReason | null {
    const fields = this.#fields;
    const status = statuses.get(fields.text(bytes, 11));
    if (status === undefined) return 'not-final';
    const observed = this.#observed.meaningOf(bytes, fields.from(3), fields.to(3));
    if (observed.isTypedIn) return 'typed-in';
    const stated = numberOf(bytes, fields, this.#separators);
    if (stated === null) return 'not-a-number';
    const validity = fields.isEmpty(8) ? usualValidity : this.#validities.meaningOf(bytes, fields.from(8), fields.to(8));
    const absent = validity.absent ?? (status === 'unobtainable' ? 'unavailable' : stated.absent);
    const own = this.#metricOf(observed, bytes);
    const isOfCuff = observed.isCuffPulse && own !== null;
    const context = this.#contextOf(bytes, validity, [
      ...(stated.isRepeated ? repeatedFlags : []),
      ...(status === 'preliminary' ? preliminaryFlags : []),
      ...(isOfCuff ? cuffPulseFlags : []),
    ]);
    if (absent !== null) return this.#tell(bytes, absentReading(own ?? observed.vendor, absent, context), isOfCuff, sink);
    const unit = (fields.isEmpty(6) ? null : this.#units.meaningOf(bytes, fields.from(6), fields.to(6))) ?? observed.unitIfNone;
    const isDoubtful = validity.isDoubtful || stated.isRepeated || this.#isTest || status === 'preliminary';
    const quality: Quality = isDoubtful ? 'questionable' : 'good';
    const converted = own === null || unit === null ? null : inMetricUnit(own, stated.value, unit);
    if (own === null || converted === null) {
      return this.#tell(bytes, vendorReading(observed.vendor, stated.value, unit ?? '1', quality, context), false, sink);
    }
    this.#told.add(own);
    if (own === 'pulse-rate' && !isOfCuff) this.#sinceOximeterPulse = 0;
    return this.#tell(bytes, statedReading(own, converted, quality, context), isOfCuff, sink);
  }

  /** The metric this value is told as; null: under its own code. A pulse from inside a vessel is none of the oximeter's or the cuff's. */
  #metricOf({ metric, code, mayBeInvasive, isCuffPulse }: Observed, bytes: Uint8Array): Observed['metric'] {
    const channel = channelOf(this.#fields.text(bytes, 4));
    if (isInvasive(code)) this.#invasiveChannels.add(channel);
    if (metric === null || this.#told.has(metric)) return null;
    // Where the oximeter states a pulse, the cuff's older one would only make the line swing.
    if (isCuffPulse && this.#sinceOximeterPulse < messagesOfOximeter) return null;
    return mayBeInvasive && channel !== '' && this.#invasiveChannels.has(channel) ? null : metric;
  }

  #contextOf(bytes: Uint8Array, validity: Validity, more: readonly string[]): ReadingContext {
    const fields = this.#fields;
    const deviceTime = fields.isEmpty(14) ? this.#groupTime : this.#times.meaningOf(bytes, fields.from(14), fields.to(14));
    let { flags } = validity;
    if (more.length > 0) flags = [...flags, ...more];
    if (this.#isTest && !flags.includes('test-data')) flags = [...flags, ...testFlags];
    return { flags, deviceTime };
  }

  /** A sender repeats the last determination of the cuff with every message; it is told when it is another one, or from another time. */
  #tell(bytes: Uint8Array, reading: Reading, isOfCuff: boolean, sink: DecodeSink): null {
    if (isOfCuff || pressures.has(reading.metric)) {
      this.#cuff.push(reading);
      const stated = isMeasured(reading) ? reading.value : reading.absent;
      this.#cuffStated += `${reading.metric}=${stated}@${this.#fields.isEmpty(14) ? '' : this.#fields.text(bytes, 14)} `;
    } else {
      this.#isTold = true;
      sink.reading(reading);
    }
    return null;
  }

  #finishCuff(sink: DecodeSink): void {
    if (this.#cuff.length === 0) return;
    const readings = this.#cuff;
    const isRepeated = this.#cuffStated === this.#lastCuffStated;
    this.#lastCuffStated = this.#cuffStated;
    this.#cuff = [];
    this.#cuffStated = '';
    if (isRepeated) {
      if (!this.#isTold) sink.unread?.('repeated');
    } else for (const reading of readings) sink.reading(reading);
    this.#isTold = true;
  }
}

/** OBX-4 without its last part: `1.3.1.150456` is in the channel `1.3.1`. */
function channelOf(subId: string): string {
  const last = subId.lastIndexOf('.');
  return last < 0 ? '' : subId.slice(0, last);
}
