import { isArtefact } from '../../../shared/clinical/artefact.ts';
import { perKilogram } from '../../../shared/clinical/dose-order.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { recordFormat, recordFormatVersion, type RecordDocument } from '../../../shared/contract/record-document.ts';
import type { CuffReading, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { Mark } from '../../../shared/contract/room-board.ts';
import { withoutIsolation } from '../../../shared/values/isolated.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import { agreedDetails } from '../../../shared/clinical/observation-words.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { lastOfRecord } from '../session/events/events-beside-record.ts';
import { entryReasons } from '../session/questions/entry-reasons.ts';
import { dischargePart, pointParts, signingParts } from './record-end.ts';
import { recordFigures } from './record-figures.ts';
import { recordHistory } from './record-history.ts';
import { markedAsArtefact, recordWords, round, type RecordMaterial, type RecordWords } from './record-material.ts';
import { remsForm } from './rems-answers.ts';

/** The record of a session as one document, from its fold and the monitors' readings. Pure. */
export function recordDocument(material: RecordMaterial): RecordDocument {
  const words = recordWords(material);
  return {
    format: recordFormat,
    formatVersion: recordFormatVersion,
    room: { name: material.room.name, demo: material.room.demo },
    session: sessionPart(material, words),
    record: recordPart(material),
    facts: recordFigures(material),
    ...entryParts(material, words),
    dose: dosePart(material, words),
    vitals: vitalsPart(material, words),
    schedule: material.section.slots.map(({ key, dueMs, label, end, atMs, reason }) => ({
      key,
      label,
      end,
      reason,
      due: words.time(dueMs),
      at: atMs === null ? null : words.time(atMs),
    })),
    discharge: dischargePart(material, words),
    ...pointParts(material, words),
    ...signingParts(material, words),
    history: recordHistory(material, words),
    rems: remsForm(material, words),
  };
}

function sessionPart({ state, section }: RecordMaterial, { time, iso }: RecordWords): RecordDocument['session'] {
  const { patient, protocol, course, sessionId, weight } = section;
  return {
    sessionId,
    patient: { name: patient.name, birthDate: patient.birthDate, recordNumber: patient.recordNumber },
    course,
    protocol: {
      protocolId: protocol.protocolId,
      version: protocol.version,
      name: protocol.name,
      unconfirmed: protocol.unconfirmed,
    },
    opened: time(state.openedMs),
    ended: state.ended === null ? null : time(state.ended.atMs),
    doseStarted: state.dose.startedMs === null ? null : iso(state.dose.startedMs),
    remote: state.remoteFacts,
    weight:
      weight === null
        ? null
        : { kg: fromThousandths(weight.grams), entered: `${showShort(weight.entered.value, 2)} ${weight.entered.unit}` },
  };
}

function recordPart({ state, recordHash }: RecordMaterial): RecordDocument['record'] {
  const { versions, amendment } = state.signing;
  const last = versions.at(-1);
  // While a signed record is being amended, what is printed is not what was signed, and must not carry its hash.
  const signed = last !== undefined && amendment === null ? last : null;
  return {
    version: last?.version ?? null,
    state: signed !== null ? 'signed' : amendment !== null ? 'being-amended' : state.ended === null ? 'running' : 'unsigned',
    amended: versions.length > 1 || amendment !== null,
    hash: signed?.recordHash ?? recordHash,
    throughSeq: signed?.throughSeq ?? lastOfRecord(state.log),
  };
}

function reasonsIn({ log }: RecordMaterial['state']): (eventId: string) => string[] {
  const events = new Map(log.map((event) => [event.eventId, event]));
  return (eventId) => {
    const event = events.get(eventId);
    return event === undefined ? [] : [...entryReasons(event)];
  };
}

type EntryParts = Pick<
  RecordDocument,
  'milestones' | 'ratings' | 'observations' | 'adverseEvents' | 'drugsGiven' | 'controlledDrugs' | 'gaps'
>;

interface Entered {
  readonly eventId: string;
  readonly atMs: UtcMs;
  readonly enteredMs: UtcMs;
  readonly late: boolean;
  readonly amendedFromMs: UtcMs | null;
  readonly by: string | null;
}

/** Without the signs that set typed text apart on a screen. */
function inPlainWords(mark: Mark): Mark {
  return { ...mark, label: withoutIsolation(mark.label), detail: mark.detail === null ? null : withoutIsolation(mark.detail) };
}

function entryParts({ state, section }: RecordMaterial, { time, iso }: RecordWords): EntryParts {
  const entry = ({ eventId, atMs, enteredMs, late, amendedFromMs, by }: Entered) => ({
    eventId,
    at: time(atMs),
    entered: iso(enteredMs),
    late,
    amendedFrom: amendedFromMs === null ? null : iso(amendedFromMs),
    by,
  });
  const reasonsWith = reasonsIn(state);
  return {
    milestones: section.marks.map((mark) => {
      const { eventId, kind, label, detail } = inPlainWords(mark);
      return { ...entry(mark), kind, label, detail, reasons: reasonsWith(eventId) };
    }),
    ratings: section.ratings.map((rating) => {
      const { eventId, instrument, mode, by, notAssessable, total, max, answered, of, band, textPackHash } = rating;
      return {
        eventId,
        instrument,
        mode,
        by,
        notAssessable,
        total,
        max,
        answered,
        of,
        band,
        textPackHash,
        at: time(rating.atMs),
        name: instruments[instrument].name,
        state: rating.state,
        items: [...rating.items],
        subscales: rating.subscales,
      };
    }),
    observations: section.observations.map(({ text, chips, details, amended, ...rest }) => ({
      ...entry(rest),
      text,
      chips: chips.map(({ chip }) => chip),
      details: agreedDetails(details),
      amendedWords: amended === null ? null : { reason: amended.reason, firstText: amended.firstText },
    })),
    adverseEvents: section.adverseEvents.map(({ label, severity, serious, actions, outcome, relatedness, detail, endedMs, ...rest }) => ({
      ...entry(rest),
      label,
      severity,
      outcome,
      relatedness,
      detail,
      serious: serious === null ? null : [...serious],
      actions: [...actions],
      ended: endedMs === null ? null : time(endedMs),
    })),
    drugsGiven: section.drugsGiven.map(({ drug, dose, route, reason, ...rest }) => ({ ...entry(rest), drug, dose, route, reason })),
    controlledDrugs: section.controlledDrugs.entries.map(({ atMs, kind, ug, by, witness }) => ({
      at: time(atMs),
      kind,
      by,
      witness,
      mg: fromThousandths(ug),
    })),
    gaps: state.gaps.map(({ fromMs, toMs, monitor, cause }) => ({
      from: time(fromMs),
      to: toMs === null ? null : time(toMs),
      monitor: monitor?.name ?? null,
      cause,
    })),
  };
}

/** Of the amount beside it: what was asked for, or where steps made another one of it, what is drawn. */
function orderedPerKg(
  { doseUg, ugPerKg, exact }: { readonly doseUg: number; readonly ugPerKg: number; readonly exact?: object | undefined },
  grams: number,
): number {
  return fromThousandths(exact === undefined ? ugPerKg : perKilogram(doseUg, grams));
}

function dosePart({ state, section }: RecordMaterial, { time }: RecordWords): RecordDocument['dose'] {
  const { timeline } = state.dose;
  const { order, routeOrder } = state;
  const mg = fromThousandths;
  return {
    state: section.dose.state,
    order:
      order !== null
        ? {
            mg: mg(order.doseUg),
            mgPerKg: orderedPerKg(order, order.weightGrams),
            detail: `${mg(order.bag.ug)} mg in ${mg(order.bag.ul)} mL at ${mg(order.rateUlPerHour)} mL/h over ${order.minutes} min`,
            second: null,
          }
        : routeOrder !== null
          ? {
              mg: mg(routeOrder.doseUg),
              mgPerKg: routeOrder.route === 'im' ? orderedPerKg(routeOrder, routeOrder.weightGrams) : null,
              detail: routeOrder.route,
              second:
                routeOrder.route === 'im' && routeOrder.second !== null
                  ? { mg: mg(routeOrder.second.doseUg), mgPerKg: orderedPerKg(routeOrder.second, routeOrder.weightGrams) }
                  : null,
            }
          : null,
    segments: timeline.segments.map(({ fromMs, rateUlPerHour, bag }) => ({
      from: time(fromMs),
      mlPerHour: mg(rateUlPerHour),
      bagMg: mg(bag.ug),
      bagMl: mg(bag.ul),
    })),
    boluses: timeline.boluses.map(({ atMs, ug }) => ({ at: time(atMs), mg: mg(ug) })),
    steps: (timeline.steps ?? []).map(({ atMs, ug }) => ({ at: time(atMs), mg: mg(ug) })),
  };
}

/** A value that stood beside a cuff reading is looked for this long before it. */
const besideMs = 15_000;
const none = { absent: 'not measured' };

/** What a monitor's line said beside a cuff reading; a value that was marked as an artefact is named as one and not given. */
function besideCuff({ state, trend }: RecordMaterial, metric: TrendMetric, atMs: UtcMs): number | { absent: string } {
  let isMarked = false;
  const last = Math.min(trend.length - 1, Math.floor((atMs - trend.fromMs) / trend.stepMs));
  for (let index = last; index >= 0 && trend.fromMs + index * trend.stepMs >= atMs - besideMs; index -= 1) {
    const value = trend.columns[metric][index] ?? null;
    if (value === null) continue;
    if (!isArtefact(state.artefacts, metric, trend.fromMs + index * trend.stepMs)) return value;
    isMarked = true;
  }
  return isMarked ? { absent: markedAsArtefact } : none;
}

function vitalsPart(material: RecordMaterial, { time, by }: RecordWords): RecordDocument['vitals'] {
  const { state, section } = material;
  const mgAt = (atMs: UtcMs): number => round(deliveredUg(state.dose.timeline, atMs) / 1000, 3);
  const lines = (atMs: UtcMs) => ({
    pulsePerMin: besideCuff(material, 'pulse-rate', atMs),
    spo2Percent: besideCuff(material, 'spo2', atMs),
    respPerMin: besideCuff(material, 'resp-rate', atMs),
  });
  const measured = section.cuffReadings
    .filter((cuff) => !cuff.byHand)
    .map((cuff: CuffReading) => ({
      atMs: cuff.atMs,
      row: {
        at: time(cuff.atMs),
        source: 'monitor' as const,
        by: null,
        sysMmHg: cuff.sys,
        diaMmHg: cuff.dia,
        meanMmHg: cuff.mean ?? { absent: 'not stated by the monitor' },
        tempCelsius: none,
        ...lines(cuff.atMs),
        deliveredMg: mgAt(cuff.atMs),
        ...(cuff.artefact === true ? { artefact: true as const } : {}),
      },
    }));
  // What this person typed and nothing else: a figure of the monitor beside it is not theirs.
  const typed = state.vitals.map(({ atMs, actor, values }) => ({
    atMs,
    row: {
      at: time(atMs),
      source: 'person' as const,
      by: by(actor),
      sysMmHg: values['nibp-sys'] ?? none,
      diaMmHg: values['nibp-dia'] ?? none,
      meanMmHg: none,
      tempCelsius: values.temp ?? none,
      pulsePerMin: values['pulse-rate'] ?? none,
      spo2Percent: values.spo2 ?? none,
      respPerMin: values['resp-rate'] ?? none,
      deliveredMg: mgAt(atMs),
    },
  }));
  return [...measured, ...typed].toSorted((a, b) => a.atMs - b.atMs).map(({ row }) => row);
}
