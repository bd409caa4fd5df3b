import { milestones } from '../../../shared/clinical/milestone.ts';
import { unconfirmedIn } from '../../../shared/clinical/unconfirmed.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ArtefactView, TypedVitalsView } from '../../../shared/contract/session-view/entries.ts';
import { isolatedIn } from '../../../shared/values/isolated.ts';
import { doseStatusOf } from '../session/questions/dose-words.ts';
import { cuffReadings, typedValues } from '../session/questions/recorded-vitals.ts';
import { availableActions } from '../session/questions/available-actions.ts';
import { entryContent, eventLabel } from '../session/events/event-words.ts';
import { milestoneWords } from '../session/events/milestones.ts';
import { shown } from '../session/events/shown-event.ts';
import { joined } from '../session/events/entry-words.ts';
import type { NameOf } from '../session/events/session-event.ts';
import { scoringOf } from '../session/state/rating-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { RecordedContext, SessionContext } from './session-context.ts';
import { adverseEventViews, drugGivenViews } from './session-adverse-events.ts';
import { sessionDrugs } from './session-drugs.ts';
import { sessionDischarge } from './session-discharge.ts';
import { sessionDue } from './session-due.ts';
import { routeDose, sessionDosing } from './session-dosing.ts';
import { sessionMarks } from './session-marks.ts';
import { endedSlots } from '../session/questions/ended-slots.ts';
import { signedState } from '../session/questions/signed-state.ts';
import { sessionRatings } from './session-ratings.ts';
import { sessionObservations, sessionPrivateMarks } from './session-observations.ts';
import { undoableEvents } from './undoable-events.ts';

/** What of the picture changes with the clock, the links and the trend; all else changes with what is recorded. */
type MomentView = Pick<SessionView, 'controlledDrugs' | 'due' | 'slots' | 'actions' | 'undoable' | 'discharge'>;
export type RecordedView = Omit<SessionView, keyof MomentView>;

/** A session as the screens draw it, running or past: a pure picture of its fold. */
export function sessionView(state: SessionState, context: SessionContext): SessionView {
  return { ...recordedView(state, context), ...momentView(state, context) };
}

export function recordedView(state: SessionState, context: RecordedContext): RecordedView {
  const { protocol } = context;
  const by = context.nameOf;
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
    responsible: responsibleFor(state, by),
    responsibleLeft: false,
    dose: doseView(state, protocol),
    dosing: sessionDosing(state, protocol, (eventId) => whoDid(state, eventId, by)),
    needsPumpConfirmation: state.needsPumpConfirmation,
    marks: sessionMarks(state, by),
    cuffReadings: cuffReadings(state, context.cuffs),
    enteredVitals: typedValues(state).map(({ actor, ...value }) => ({ ...value, by: by(actor) })),
    typedVitals: typedVitals(state, by),
    artefacts: artefactViews(state, by),
    gaps: state.gaps.map(({ fromMs, toMs, cause }) => ({ fromMs, toMs, cause })),
    clockSteps: [...state.clockSteps],
    ratings: sessionRatings(state, protocol, by),
    scoring: scoringOf(state, protocol),
    observations: sessionObservations(state, by),
    privateMarks: sessionPrivateMarks(state, context.privateMarksShown),
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
    checklist: checklist(state, protocol),
    signed: signedState(state),
  };
}

export function momentView(state: SessionState, context: SessionContext): MomentView {
  const { protocol, nowMs } = context;
  return {
    controlledDrugs: sessionDrugs(state, protocol, context.nameOf, nowMs),
    due: sessionDue(state, context),
    slots: endedSlots(state, protocol, context.cuffs, nowMs),
    actions: [...availableActions(state, protocol, context)],
    undoable: undoableEvents(state, nowMs),
    discharge: sessionDischarge(state, context),
  };
}

/** Whoever took over last; before any handover whoever opened the session. */
function responsibleFor(state: SessionState, by: NameOf): string | null {
  const opened = state.log.find((event) => event.kind === 'session-opened');
  return state.discharge.handovers.at(-1)?.to.name ?? (opened === undefined ? null : by(opened.actor));
}

function whoDid(state: SessionState, eventId: string, by: NameOf): string | null {
  const event = state.log.find((one) => one.eventId === eventId);
  return event === undefined ? null : by(event.actor);
}

/** The dose as a screen draws it. */
export function doseView(state: SessionState, protocol: Protocol): DoseView {
  const { dose, order } = state;
  return {
    state: doseStatusOf(state),
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

function artefactViews({ history }: SessionState, by: NameOf): ArtefactView[] {
  return history.flatMap(({ event, atMs, late, amendedFromMs }) => {
    if (event.kind !== 'artefact-marked') return [];
    const { eventId, recorded, actor, body } = event;
    const { metric, fromMs, toMs } = body;
    const entry = { eventId, atMs, late, amendedFromMs, enteredMs: recorded.utcMs, by: by(actor) };
    return [{ ...entry, metric, fromMs, toMs, label: eventLabel(event), detail: entryContent(shown(event)) }];
  });
}

/** As they were typed together; in the words that the record has for them. */
function typedVitals({ history }: SessionState, by: NameOf): TypedVitalsView[] {
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
