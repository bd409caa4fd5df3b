import { gapCauseWords } from '../../../../shared/clinical/gap-cause.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { RecordTime } from '../../../../shared/contract/record-facts.ts';
import { showShort, showTemperature } from '../../../../shared/values/quantity.ts';
import { adverseEventLine, routeName } from '../adverse-event-line.ts';
import { printedLog } from './all-entries.ts';
import type { Flow } from './flow.ts';
import { minuteOf } from './print-words.ts';

/** The sections of the full record, in words and figures. An empty one says that it is empty. */

const minute = (at: RecordTime): string => minuteOf(at.minute);

interface Entered {
  readonly at: RecordTime;
  readonly entered: string;
  readonly late: boolean;
  readonly amendedFrom: string | null;
  readonly by: string | null;
}

/** Who, and what is to be known of the entry itself. */
function byWords(flow: Flow, { by, late, entered, amendedFrom }: Entered): string {
  return [
    by ?? 'Vigil',
    ...(late ? [`late, entered ${flow.written.minute(entered)}`] : []),
    ...(amendedFrom === null ? [] : [`amended, first ${flow.written.minute(amendedFrom)}`]),
  ].join(' · ');
}

const timeColumns = [
  { head: 'time', share: 9 },
  { head: 'min', share: 6, isFigure: true },
];

export function printedEntries(flow: Flow, document: RecordDocument): void {
  flow.heading('Milestones and dose');
  flow.table(
    [...timeColumns, { head: 'what', share: 55 }, { head: 'by', share: 32 }],
    document.milestones.map((entry) => [
      flow.written.minute(entry.at.iso),
      minute(entry.at),
      [entry.detail === null ? entry.label : `${entry.label}: ${entry.detail}`, ...entry.reasons].join(' · '),
      byWords(flow, entry),
    ]),
    'None was recorded.',
  );
  printedDose(flow, document);
  flow.heading('Ratings');
  flow.table(
    [...timeColumns, { head: 'instrument', share: 22 }, { head: 'result', share: 40 }, { head: 'by', share: 25 }],
    document.ratings.map((rating) => [
      flow.written.minute(rating.at.iso),
      minute(rating.at),
      rating.name,
      resultWords(rating),
      `${rating.by ?? ''}${rating.by === null ? '' : ', '}${rating.mode}`,
    ]),
    'None was recorded.',
  );
  flow.heading('Observations (shared)');
  flow.table(
    [...timeColumns, { head: 'observation', share: 58 }, { head: 'by', share: 29 }],
    document.observations.map((entry) => [
      flow.written.minute(entry.at.iso),
      minute(entry.at),
      observationWords(entry),
      byWords(flow, entry),
    ]),
    'None was recorded.',
  );
  printedEvents(flow, document);
}

function printedDose(flow: Flow, { dose }: RecordDocument): void {
  flow.heading('Dose as given');
  if (dose.order !== null) {
    const { mg, mgPerKg, detail, second } = dose.order;
    const words = (amount: number, perKg: number | null): string =>
      `${showShort(amount, 3)} mg${perKg === null ? '' : ` (${showShort(perKg, 3)} mg/kg)`}`;
    const then = second === null ? '' : `, then ${words(second.mg, second.mgPerKg)} if wanted`;
    flow.paragraph(`Ordered: ${words(mg, mgPerKg)}${then}, ${detail}.`);
  }
  const rows = [
    ...dose.segments.map(({ from, mlPerHour, bagMg, bagMl }) => ({
      at: from,
      words: mlPerHour === 0 ? 'paused' : `${showShort(mlPerHour, 3)} mL/h of ${showShort(bagMg, 3)} mg in ${showShort(bagMl, 3)} mL`,
    })),
    ...dose.boluses.map(({ at, mg }) => ({ at, words: `bolus ${showShort(mg, 3)} mg` })),
    ...dose.steps.map(({ at, mg }) => ({ at, words: `${showShort(mg, 3)} mg at once` })),
  ].toSorted((a, b) => a.at.iso.localeCompare(b.at.iso));
  flow.table(
    [...timeColumns, { head: 'from then on', share: 87 }],
    rows.map(({ at, words }) => [flow.written.minute(at.iso), minute(at), words]),
    'No dose was given.',
  );
}

function resultWords(rating: RecordDocument['ratings'][number]): string {
  if (rating.notAssessable !== null) return `not assessable: ${rating.notAssessable.replaceAll('-', ' ')}`;
  if (rating.total === null) return `${rating.answered} of ${rating.of} answered, no total`;
  const subscales = Object.entries(rating.subscales).map(([name, value]) => `${name.replaceAll('-', ' ')} ${value ?? 'open'}`);
  return [
    rating.of > 1 ? `${rating.total} of ${rating.max}` : String(rating.total).replace('-', '−'),
    ...(rating.band === null ? [] : [rating.band]),
    ...subscales,
  ].join(' · ');
}

function observationWords({ text, chips, details, amendedWords }: RecordDocument['observations'][number]): string {
  const said = Object.entries(details).map(
    ([key, value]) => `${key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${detailWords(value)}`,
  );
  return [
    ...(text === '' ? [] : [text]),
    ...(chips.length === 0 ? [] : [chips.join(', ')]),
    ...said,
    ...(amendedWords === null ? [] : [`amended (${amendedWords.reason}), at first: ${amendedWords.firstText}`]),
  ].join(' · ');
}

function detailWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object' && value !== null && 'words' in value) return `“${String(value.words)}”`;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function printedEvents(flow: Flow, document: RecordDocument): void {
  flow.heading('Adverse events');
  flow.table(
    [...timeColumns, { head: 'event', share: 58 }, { head: 'by', share: 29 }],
    document.adverseEvents.map((event) => [
      flow.written.minute(event.at.iso),
      minute(event.at),
      [
        `${event.label}, ${event.severity}`,
        ...adverseEventLine(event, event.ended === null ? null : flow.written.minute(event.ended.iso)),
      ].join(' · '),
      byWords(flow, event),
    ]),
    'None was recorded.',
  );
  flow.heading('Drugs given');
  flow.table(
    [...timeColumns, { head: 'drug', share: 58 }, { head: 'by', share: 29 }],
    document.drugsGiven.map((drug) => [
      flow.written.minute(drug.at.iso),
      minute(drug.at),
      `${drug.drug} ${drug.dose}, ${routeName(drug.route)}${drug.reason === null ? '' : `, ${drug.reason}`}`,
      byWords(flow, drug),
    ]),
    'None was recorded.',
  );
  flow.heading('Controlled drugs');
  flow.table(
    [...timeColumns, { head: 'entry', share: 30 }, { head: 'by', share: 28 }, { head: 'witness', share: 29 }],
    document.controlledDrugs.map(({ at, kind, mg, by, witness }) => [
      flow.written.minute(at.iso),
      minute(at),
      `${kind} ${showShort(mg, 3)} mg`,
      by ?? '',
      witness,
    ]),
    'Nothing was recorded.',
  );
}

export function printedVitals(flow: Flow, document: RecordDocument): void {
  const { vitals, schedule, beyondProtocol, gaps } = document;
  flow.heading('Vitals');
  const figure = (value: number | { readonly absent: string }): string => (typeof value === 'number' ? showShort(value, 1) : '–');
  const columns = ['sys', 'dia', 'mean', 'pulse', 'SpO₂', 'resp', 'temp', 'mg in'].map((head) => ({ head, share: 8, isFigure: true }));
  flow.table(
    [...timeColumns, ...columns, { head: '   from', share: 20 }],
    vitals.map((row) => [
      flow.written.minute(row.at.iso),
      minute(row.at),
      ...[row.sysMmHg, row.diaMmHg, row.meanMmHg, row.pulsePerMin, row.spo2Percent, row.respPerMin].map(figure),
      typeof row.tempCelsius === 'number' ? showTemperature(row.tempCelsius, flow.formats.temperature) : '–',
      figure(row.deliveredMg),
      row.source === 'person' ? `by hand, ${row.by ?? ''}` : row.artefact === true ? 'monitor, artefact' : 'monitor',
    ]),
    'No set of vitals was recorded.',
  );
  flow.paragraph(
    'mmHg, /min, %; a dash is “not measured”, or marked as an artefact. The monitors’ values second by second are in the export.',
  );
  printedSchedule(flow, schedule);
  flow.heading('Beyond protocol, and what was done');
  flow.table(
    [
      { head: 'value', share: 26 },
      { head: 'when, and what was recorded', share: 74 },
    ],
    beyondProtocol.map(({ label, detail, closed }) => [label, closed === null ? detail : `${detail} · ${closed}`]),
    'No value was beyond the limits of the protocol.',
  );
  printedPoints(flow, document);
  flow.heading('Stretches without data');
  flow.table(
    [
      { head: 'from', share: 12 },
      { head: 'to', share: 12 },
      { head: 'what', share: 76 },
    ],
    gaps.map(({ from, to, monitor, cause }) => [
      flow.written.minute(from.iso),
      to === null ? 'the end' : flow.written.minute(to.iso),
      `${monitor ?? 'Vigil'}: ${gapCauseWords[cause]}`,
    ]),
    'None.',
  );
}

/** What was done in its time is a figure; the rest is named, each with its reason. */
function printedSchedule(flow: Flow, schedule: RecordDocument['schedule']): void {
  flow.heading('The protocol’s schedule');
  // What was not for this patient, or for nobody who was still here, was not due.
  const due = schedule.filter(({ end }) => end !== 'not-applicable');
  const onTime = due.filter(({ end }) => end === 'on-time').length;
  const others = schedule.length - due.length;
  const apart = others === 0 ? '' : ` ${others} ${others === 1 ? 'was' : 'were'} not applicable.`;
  flow.paragraph(
    `${onTime} of ${due.length} ${due.length === 1 ? 'time' : 'times'} that were due ${onTime === 1 ? 'was' : 'were'} kept.${apart}`,
  );
  flow.table(
    [...timeColumns, { head: 'was due', share: 30 }, { head: 'became', share: 57 }],
    schedule
      .filter(({ end }) => end !== 'on-time')
      .map(({ due, label, end, at, reason }) => [
        flow.written.minute(due.iso),
        minute(due),
        label,
        [
          end === 'open' ? 'not recorded, no reason given' : end.replaceAll('-', ' '),
          ...(at === null ? [] : [flow.written.minute(at.iso)]),
          ...(reason === null ? [] : [reason]),
        ].join(' · '),
      ]),
    'None was early, late or missed.',
  );
}

function printedPoints(flow: Flow, { withReason, openPoints }: RecordDocument): void {
  flow.heading('Done although something spoke against it');
  flow.table(
    [...timeColumns, { head: 'what', share: 27 }, { head: 'reason', share: 38 }, { head: 'by', share: 22 }],
    withReason.map(({ at, label, reasons, by }) => [flow.written.minute(at.iso), minute(at), label, reasons.join(' · '), by ?? 'Vigil']),
    'No entry needed a reason.',
  );
  flow.heading('Missing or open, and what was said to it');
  flow.table(
    [
      { head: 'point', share: 46 },
      { head: 'what was said', share: 54 },
    ],
    openPoints.map(({ label, detail, asked, closed }) => [
      detail === '' ? label : `${label}: ${detail}`,
      closed !== null ? `${closed.reason} (${closed.by ?? 'Vigil'}, ${flow.written.minute(closed.at)})` : asked ? 'nothing yet' : '',
    ]),
    'Nothing was.',
  );
}

export function printedEnd(flow: Flow, document: RecordDocument): void {
  const { discharge, signatures, amendments, rems } = document;
  flow.heading('Discharge');
  flow.table(
    [
      { head: 'criterion', share: 34 },
      { head: 'recorded', share: 14 },
      { head: 'evidence', share: 52 },
    ],
    discharge.criteria.map(({ label, verdict, evidence, by, override }) => [
      label,
      override === null ? verdict.replaceAll('-', ' ') : 'overridden',
      [
        evidence,
        ...(by === null ? [] : [by]),
        ...(override === null ? [] : [`overridden by ${override.prescriber}: ${override.reason}`]),
      ].join(' · '),
    ]),
    'No criterion was assessed.',
  );
  if (discharge.assessed === null && discharge.criteria.length > 0) {
    flow.paragraph('The criteria were not assessed together; these are the ones that were confirmed or overridden one by one.');
  }
  const { againstAdvice: left } = discharge;
  if (left !== null) {
    flow.paragraph(`Left against advice ${flow.written.minute(left.at.iso)} (${left.by ?? 'Vigil'}): ${left.words}.`);
    for (const words of left.short) flow.paragraph(`${words}.`);
  }
  const { escort } = discharge;
  flow.paragraph(
    escort === null
      ? 'No escort was recorded.'
      : `Escort: ${[escort.name ?? 'confirmed, no name recorded', ...(escort.phone === null ? [] : [escort.phone]), presentWords(escort.present)].join(', ')}.`,
  );
  for (const { at, from, to, note } of discharge.handovers) {
    flow.paragraph(`Handover ${flow.written.minute(at.iso)} from ${from} to ${to}${note === null ? '' : `: ${note}`}.`);
  }
  if (rems !== null) printedRems(flow, rems);
  flow.heading('Signatures');
  flow.table(
    [
      { head: 'version', share: 9, isFigure: true },
      { head: 'name', share: 24 },
      { head: 'meaning', share: 22 },
      { head: 'when', share: 26 },
      { head: 'record', share: 20 },
    ],
    signatures.map(({ version, name, role, meaning, at, recordHash }) => [
      String(version),
      `${name}, ${role}`,
      meaning,
      flow.written.stamp(at),
      `${recordHash.slice(0, 16)}…`,
    ]),
    'Nobody has signed this record.',
  );
  for (const { version, reason, begun, by } of amendments) {
    flow.paragraph(`Amended as version ${version} (${flow.written.stamp(begun)}, ${by ?? 'Vigil'}): ${reason}`);
  }
  printedLog(flow, document);
}

function presentWords(present: boolean | null): string {
  return present === null ? 'nothing recorded of whether they came' : present ? 'present' : 'not present';
}

function printedRems(flow: Flow, rems: NonNullable<RecordDocument['rems']>): void {
  flow.heading('REMS monitoring form: what this record holds for it');
  flow.paragraph(`The form is filled in and sent by the clinic by ${rems.dueBy}. A field without an answer says why.`);
  flow.table(
    [
      { head: 'field', share: 34 },
      { head: 'answer', share: 42 },
      { head: 'evidence', share: 24 },
    ],
    rems.fields.map(({ label, required, answer }) => [
      required ? `${label} *` : label,
      answer.value ?? `– ${answer.absent}`,
      answer.value === null ? '' : answer.evidence.map(({ at, by }) => `${flow.written.minute(at)} ${by ?? ''}`.trim()).join('; '),
    ]),
    '',
  );
}
