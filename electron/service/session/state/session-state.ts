import type { GapCause } from '../../../../shared/clinical/gap-cause.ts';
import { milestones, phaseKeys, type MilestoneKey, type PhaseKey } from '../../../../shared/clinical/milestone.ts';
import type { MonitorId, SessionId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { findUnlinkedDrugs, foldAdverseEvents, type AdverseEventState } from './adverse-event-state.ts';
import { closedWaste, foldControlledDrugs, type ControlledDrugs } from './controlled-drug-state.ts';
import { foldDischarge, type DischargeState } from './discharge-state.ts';
import { foldDose, type DoseState } from './dose-state.ts';
import { foldRemsAnswers } from './rems-state.ts';
import { findRouteGround, findUncheckedStart } from './start-order.ts';
import { foldRouteState, impliedMilestones, type RouteState } from './route-state.ts';
import type { Entry } from './entry.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import { effectiveHistory, type EffectiveEvent } from './history.ts';
import { foldObservations, type ObservationState } from './observation-state.ts';
import { foldRatings, type RatingState } from './rating-state.ts';
import type { EventBody, SessionEvent, SessionEventKind } from '../events/session-event.ts';
import { foldSigning, withChanges, type SigningState } from './signing-state.ts';

export interface SessionGap {
  /** null for a stretch in which Vigil itself did not record. */
  readonly monitor: { readonly monitorId: MonitorId; readonly name: string } | null;
  readonly fromMs: UtcMs;
  /** null while it lasts. */
  readonly toMs: UtcMs | null;
  readonly cause: GapCause;
}

export interface ClockStep {
  readonly atMs: UtcMs;
  readonly byMs: number;
  /** The computer's time minus the session's, from then on. */
  readonly aheadMs: number;
}

/** Vitals that a person typed, as they hold. `first`: as they were typed, where a correction says otherwise. */
export type EnteredVitals = EventBody<'vitals-entered'> & Entry & { readonly first?: EventBody<'vitals-entered'>['values'] };

/** A session as its log says it stands. Rebuilt from the log, never changed. */
export interface SessionState extends RouteState {
  readonly sessionId: SessionId;
  /** Everything recorded, in sequence of recording. */
  readonly log: readonly SessionEvent[];
  /** What holds of it, in clinical sequence. */
  readonly history: readonly EffectiveEvent[];
  /** Empty for a log that was written through the decisions. */
  readonly problems: readonly FitProblem[];
  readonly opened: EventBody<'session-opened'>;
  readonly openedMs: UtcMs;
  readonly weight: (EventBody<'weight-recorded'> & Entry) | null;
  readonly order: (EventBody<'dose-ordered'> & Entry) | null;
  readonly dose: DoseState;
  readonly phase: PhaseKey;
  /** Those reached, in order. */
  readonly phases: readonly { readonly phase: PhaseKey; readonly fromMs: UtcMs }[];
  readonly milestones: readonly (EventBody<'milestone-reached'> & Entry)[];
  readonly ratings: readonly RatingState[];
  readonly observations: readonly ObservationState[];
  /** Where private notes exist, and whose. Their words are not in the log. */
  readonly privateMarks: readonly (EventBody<'private-note-marked'> & Entry)[];
  readonly adverseEvents: readonly AdverseEventState[];
  /** Rescue and comfort drugs. */
  readonly drugsGiven: readonly (EventBody<'drug-given'> & Entry)[];
  readonly controlledDrugs: ControlledDrugs;
  readonly vitals: readonly EnteredVitals[];
  /** Of a monitor's values: those that a person holds to be none of the patient. */
  readonly artefacts: readonly (EventBody<'artefact-marked'> & Entry)[];
  /** Slots of the schedule that a person said were missed. */
  readonly missedSlots: readonly (EventBody<'slot-missed'> & Entry)[];
  readonly stopRequests: readonly (Entry & { readonly answeredMs: UtcMs | null })[];
  readonly pumpConfirmations: readonly (EventBody<'pump-confirmed'> & Entry)[];
  readonly gaps: readonly SessionGap[];
  /** The computer's clock was set while this session went on by its own time. */
  readonly clockSteps: readonly ClockStep[];
  /** Vigil was down during the dose, and nobody has said yet what the pump is doing. */
  readonly needsPumpConfirmation: boolean;
  readonly ended: (EventBody<'session-ended'> & Entry) | null;
  /** Going home, and who handed over to whom. */
  readonly discharge: DischargeState;
  /** Fields of the monitoring form that a person answered, by field. */
  readonly remsAnswers: ReturnType<typeof foldRemsAnswers>;
  /** As said in this session, or carried over from an earlier one by its opening; null where nobody has said it. */
  readonly sex: (EventBody<'sex-recorded'> & Entry) | null;
  readonly signing: SigningState;
}

/** Folds a session's log; null for one that has no opening (there is no such session). */
export function foldSession(log: readonly SessionEvent[]): SessionState | null {
  const history = effectiveHistory(log);
  // Sorted by kind once, because most entries of a long session are answers of ratings and each part below reads few of the
  // others.
  const kinds = byKind(history);
  const opening = ofKind(kinds, 'session-opened')[0];
  if (opening === undefined) return null;
  const problems: FitProblem[] = [];
  const dose = foldDose(history, problems);
  const ratings = foldRatings(history, problems);
  const adverseEvents = foldAdverseEvents(ofKind(kinds, 'adverse-event-recorded'), ofKind(kinds, 'adverse-event-updated'), problems);
  findUnlinkedDrugs(ofKind(kinds, 'drug-given'), adverseEvents, problems);
  const controlledDrugs = foldControlledDrugs(
    ofKind(kinds, 'controlled-drug-drawn').map(withEntry),
    ofKind(kinds, 'controlled-drug-wasted').map(withEntry),
    ofKind(kinds, 'controlled-drug-wasted'),
    dose,
    problems,
  );
  const reached = reachedMilestones(history);
  const weights = ofKind(kinds, 'weight-recorded');
  const orders = ofKind(kinds, 'dose-ordered');
  const order = latestRecorded(orders);
  const ending = latestRecorded(ofKind(kinds, 'session-ended'));
  findMissingGround(kinds, dose, problems);
  findUncheckedStart(history, problems);
  findRouteGround(history, problems);
  const phases = phasesOf(opening.atMs, dose, reached);
  return {
    sessionId: opening.event.sessionId ?? opening.event.eventId,
    log,
    history,
    problems,
    opened: opening.event.body,
    openedMs: opening.atMs,
    weight: entryOrNull(latestRecorded(weights)),
    order: entryOrNull(order),
    ...foldRouteState(history),
    dose,
    phase: phases.at(-1)?.phase ?? 'prepare',
    phases,
    milestones: closedWaste(reached, controlledDrugs),
    ratings,
    observations: foldObservations(ofKind(kinds, 'observation-recorded').map(withEntry), ofKind(kinds, 'observation-amended')),
    privateMarks: ofKind(kinds, 'private-note-marked').map(withEntry),
    adverseEvents,
    drugsGiven: ofKind(kinds, 'drug-given').map(withEntry),
    controlledDrugs,
    vitals: ofKind(kinds, 'vitals-entered').map(enteredVitals),
    artefacts: ofKind(kinds, 'artefact-marked').map(withEntry),
    missedSlots: ofKind(kinds, 'slot-missed').map(withEntry),
    stopRequests: stopRequestsOf(kinds),
    pumpConfirmations: ofKind(kinds, 'pump-confirmed').map(withEntry),
    gaps: gapsOf(kinds),
    clockSteps: ofKind(kinds, 'clock-stepped').map(({ atMs, event: { body } }) => ({ atMs, byMs: body.byMs, aheadMs: body.aheadMs ?? 0 })),
    needsPumpConfirmation: needsPumpConfirmation(kinds, dose),
    ended: entryOrNull(ending),
    discharge: foldDischarge(history),
    remsAnswers: foldRemsAnswers(ofKind(kinds, 'rems-answered').map(withEntry)),
    sex: entryOrNull(latestRecorded(ofKind(kinds, 'sex-recorded'))) ?? carriedSex(opening),
    signing: withChanges(foldSigning(history), log),
  };
}

/** An opening that carries the sex stands for its entry. */
function carriedSex(opening: OfKind<'session-opened'>): SessionState['sex'] {
  const { sex } = opening.event.body;
  return sex === undefined ? null : { sex, ...entryOf(opening) };
}

type OfKind<K extends SessionEventKind> = EffectiveEvent<Extract<SessionEvent, { kind: K }>>;

/** Each in clinical sequence. */
type ByKind = ReadonlyMap<SessionEventKind, readonly EffectiveEvent[]>;

function byKind(history: readonly EffectiveEvent[]): ByKind {
  const kinds = new Map<SessionEventKind, EffectiveEvent[]>();
  for (const entry of history) {
    const list = kinds.get(entry.event.kind);
    if (list === undefined) kinds.set(entry.event.kind, [entry]);
    else list.push(entry);
  }
  return kinds;
}

function ofKind<K extends SessionEventKind>(kinds: ByKind, kind: K): readonly OfKind<K>[] {
  return (kinds.get(kind) ?? []).filter((entry): entry is OfKind<K> => entry.event.kind === kind);
}

/** Several kinds in the sequence of recording. */
function recordedOrder(kinds: ByKind, ...wanted: readonly SessionEventKind[]): readonly EffectiveEvent[] {
  return wanted.flatMap((kind) => kinds.get(kind) ?? []).sort((a, b) => a.event.seq - b.event.seq);
}

/**
 * The entry that was recorded last. Of entries that replace one another it holds, also after a correction of times:
 * that decides nothing anew.
 */
function latestRecorded<E extends EffectiveEvent>(entries: readonly E[]): E | undefined {
  return entries.reduce<E | undefined>((last, entry) => (last === undefined || entry.event.seq > last.event.seq ? entry : last), undefined);
}

/** Just what an entry needs of its event, so that any body fits. */
type Carrying<B> = Omit<EffectiveEvent, 'event'> & {
  readonly event: Pick<SessionEvent, 'eventId' | 'recorded' | 'actor'> & { readonly body: B };
};

function enteredVitals(entry: OfKind<'vitals-entered'>): EnteredVitals {
  const first = entry.made?.kind === 'vitals-entered' ? { first: entry.made.body.values } : {};
  return { ...withEntry(entry), ...first };
}

function withEntry<B>(entry: Carrying<B>): B & Entry {
  return { ...entry.event.body, ...entryOf(entry) };
}

/** Those that were tapped, and those that an event of their own stands for; in clinical sequence. */
function reachedMilestones(history: readonly EffectiveEvent[]): readonly (EventBody<'milestone-reached'> & Entry)[] {
  return history.flatMap((entry) => {
    const { event } = entry;
    if (event.kind === 'milestone-reached') return [withEntry({ ...entry, event })];
    return impliedMilestones(event).map((implied) => ({ ...implied, ...entryOf(entry) }));
  });
}

function entryOrNull<B>(entry: Carrying<B> | undefined): (B & Entry) | null {
  return entry === undefined ? null : withEntry(entry);
}

function entryOf(entry: Carrying<unknown>): Entry {
  return {
    eventId: entry.event.eventId,
    atMs: entry.atMs,
    enteredMs: entry.event.recorded.utcMs,
    late: entry.late,
    amendedFromMs: entry.amendedFromMs,
    actor: entry.event.actor,
  };
}

/** Finds entries that lack what they rest on: an order without a weight, an onset before the start. */
function findMissingGround(kinds: ByKind, dose: DoseState, problems: FitProblem[]): void {
  const weights = new Set(ofKind(kinds, 'weight-recorded').map((entry) => entry.event.body.grams));
  for (const entry of ofKind(kinds, 'dose-ordered')) {
    if (weights.has(entry.event.body.weightGrams)) continue;
    problems.push(fitProblem(entry, 'WEIGHT_MISSING', 'the order was worked out from that weight', 'Undo the order first'));
  }
  const hasOrder = kinds.has('dose-ordered');
  for (const entry of ofKind(kinds, 'dose-started')) {
    if (!hasOrder) problems.push(fitProblem(entry, 'DOSE_NOT_ORDERED', 'it was started on that order', 'Order the dose first'));
  }
  for (const entry of ofKind(kinds, 'milestone-reached')) {
    const problem = milestoneMisfit(entry, dose);
    if (problem !== null) problems.push(problem);
  }
  for (const entry of ofKind(kinds, 'session-ended')) {
    if (dose.status !== 'running' && dose.status !== 'paused') continue;
    problems.push(fitProblem(entry, 'SESSION_WRONG_STATE', 'the infusion has not ended', 'Record its completion or its early stop first'));
  }
}

function milestoneMisfit(entry: OfKind<'milestone-reached'>, dose: DoseState): FitProblem | null {
  const { label, needs } = milestones[entry.event.body.milestone];
  const at = writtenMinute(entry.occurred);
  if (needs === 'start' || needs === 'end') {
    if (dose.startedMs === null) {
      return fitProblem(entry, 'SESSION_WRONG_STATE', `"${label}" needs an infusion that was started`, 'Record the start first');
    }
    if (entry.atMs < dose.startedMs) {
      return fitProblem(entry, 'SESSION_TIME_IMPOSSIBLE', `the infusion had not been started at ${at}`, 'Choose a later time');
    }
  }
  if (needs === 'end' || needs === 'end-of-dose') {
    if (dose.startedMs !== null && dose.endedMs === null) {
      return fitProblem(entry, 'SESSION_WRONG_STATE', 'the infusion has not ended', 'Record its completion or its early stop first');
    }
    if (dose.endedMs !== null && entry.atMs < dose.endedMs) {
      return fitProblem(entry, 'SESSION_TIME_IMPOSSIBLE', `the infusion had not ended at ${at}`, 'Choose a later time');
    }
  }
  return null;
}

function phasesOf(openedMs: UtcMs, dose: DoseState, reached: readonly (EventBody<'milestone-reached'> & Entry)[]): SessionState['phases'] {
  const firstOf = (...keys: MilestoneKey[]): UtcMs | null => reached.find((entry) => keys.includes(entry.milestone))?.atMs ?? null;
  const begins: Record<PhaseKey, UtcMs | null> = {
    prepare: Math.min(openedMs, firstOf('arrived') ?? openedMs),
    baseline: firstOf('baseline_vitals'),
    infusing: dose.startedMs,
    // After an injection, a device or a lozenge, recovery begins with the milestone that a person records, because the dose
    // ends before its effect.
    recovery: dose.route !== null && dose.route !== 'iv' ? firstOf('emerging', 'return_to_baseline', 'criteria_met') : dose.endedMs,
    discharge:
      dose.startedMs !== null && dose.endedMs === null
        ? null
        : firstOf('criteria_met', 'instructions', 'discharged', 'left_against_advice'),
  };
  const phases: { phase: PhaseKey; fromMs: UtcMs }[] = [];
  for (const [index, phase] of phaseKeys.entries()) {
    const fromMs = begins[phase];
    if (fromMs === null) continue;
    // A phase that would begin after the next one did (baseline vitals taken during the infusion) did not happen.
    const overtaken = phaseKeys.slice(index + 1).some((later) => (begins[later] ?? Number.POSITIVE_INFINITY) < fromMs);
    if (!overtaken) phases.push({ phase, fromMs });
  }
  return phases;
}

function stopRequestsOf(kinds: ByKind): SessionState['stopRequests'] {
  const answers = recordedOrder(kinds, 'dose-paused', 'dose-stopped-early', 'dose-completed', 'lozenge-expelled');
  return ofKind(kinds, 'stop-requested').map((entry) => {
    const answer = answers.find((candidate) => candidate.event.seq > entry.event.seq);
    return { ...entryOf(entry), answeredMs: answer?.atMs ?? null };
  });
}

function gapsOf(kinds: ByKind): readonly SessionGap[] {
  const gaps: SessionGap[] = [];
  const open = new Map<MonitorId, number>();
  for (const { event, atMs } of recordedOrder(kinds, 'recording-gap', 'monitor-lost', 'monitor-live')) {
    if (event.kind === 'recording-gap') {
      gaps.push({ monitor: null, fromMs: event.body.fromMs, toMs: event.body.toMs, cause: event.body.cause });
    } else if (event.kind === 'monitor-lost') {
      if (open.has(event.body.monitorId)) continue;
      const monitor = { monitorId: event.body.monitorId, name: event.body.monitorName };
      open.set(event.body.monitorId, gaps.push({ monitor, fromMs: event.body.sinceMs, toMs: null, cause: event.body.cause }) - 1);
    } else if (event.kind === 'monitor-live') {
      const index = open.get(event.body.monitorId);
      const gap = index === undefined ? undefined : gaps[index];
      open.delete(event.body.monitorId);
      if (index !== undefined && gap !== undefined) gaps[index] = { ...gap, toMs: atMs };
    }
  }
  return gaps.sort((a, b) => a.fromMs - b.fromMs);
}

/** A restart or a restore during the dose leaves the pump's state unknown until a person says it, or records a change of it. */
function needsPumpConfirmation(kinds: ByKind, dose: DoseState): boolean {
  if (dose.route !== 'iv') return false;
  if (dose.status !== 'running' && dose.status !== 'paused') return false;
  const startSeq = recordedOrder(kinds, 'dose-started').find(({ event }) => event.eventId === dose.startEventId)?.event.seq ?? 0;
  const restart = recordedOrder(kinds, 'recording-gap').findLast(
    ({ event }) => event.kind === 'recording-gap' && event.body.cause !== 'storage',
  );
  const said = recordedOrder(kinds, 'pump-confirmed', 'dose-paused', 'dose-resumed', 'rate-changed', 'bag-changed').at(-1);
  const restartSeq = restart?.event.seq ?? -1;
  return restartSeq > startSeq && restartSeq > (said?.event.seq ?? -1);
}
