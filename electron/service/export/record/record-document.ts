import { adverseEventCategories } from '../../../../shared/clinical/adverse-event.ts';
import { agreedDetails } from '../../../../shared/clinical/observation-words.ts';
import { isArtefact } from '../../../../shared/clinical/artefact.ts';
import { perKilogram } from '../../../../shared/clinical/dose-order.ts';
import { deliveredUg } from '../../../../shared/clinical/dosing.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { recordFormat, recordFormatVersion, type RecordDocument } from '../../../../shared/contract/record-document.ts';
import { trendFullMs, type TrendMetric } from '../../../../shared/clinical/measured-vitals.ts';
import { unconfirmedIn } from '../../../../shared/clinical/unconfirmed.ts';
import { withoutIsolation } from '../../../../shared/values/isolated.ts';
import { fromThousandths, showShort } from '../../../../shared/values/quantity.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { lastOfRecord } from '../../session/events/events-beside-record.ts';
import { toldLog } from '../../session/events/leaves.ts';
import { doseStatusOf } from '../../session/questions/dose-words.ts';
import { drugEntries } from '../../session/questions/drug-entries.ts';
import { endedSlots } from '../../session/questions/ended-slots.ts';
import { entryReasons } from '../../session/questions/entry-reasons.ts';
import { markedEntries } from '../../session/questions/marks.ts';
import { cuffReadings } from '../../session/questions/recorded-vitals.ts';
import { scoredRatings } from '../../session/questions/scored-ratings.ts';
import type { Entry } from '../../session/state/entry.ts';
import { foldSession, type SessionState } from '../../session/state/session-state.ts';
import { dischargePart, pointParts, signingParts } from './record-end.ts';
import { recordFigures } from './record-figures.ts';
import { recordHistory } from './record-history.ts';
import { idOf, markedAsArtefact, recordWords, round, type RecordWords } from './record-words.ts';
import type { SessionSource } from './session-source.ts';
import { remsForm } from './rems-answers.ts';

/**
 * The record of a session as one document, from the fold of what leaves of its log and the monitors' readings. Pure.
 * Only where it ends and what was signed are of the log as it is, and of each entry that does not leave, that it was made.
 */
export function recordDocument(inRoom: SessionSource): RecordDocument {
  const source = { ...inRoom, state: toldState(inRoom.state) };
  const words = recordWords(source);
  return {
    format: recordFormat,
    formatVersion: recordFormatVersion,
    room: { roomId: source.room.roomId, name: source.room.name, demo: source.room.demo },
    session: sessionPart(source, words),
    record: recordPart(inRoom),
    facts: recordFigures(source),
    ...entryParts(source, words),
    dose: dosePart(source, words),
    vitals: vitalsPart(source, words),
    schedule: schedulePart(source, words),
    discharge: dischargePart(source, words),
    ...pointParts(source, words),
    ...signingParts(inRoom, words),
    history: recordHistory(inRoom, words),
    rems: remsForm(source, words),
  };
}

function toldState(state: SessionState): SessionState {
  const told = toldLog(state.log);
  return told.length === state.log.length && told.every((event, index) => event === state.log[index])
    ? state
    : (foldSession(told) ?? state);
}

function schedulePart({ state, protocol, vitals, nowMs }: SessionSource, { time }: RecordWords): RecordDocument['schedule'] {
  return endedSlots(state, protocol, vitals.cuffs, nowMs).map(({ key, dueMs, label, end, atMs, reason }) => ({
    key,
    label,
    end,
    reason,
    due: time(dueMs),
    at: atMs === null ? null : time(atMs),
  }));
}

function sessionPart({ state, protocol }: SessionSource, { time, iso }: RecordWords): RecordDocument['session'] {
  const { opened, sessionId, weight, ratings } = state;
  return {
    sessionId,
    patient: { patientId: opened.patientId, name: opened.patientName, birthDate: opened.birthDate, recordNumber: opened.recordNumber },
    course: opened.course,
    protocol: {
      protocolId: protocol.id,
      version: protocol.version,
      name: protocol.name,
      unconfirmed: [
        ...unconfirmedIn(
          protocol,
          ratings.map(({ instrument }) => instrument),
        ),
      ],
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

function recordPart({ state, recordHash }: SessionSource): RecordDocument['record'] {
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

function reasonsIn({ log }: SessionSource['state']): (eventId: string) => string[] {
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

function entryParts(source: SessionSource, words: RecordWords): EntryParts {
  const { state } = source;
  const { time, iso, by } = words;
  const entry = ({ eventId, atMs, enteredMs, late, amendedFromMs, actor }: Entry) => ({
    eventId,
    at: time(atMs),
    entered: iso(enteredMs),
    late,
    amendedFrom: amendedFromMs === null ? null : iso(amendedFromMs),
    by: by(actor),
    byId: idOf(actor),
  });
  const reasonsWith = reasonsIn(state);
  return {
    // Without the signs that set typed text apart on a screen.
    milestones: markedEntries(state).map(({ kind, label, detail, ...mark }) => ({
      ...entry(mark),
      kind,
      label: withoutIsolation(label),
      detail: detail === null ? null : withoutIsolation(detail),
      reasons: reasonsWith(mark.eventId),
    })),
    ratings: ratingsPart(source, words),
    observations: state.observations.map(({ text, chips, details, amended, ...rest }) => ({
      ...entry(rest),
      text,
      chips: chips.map(({ chip }) => chip),
      details: agreedDetails(details ?? {}),
      amendedWords: amended === null ? null : { reason: amended.reason, firstText: amended.firstText },
    })),
    adverseEvents: state.adverseEvents.map(({ category, severity, serious, actions, outcome, relatedness, detail, endedMs, ...rest }) => ({
      ...entry(rest),
      category,
      label: adverseEventCategories[category],
      severity,
      outcome,
      relatedness,
      detail,
      serious: serious === null ? null : [...serious],
      actions: [...actions],
      ended: endedMs === null ? null : time(endedMs),
    })),
    drugsGiven: state.drugsGiven.map(({ drug, dose, route, reason, ...rest }) => ({
      ...entry(rest),
      drug,
      dose,
      route,
      reason: reason ?? null,
    })),
    controlledDrugs: drugEntries(state.controlledDrugs).map(({ eventId, atMs, kind, ug, actor, witness }) => ({
      eventId,
      at: time(atMs),
      kind,
      by: by(actor),
      byId: idOf(actor),
      witness: witness.name,
      witnessId: witness.personId,
      mg: fromThousandths(ug),
    })),
    gaps: state.gaps.map(({ fromMs, toMs, monitor, cause }) => ({
      from: time(fromMs),
      to: toMs === null ? null : time(toMs),
      monitor: monitor?.name ?? null,
      monitorId: monitor?.monitorId ?? null,
      cause,
    })),
  };
}

function ratingsPart({ state, protocol }: SessionSource, { time, by }: RecordWords): RecordDocument['ratings'] {
  return scoredRatings(state, protocol).map((rating) => {
    const { eventId, instrument, mode, notAssessable, total, max, score, band, textPackHash } = rating;
    return {
      eventId,
      instrument,
      mode,
      by: by(rating.actor),
      byId: idOf(rating.actor),
      notAssessable,
      total,
      max,
      answered: score.answered,
      of: score.of,
      band,
      textPackHash,
      at: time(rating.atMs),
      name: instruments[instrument].name,
      state: rating.state,
      items: [...rating.items],
      subscales: score.subscales,
    };
  });
}

/** Of the amount beside it: what was asked for, or where steps made another one of it, what is drawn. */
function orderedPerKg(
  { doseUg, ugPerKg, exact }: { readonly doseUg: number; readonly ugPerKg: number; readonly exact?: object | undefined },
  grams: number,
): number {
  return fromThousandths(exact === undefined ? ugPerKg : perKilogram(doseUg, grams));
}

function dosePart({ state }: SessionSource, { time }: RecordWords): RecordDocument['dose'] {
  const { timeline, begunBy, bolusIds, administrations } = state.dose;
  const { order, routeOrder } = state;
  const mg = fromThousandths;
  return {
    state: doseStatusOf(state),
    order:
      order !== null
        ? {
            eventId: order.eventId,
            mg: mg(order.doseUg),
            mgPerKg: orderedPerKg(order, order.weightGrams),
            detail: `${mg(order.bag.ug)} mg in ${mg(order.bag.ul)} mL at ${mg(order.rateUlPerHour)} mL/h over ${order.minutes} min`,
            second: null,
          }
        : routeOrder !== null
          ? {
              eventId: routeOrder.eventId,
              mg: mg(routeOrder.doseUg),
              mgPerKg: routeOrder.route === 'im' ? orderedPerKg(routeOrder, routeOrder.weightGrams) : null,
              detail: routeOrder.route,
              second:
                routeOrder.route === 'im' && routeOrder.second !== null
                  ? { mg: mg(routeOrder.second.doseUg), mgPerKg: orderedPerKg(routeOrder.second, routeOrder.weightGrams) }
                  : null,
            }
          : null,
    segments: timeline.segments.map(({ fromMs, rateUlPerHour, bag }, index) => ({
      eventId: begunBy[index] ?? '',
      from: time(fromMs),
      mlPerHour: mg(rateUlPerHour),
      bagMg: mg(bag.ug),
      bagMl: mg(bag.ul),
    })),
    boluses: timeline.boluses.map(({ atMs, ug }, index) => ({ eventId: bolusIds[index] ?? '', at: time(atMs), mg: mg(ug) })),
    steps: administrations.map(({ eventId, atMs, ug }) => ({ eventId, at: time(atMs), mg: mg(ug) })),
  };
}

/** A value that stood beside a cuff reading is looked for this long before it. */
const besideMs = 15_000;
const none = { absent: 'not measured' };
/** A session of more than seven days: its seconds are in the record, and this document no longer looks there. */
const notLookedUp = { absent: 'not looked up: more than seven days after the opening' };

/** What a monitor's line said beside a cuff reading; a value that was marked as an artefact is named as one and not given. */
function besideCuff({ state, vitals: { trend } }: SessionSource, metric: TrendMetric, atMs: UtcMs): number | { absent: string } {
  let isMarked = false;
  const fullMs = trendFullMs(trend);
  if (fullMs !== null && atMs >= fullMs) return notLookedUp;
  const last = Math.min(trend.length - 1, Math.floor((atMs - trend.fromMs) / trend.stepMs));
  for (let index = last; index >= 0 && trend.fromMs + index * trend.stepMs >= atMs - besideMs; index -= 1) {
    const value = trend.columns[metric][index] ?? null;
    if (value === null) continue;
    if (!isArtefact(state.artefacts, metric, trend.fromMs + index * trend.stepMs)) return value;
    isMarked = true;
  }
  return isMarked ? { absent: markedAsArtefact } : none;
}

function vitalsPart(source: SessionSource, { time, by }: RecordWords): RecordDocument['vitals'] {
  const { state, vitals } = source;
  const mgAt = (atMs: UtcMs): number => round(deliveredUg(state.dose.timeline, atMs) / 1000, 3);
  const lines = (atMs: UtcMs) => ({
    pulsePerMin: besideCuff(source, 'pulse-rate', atMs),
    spo2Percent: besideCuff(source, 'spo2', atMs),
    respPerMin: besideCuff(source, 'resp-rate', atMs),
  });
  const measured = cuffReadings(state, vitals.cuffs)
    .filter((cuff) => !cuff.byHand)
    .map((cuff) => ({
      atMs: cuff.atMs,
      row: {
        at: time(cuff.atMs),
        source: 'monitor' as const,
        by: null,
        byId: null,
        eventId: null,
        monitorId: cuff.monitorId ?? null,
        sysMmHg: cuff.sys,
        diaMmHg: cuff.dia,
        meanMmHg: cuff.mean ?? { absent: 'not stated by the monitor' },
        tempCelsius: none,
        ...lines(cuff.atMs),
        deliveredMg: mgAt(cuff.atMs),
        ...(cuff.artefact === true ? { artefact: true as const } : {}),
      },
    }));
  // Only what this person typed: a monitor's figure of the same moment is not theirs.
  const typed = state.vitals.map(({ eventId, atMs, actor, values }) => ({
    atMs,
    row: {
      at: time(atMs),
      source: 'person' as const,
      by: by(actor),
      byId: idOf(actor),
      eventId,
      monitorId: null,
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
