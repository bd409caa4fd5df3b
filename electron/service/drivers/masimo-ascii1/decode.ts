import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';
import { isMeasured, type Reading } from '../../../../shared/clinical/reading.ts';
import { createDeviceTimes } from '../device-times.ts';
import type { Decoder, DecodeSink } from '../driver.ts';
import { asciiText, createFramer, type FrameHandler } from '../framing.ts';
import { inMetricUnit } from '../metric-unit.ts';
import { absentReading, statedReading, vendorReading, type ReadingContext } from '../stated-reading.ts';
import { Determination } from './determination.ts';
import { createMasimoScanner, stampBytes } from './frame.ts';
import type { Measurement, Spot } from './keys.ts';
import type { Field, MasimoLine } from './line.ts';
import { PartStatuses, type PartStatus } from './part-status.ts';
import { PrintedValue } from './printed-value.ts';
import { flagsOfAlarm } from './status-bits.ts';

export function createMasimoDecoder(): Decoder {
  const scanner = createMasimoScanner();
  const framer = createFramer(scanner);
  const lines = new LinePublisher();

  function handlerOf(sink: DecodeSink): FrameHandler {
    return {
      frame(bytes, _start, length) {
        sink.frame(length);
        lines.publish(bytes, scanner.line(), sink);
      },
      discarded: (bytes, reason) => sink.discarded(bytes, reason),
      padding: (bytes) => sink.padding?.(bytes),
    };
  }

  return {
    push: (chunk, sink) => framer.push(chunk, handlerOf(sink)),
    end: (sink) => framer.end(handlerOf(sink)),
  };
}

const spots = ['nibp', 'temp'] as const;

/** A value of a determination: its reading, and how it was printed. */
interface Told {
  readonly reading: Reading;
  readonly text: string;
}

/** The readings of lines. Remembers which determinations were told. */
class LinePublisher {
  readonly #determinations = { nibp: new Determination(), temp: new Determination() };
  readonly #told: Readonly<Record<Spot, Told[]>> = { nibp: [], temp: [] };
  readonly #times = createDeviceTimes(stampBytes - 2, minuteOf);
  readonly #value = new PrintedValue();
  readonly #statuses = new PartStatuses();

  /**
   * In the order SpO2, pulse rate, then the others as sent; a pressure and a temperature last, once each.
   * Validity of the oximeter's comes from the EXC bits: with the sensor off the monitor still prints digits, and they are no measurement.
   */
  publish(bytes: Uint8Array, line: MasimoLine, sink: DecodeSink): void {
    this.#statuses.begin(line, this.#times.at(bytes, line.stampAt));
    const oximeter = this.#statuses.of('oximeter', bytes, line);
    sink.reading(readingOf('spo2', line.spo2, oximeter));
    sink.reading(readingOf('pulse-rate', line.pulseRate, oximeter));
    for (let index = 0; index < line.count; index++) {
      const field = line.fields[index] as Field;
      if (field.key.kind === 'measurement') this.#publishMeasurement(field.key, bytes, field, line, sink);
    }
    for (const spot of spots) this.#publishDetermination(spot, bytes, line, sink);
  }

  #publishMeasurement(key: Measurement, bytes: Uint8Array, { from, to }: Field, line: MasimoLine, sink: DecodeSink): void {
    const value = this.#value;
    value.read(bytes, from, to);
    if (value.kind === 'neither') return sink.unread?.('not-a-number', key.text);
    const reading = measurementOf(key, value, this.#statuses.of(key.part, bytes, line));
    if (key.part === 'nibp' || key.part === 'temp') this.#told[key.part].push({ reading, text: asciiText(bytes, from, to) });
    else sink.reading(reading);
  }

  #publishDetermination(spot: Spot, bytes: Uint8Array, line: MasimoLine, sink: DecodeSink): void {
    const told = this.#told[spot];
    if (told.length === 0) return;
    const isAny = told.some(({ reading }) => isMeasured(reading));
    const stated = told.map(({ reading, text }) => `${text}${isMeasured(reading) ? '' : reading.absent}`).join(' ');
    const stamp = asciiText(bytes, line.stampAt, line.stampAt + stampBytes);
    const news = this.#determinations[spot].take(stated, isAny, this.#madeAt(spot, bytes, line), stamp);
    if (news !== 'repeated') {
      for (const { reading } of told) sink.reading(news === 'earlier' ? asEarlier(reading) : reading);
    }
    told.length = 0;
  }

  /** The time of a determination as printed; '' where there is none. */
  #madeAt(spot: Spot, bytes: Uint8Array, line: MasimoLine): string {
    const field = line.find('made-at', spot);
    if (field === null) return '';
    this.#value.read(bytes, field.from, field.to);
    return this.#value.kind === 'dashes' ? '' : asciiText(bytes, field.from, field.to);
  }
}

function asEarlier(reading: Reading): Reading {
  const flags = [...(reading.flags ?? []), 'earlier-determination'];
  return isMeasured(reading) ? { ...reading, quality: 'questionable', flags } : { ...reading, flags };
}

function contextOf(metric: MetricId | VendorMetricId, { alarm, context }: PartStatus): ReadingContext {
  const alarmFlags = flagsOfAlarm(metric, alarm);
  return alarmFlags.length === 0 ? context : { ...context, flags: [...alarmFlags, ...context.flags] };
}

/** null: the line has dashes. */
function readingOf(metric: MetricId, value: number | null, status: PartStatus): Reading {
  const context = contextOf(metric, status);
  if (status.absent !== null) return absentReading(metric, status.absent, context);
  if (value === null) return absentReading(metric, 'unavailable', context);
  return statedReading(metric, value, status.quality, context);
}

/** A number whose unit does not go with its metric is kept under its key. */
function measurementOf(key: Measurement, printed: PrintedValue, status: PartStatus): Reading {
  const { metric, vendor } = key;
  if (printed.kind !== 'number') return readingUnder(metric ?? vendor, status);
  const unit = printed.unit ?? (printed.isWhole ? key.unitOfWhole : key.unit);
  const converted = metric === null || unit === null ? null : inMetricUnit(metric, printed.value, unit);
  if (metric !== null && converted !== null) return readingOf(metric, converted, status);
  if (status.absent !== null) return absentReading(vendor, status.absent, contextOf(vendor, status));
  const isDoubtful = (status.exception & key.doubtfulBits) !== 0;
  return vendorReading(vendor, printed.value, unit ?? '1', isDoubtful ? 'questionable' : status.quality, contextOf(vendor, status));
}

/** Dashes. */
function readingUnder(metric: MetricId | VendorMetricId, status: PartStatus): Reading {
  return absentReading(metric, status.absent ?? 'unavailable', contextOf(metric, status));
}

/** `MM/DD/YY HH:MM:` → ISO without zone and seconds; null where it is no moment (a clock that was never set). The century is assumed. */
function minuteOf(stamp: string): string | null {
  const month = Number(stamp.slice(0, 2));
  const day = Number(stamp.slice(3, 5));
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (Number(stamp.slice(9, 11)) > 23 || Number(stamp.slice(12, 14)) > 59) return null;
  return `20${stamp.slice(6, 8)}-${stamp.slice(0, 2)}-${stamp.slice(3, 5)}T${stamp.slice(9)}`;
}
