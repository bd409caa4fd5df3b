import { milestones } from '../../../shared/clinical/milestone.ts';
import { unconfirmedIn } from '../../../shared/clinical/unconfirmed.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ArtefactView, TypedVitalsView } from '../../../shared/contract/session-view/entries.ts';
import { isolatedIn } from '../../../shared/values/isolated.ts';
import { doseStanding } from '../session/questions/dose-words.ts';
import { cuffReadings, typedValues } from '../session/questions/recorded-vitals.ts';
import { availableActions } from '../session/questions/available-actions.ts';
import { entryContent, eventLabel } from '../session/events/event-words.ts';
import { milestoneWords } from '../session/events/milestones.ts';
import { shown } from '../session/events/shown-event.ts';
import { joined } from '../session/events/entry-words.ts';
import type { Actor } from '../session/events/session-event.ts';
import { scoringOf } from '../session/state/rating-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { SessionSurroundings } from './session-surroundings.ts';
import { adverseEventViews, drugGivenViews } from './session-adverse-events.ts';
import { sessionDrugs } from './session-drugs.ts';
import { sessionDischarge } from './session-discharge.ts';
import { sessionDue } from './session-due.ts';
import { routeDose, sessionDosing } from './session-dosing.ts';
import { sessionMarks } from './session-marks.ts';
import { endedSlots } from '../session/questions/ended-slots.ts';
import { signedState } from './session-signing.ts';
import { sessionRatings } from './session-ratings.ts';
import { sessionObservations, sessionPrivateMarks } from './session-observations.ts';
import { undoableEvents } from './undoable-events.ts';

/** A session as the screens draw it, running or past: a pure picture of its fold. */
export function sessionSection(state: SessionState, around: SessionSurroundings): SessionView {
  const { protocol, nowMs } = around;
  const by = (actor: Actor): string | null => (actor === 'service' ? null : around.nameOf(actor.personId));
  const { opened, weight } = state;
  return {
    sessionId: state.sessionId,
    patient: {
      patientId: opened.patientId,
      name: opened.patientName,
      birthDate: opened.birthDate,
      recordNumber: opened.recordNumber,
    },
    course: opened.course,
    protocol: {
      protocolId: protocol.id,
      version: protocol.version,
      name: protocol.name,
      shortName: protocol.shortName,
      unconfirmed: [
        ...unconfirmedIn(
          protocol,
          state.ratings.map(({ instrument }) => instrument),
        ),
      ],
      referenceLines: protocol.referenceLines,
    },
    openedMs: state.openedMs,
    endedMs: state.ended?.atMs ?? null,
    phase: state.phase,
    phases: [...state.phases],
    weight: weight === null ? null : { grams: weight.grams, entered: weight.entered, atMs: weight.atMs },
    dose: doseView(state, protocol),
    dosing: sessionDosing(state, protocol, (eventId) => whoDid(state, eventId, by)),
    marks: sessionMarks(state, by),
    scoring: scoringOf(state, protocol),
    ratings: sessionRatings(state, protocol, by),
    observations: sessionObservations(state, by),
    privateMarks: sessionPrivateMarks(state, around.privateMarksShown),
    adverseEvents: adverseEventViews(state, by),
    drugsGiven: drugGivenViews(state, by),
    formulary: protocol.formulary.map(({ id, name, purpose, routes, usualDose, controlled }) => ({
      id,
      name,
      purpose,
      routes,
      usualDose,
      controlled,
    })),
    controlledDrugs: sessionDrugs(state, protocol, by, nowMs),
    cuffReadings: cuffReadings(state, around.cuffs),
    enteredVitals: typedValues(state).map(({ actor, ...value }) => ({ ...value, by: by(actor) })),
    typedVitals: typedVitals(state, by),
    artefacts: artefactViews(state, by),
    gaps: state.gaps.map(({ fromMs, toMs, cause }) => ({ fromMs, toMs, cause })),
    clockSteps: [...state.clockSteps],
    due: sessionDue(state, around),
    slots: endedSlots(state, protocol, around.cuffs, nowMs),
    actions: [...availableActions(state, protocol, around)],
    checklist: checklist(state, protocol),
    undoable: undoableEvents(state, nowMs),
    needsPumpConfirmation: state.needsPumpConfirmation,
    responsible: responsibleFor(state, by),
    discharge: sessionDischarge(state, around),
    signed: signedState(state),
  };
}

/** Whoever took over last; before any handover whoever opened the session. */
function responsibleFor(state: SessionState, by: (actor: Actor) => string | null): string | null {
  const opened = state.log.find((event) => event.kind === 'session-opened');
  return state.discharge.handovers.at(-1)?.to.name ?? (opened === undefined ? null : by(opened.actor));
}

function whoDid(state: SessionState, eventId: string, by: (actor: Actor) => string | null): string | null {
  const event = state.log.find((one) => one.eventId === eventId);
  return event === undefined ? null : by(event.actor);
}

/** The dose as a screen draws it. */
export function doseView(state: SessionState, protocol: Protocol): DoseView {
  const { dose, order } = state;
  return {
    state: doseStanding(state),
    order:
      order === null
        ? null
        : {
            ugPerKg: order.ugPerKg,
            weightGrams: order.weightGrams,
            doseUg: order.doseUg,
            bag: order.bag,
            minutes: order.minutes,
            rateUlPerHour: order.rateUlPerHour,
            ...(order.exact === undefined ? {} : { exact: order.exact }),
          },
    segments: [...dose.timeline.segments],
    boluses: [...dose.timeline.boluses],
    ...routeDose(state, protocol),
    startedMs: dose.startedMs,
    endedMs: dose.endedMs,
    predictedEndMs: dose.predictedEndMs,
  };
}

function artefactViews({ history }: SessionState, by: (actor: Actor) => string | null): ArtefactView[] {
  return history.flatMap(({ event, atMs, late, amendedFromMs }) => {
    if (event.kind !== 'artefact-marked') return [];
    const { eventId, recorded, actor, body } = event;
    const { metric, fromMs, toMs } = body;
    const entry = { eventId, atMs, late, amendedFromMs, enteredMs: recorded.utcMs, by: by(actor) };
    return [{ ...entry, metric, fromMs, toMs, label: eventLabel(event), detail: entryContent(shown(event)) }];
  });
}

/** As they were typed together; in the words that the record has for them. */
function typedVitals({ history }: SessionState, by: (actor: Actor) => string | null): TypedVitalsView[] {
  return history.flatMap(({ event, made, atMs, late, amendedFromMs }) => {
    if (event.kind !== 'vitals-entered') return [];
    const first = made === null ? null : `corrected, first ${entryContent(shown(made))}`;
    const { eventId, recorded, actor, body } = event;
    const detail = joined(entryContent(shown(event)), first);
    return [{ eventId, atMs, late, amendedFromMs, enteredMs: recorded.utcMs, by: by(actor), detail, values: body.values }];
  });
}

function checklist(state: SessionState, protocol: Protocol): SessionView['checklist'] {
  return protocol.milestones
    .filter(({ milestone }) => milestones[milestone].stage === 'pre')
    .map(({ milestone, beforeDose, stop }) => {
      const done = state.milestones.findLast((entry) => entry.milestone === milestone);
      return {
        milestone,
        label: milestones[milestone].label,
        required: beforeDose || stop === true,
        ...(stop === true ? { stop } : {}),
        doneMs: done?.atMs ?? null,
        detail: done === undefined ? null : milestoneWords(isolatedIn(done)),
      };
    });
}
