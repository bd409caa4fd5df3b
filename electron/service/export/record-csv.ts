import { artefactMetrics, isArtefact, type Artefact } from '../../../shared/clinical/artefact.ts';
import { metrics, type MetricId } from '../../../shared/clinical/metric.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import type { RecordDocument } from '../../../shared/contract/record-document.ts';
import type { RecordTime } from '../../../shared/contract/record-facts.ts';
import type { ReadingRow } from '../store/reading-log.ts';
import { adverseEventLine } from './adverse-event-line.ts';
import { csvRow, type CsvValue } from './csv-row.ts';
import { markedAsArtefact, type RecordWords } from './record/record-words.ts';

/**
 * A session as one tidy table (RFC 4180): a row is one value of one thing at one time, or the reason there is none.
 * `part` says what of the record it is; `value` is a number or a word, `unit` is UCUM; an absent value has an empty
 * `value` and a reason in `absent`.
 */
export const csvColumns = [
  'part',
  'time',
  'minute_from_start',
  'item',
  'value',
  'unit',
  'absent',
  'detail',
  'by',
  'entered',
  'late',
  'amended_from',
  'event_id',
] as const;
type Cell = Readonly<Partial<Record<(typeof csvColumns)[number], CsvValue>>>;

export function csvHead(): string {
  return `${csvColumns.join(',')}\r\n`;
}

/** Everything but the monitors' readings. */
export function* csvOfDocument(document: RecordDocument): Generator<string> {
  const timed = (at: RecordTime): Cell => ({ time: at.iso, minute_from_start: at.minute });
  for (const [key, figure] of Object.entries(document.facts)) {
    const at = figure.value === null || figure.at === null ? {} : timed(figure.at);
    yield row({
      part: 'summary',
      ...at,
      item: key,
      value: figure.value,
      unit: figure.unit,
      absent: figure.value === null ? figure.absent : null,
    });
  }
  for (const { at, kind, label, detail, reasons, ...entry } of document.milestones) {
    yield row({ part: kind, ...timed(at), item: label, detail: listed(detail, ...reasons), ...entered(entry) });
  }
  for (const { from, mlPerHour, bagMg, bagMl } of document.dose.segments) {
    yield row({ part: 'dose-rate', ...timed(from), item: 'rate', value: mlPerHour, unit: 'mL/h', detail: `${bagMg} mg in ${bagMl} mL` });
  }
  for (const { at, mg } of [...document.dose.boluses, ...document.dose.steps])
    yield row({ part: 'dose-given', ...timed(at), item: 'at once', value: mg, unit: 'mg' });
  const second = document.dose.order?.second ?? null;
  if (second !== null) yield row({ part: 'summary', item: 'ordered-if-wanted', value: second.mg, unit: 'mg', detail: 'second injection' });
  yield* csvOfRatings(document, timed);
  for (const { at, text, chips, details, ...entry } of document.observations) {
    const more = Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`;
    yield row({ part: 'observation', ...timed(at), item: chips.join('; '), value: text, detail: more.trim(), ...entered(entry) });
  }
  for (const event of document.adverseEvents) {
    yield row({
      part: 'adverse-event',
      ...timed(event.at),
      item: event.label,
      value: event.severity,
      detail: listed(...adverseEventLine(event, event.ended?.iso ?? null)),
      ...entered(event),
    });
  }
  for (const { at, drug, dose, route, reason, ...entry } of document.drugsGiven) {
    yield row({
      part: 'drug-given',
      ...timed(at),
      item: drug,
      value: dose,
      detail: [route, reason].filter((part) => part !== null).join('; '),
      ...entered(entry),
    });
  }
  for (const { at, kind, mg, by, witness } of document.controlledDrugs) {
    yield row({ part: 'controlled-drug', ...timed(at), item: kind, value: mg, unit: 'mg', by, detail: `witness ${witness}` });
  }
  yield* csvOfVitals(document, timed);
  yield* csvOfEnd(document, timed);
}

const vitalColumns = [
  ['sysMmHg', 'nibp-sys', 'mm[Hg]'],
  ['diaMmHg', 'nibp-dia', 'mm[Hg]'],
  ['meanMmHg', 'nibp-mean', 'mm[Hg]'],
  ['pulsePerMin', 'pulse-rate', '/min'],
  ['spo2Percent', 'spo2', '%'],
  ['respPerMin', 'resp-rate', '/min'],
  ['tempCelsius', 'temp', 'Cel'],
] as const satisfies readonly (readonly [keyof RecordDocument['vitals'][number], MetricId, string])[];

/** What people typed, which no monitor's readings hold, as it stands now; and the pressures, with what became of them. */
function* csvOfVitals({ vitals }: RecordDocument, timed: (at: RecordTime) => Cell): Generator<string> {
  for (const reading of vitals) {
    const isTyped = reading.source === 'person';
    for (const [column, item, unit] of vitalColumns) {
      const value = reading[column];
      if (typeof value !== 'number' || !(isTyped || item.startsWith('nibp-'))) continue;
      const detail = listed(isTyped ? 'by hand' : 'cuff of the monitor', reading.artefact === true ? markedAsArtefact : null);
      yield row({ part: 'vitals', ...timed(reading.at), item, value, unit, detail, by: reading.by });
    }
  }
}

function* csvOfRatings({ ratings }: RecordDocument, timed: (at: RecordTime) => Cell): Generator<string> {
  for (const rating of ratings) {
    const base: Cell = { ...timed(rating.at), by: rating.by, event_id: rating.eventId };
    const absent = rating.notAssessable ?? (rating.total === null ? `${rating.answered} of ${rating.of} answered` : null);
    yield row({ part: 'rating', ...base, item: rating.instrument, value: rating.total, unit: '{score}', absent, detail: rating.band });
    for (const [name, value] of Object.entries(rating.subscales)) {
      yield row({
        part: 'rating-subscale',
        ...base,
        item: `${rating.instrument}/${name}`,
        value,
        unit: '{score}',
        absent: value === null ? 'not complete' : null,
      });
    }
    for (const [index, value] of rating.items.entries()) {
      const why = rating.notAssessable ?? 'not answered';
      yield row({
        part: 'rating-item',
        ...base,
        item: `${rating.instrument}/place ${index + 1}`,
        value,
        absent: value === null ? why : null,
      });
    }
  }
}

function* csvOfEnd(document: RecordDocument, timed: (at: RecordTime) => Cell): Generator<string> {
  for (const { label, verdict, evidence, by, override } of document.discharge.criteria) {
    const detail = override === null ? evidence : `${evidence}; overridden by ${override.prescriber}: ${override.reason}`;
    yield row({
      part: 'discharge-criterion',
      ...(document.discharge.assessed === null ? {} : timed(document.discharge.assessed)),
      item: label,
      value: verdict,
      detail,
      by,
    });
  }
  for (const { key, due, label, end, at, reason } of document.schedule) {
    const detail = [...(at === null ? [] : [at.iso]), ...(reason === null ? [] : [reason])].join('; ');
    yield row({ part: 'schedule', ...timed(due), item: `${label} (${key})`, value: end, detail });
  }
  for (const { from, to, monitor, cause } of document.gaps) {
    yield row({ part: 'gap', ...timed(from), item: monitor ?? 'Vigil', value: to === null ? 'open' : to.iso, absent: cause });
  }
  for (const { name, role, meaning, at, version, recordHash } of document.signatures) {
    yield row({ part: 'signature', time: at, item: `version ${version}`, value: meaning, by: name, detail: `${role}; ${recordHash}` });
  }
  for (const { label, detail, closed } of document.beyondProtocol)
    yield row({ part: 'beyond-protocol', item: label, detail: listed(detail, closed) });
  for (const { at, label, reasons, by, eventId } of document.withReason)
    yield row({ part: 'with-reason', ...timed(at), item: label, detail: listed(...reasons), by, event_id: eventId });
  for (const { kind, label, detail, closed } of document.openPoints) {
    yield row({ part: 'open-point', item: label, value: kind, detail, absent: closed?.reason ?? null, by: closed?.by ?? null });
  }
  for (const { kind, label, detail, about, addedIn, occurred, recorded, by, holds, reason, eventId } of document.history) {
    yield row({
      part: 'history',
      time: occurred,
      item: kind,
      value: holds,
      detail: listed(
        `${label}${about === null ? '' : ` of “${about}”`}${detail === null ? '' : `: ${detail}`}`,
        reason,
        addedIn === null ? null : `added in version ${addedIn}`,
      ),
      by,
      entered: recorded,
      event_id: eventId,
    });
  }
  for (const { key, answer } of document.rems?.fields ?? []) {
    if (answer.value === null) {
      yield row({ part: 'rems', item: key, absent: answer.absent });
      continue;
    }
    const [first] = answer.evidence;
    const from = first === undefined ? {} : { time: first.at, by: first.by, event_id: first.eventId };
    yield row({ part: 'rems', ...from, item: key, value: answer.value, detail: answer.entered === true ? 'answered for the form' : null });
  }
}

/** What the monitors said, second by second, as it came: one value, or the reason it gave for having none. */
export function* csvOfReadings(rows: Iterable<ReadingRow>, { time }: RecordWords, artefacts: readonly Artefact[] = []): Generator<string> {
  for (const { at, readings, monitorId } of rows) {
    for (const reading of readings) {
      const cells = readingCells(reading, isMarked(artefacts, reading.metric, at.utcMs));
      yield row({ part: 'reading', ...timeCells(time(at.utcMs)), ...cells, by: monitorId });
    }
  }
}

function isMarked(artefacts: readonly Artefact[], metric: string, atMs: number): boolean {
  const marked = artefactMetrics.find((one) => one === (metric.startsWith('nibp-') ? 'nibp' : metric));
  return marked !== undefined && isArtefact(artefacts, marked, atMs);
}

/** The parts that say something, as one cell. */
function listed(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? null : said.join('; ');
}

function timeCells({ iso, minute }: RecordTime): Cell {
  return { time: iso, minute_from_start: minute };
}

function readingCells(reading: Reading, marked: boolean): Cell {
  const flags = [...(reading.flags ?? []), ...(marked ? [markedAsArtefact] : [])].join('; ');
  const unit = reading.metric in metrics ? metrics[reading.metric as MetricId].unit : null;
  if ('absent' in reading) return { item: reading.metric, unit, absent: reading.absent, detail: flags };
  return {
    item: reading.metric,
    value: reading.value,
    unit: reading.unit,
    detail: [...(reading.quality === 'good' ? [] : [reading.quality]), ...(flags === '' ? [] : [flags])].join('; '),
  };
}

function entered({
  by,
  entered: at,
  late,
  amendedFrom,
  eventId,
}: {
  readonly by: string | null;
  readonly entered: string;
  readonly late: boolean;
  readonly amendedFrom: string | null;
  readonly eventId: string;
}): Cell {
  return { by, entered: at, late, amended_from: amendedFrom, event_id: eventId };
}

function row(cells: Cell): string {
  return csvRow(csvColumns, cells);
}
