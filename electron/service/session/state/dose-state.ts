import { completesAtMs, remainingInBag, type DoseBolus, type DoseSegment, type DoseTimeline } from '../../../../shared/clinical/dosing.ts';
import type { EventId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import {
  administrationMisfit,
  isAdministration,
  routeOfAdministration,
  type Administration,
  type DoseRoute,
  type AdministrationEvent,
} from './administration.ts';
import type { EffectiveEvent } from './history.ts';
import type { SessionEvent, SessionEventKind } from '../events/session-event.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/** The dose as a fold over its events in clinical sequence. */
export interface DoseState {
  readonly status: 'none' | 'running' | 'paused' | 'completed' | 'stopped';
  /** The route of the first act of the dose; null before it. */
  readonly route: DoseRoute | null;
  readonly timeline: DoseTimeline;
  /** By a route other than a vein, in clinical sequence; their amounts are those of the timeline. */
  /** The event that began each segment of the timeline, and that of each bolus, in their order. */
  readonly begunBy: readonly EventId[];
  readonly bolusIds: readonly EventId[];
  readonly administrations: readonly Administration[];
  readonly startEventId: EventId | null;
  readonly startedMs: UtcMs | null;
  readonly endedMs: UtcMs | null;
  /** When the bag runs out at the present rate, or ran out; null before, after, and while paused with drug in it. */
  readonly predictedEndMs: UtcMs | null;
  readonly pausedSinceMs: UtcMs | null;
  /** The last rate above 0: what a resume without a rate goes back to. */
  readonly programmedRateUlPerHour: number | null;
  /** Clinical times of every pause. */
  readonly pausesMs: readonly UtcMs[];
}

const doseKinds = [
  'dose-started',
  'rate-changed',
  'dose-paused',
  'dose-resumed',
  'bolus-given',
  'bag-changed',
  'injection-given',
  'device-given',
  'lozenge-placed',
  'lozenge-expelled',
  'dose-completed',
  'dose-stopped-early',
] as const satisfies readonly SessionEventKind[];
export type DoseEvent = Extract<SessionEvent, { kind: (typeof doseKinds)[number] }>;

export function isDoseEvent(event: Pick<SessionEvent, 'kind'>): boolean {
  return (doseKinds as readonly SessionEventKind[]).includes(event.kind);
}

export function isOfDose(entry: EffectiveEvent): entry is EffectiveEvent<DoseEvent> {
  return isDoseEvent(entry.event);
}

interface DoseDraft {
  status: DoseState['status'];
  route: DoseRoute | null;
  segments: DoseSegment[];
  begunBy: EventId[];
  boluses: DoseBolus[];
  bolusIds: EventId[];
  administrations: Administration[];
  startEventId: EventId | null;
  endedMs: UtcMs | null;
  pausedSinceMs: UtcMs | null;
  programmedRateUlPerHour: number | null;
  pausesMs: UtcMs[];
}

/**
 * Folds the dose events of a history. An event that does not fit where it stands (a pause before the start) is
 * left out of the arithmetic and named in `problems`; decisions refuse whatever would cause one.
 */
export function foldDose(history: readonly EffectiveEvent[], problems: FitProblem[]): DoseState {
  const draft: DoseDraft = {
    status: 'none',
    route: null,
    segments: [],
    begunBy: [],
    boluses: [],
    bolusIds: [],
    administrations: [],
    startEventId: null,
    endedMs: null,
    pausedSinceMs: null,
    programmedRateUlPerHour: null,
    pausesMs: [],
  };
  for (const entry of history) {
    if (!isOfDose(entry)) continue;
    const problem = misfit(draft, entry);
    if (problem === null) evolveDose(draft, entry);
    else problems.push(problem);
  }
  const timeline: DoseTimeline = {
    segments: draft.segments,
    boluses: draft.boluses,
    administrations: draft.administrations.map(({ atMs, ug }) => ({ atMs, ug })),
    endedMs: draft.endedMs,
  };
  return {
    status: draft.status,
    route: draft.route,
    timeline,
    begunBy: draft.begunBy,
    bolusIds: draft.bolusIds,
    administrations: draft.administrations,
    startEventId: draft.startEventId,
    startedMs: draft.segments[0]?.fromMs ?? draft.administrations[0]?.atMs ?? null,
    endedMs: draft.endedMs,
    predictedEndMs: draft.status === 'running' || draft.status === 'paused' ? completesAtMs(timeline) : null,
    pausedSinceMs: draft.pausedSinceMs,
    programmedRateUlPerHour: draft.programmedRateUlPerHour,
    pausesMs: draft.pausesMs,
  };
}

function evolveDose(draft: DoseDraft, entry: EffectiveEvent<DoseEvent>): void {
  const { event, atMs } = entry;
  if (isAdministration(event)) {
    evolveAdministration(draft, event, atMs);
    return;
  }
  const bag = draft.segments.at(-1)?.bag;
  switch (event.kind) {
    case 'dose-started':
      draft.status = 'running';
      draft.route = 'iv';
      draft.startEventId = event.eventId;
      draft.programmedRateUlPerHour = event.body.rateUlPerHour;
      draft.segments.push({ fromMs: atMs, rateUlPerHour: event.body.rateUlPerHour, bag: event.body.bag });
      draft.begunBy.push(event.eventId);
      return;
    case 'bolus-given':
      draft.boluses.push({ atMs, ug: event.body.ug });
      draft.bolusIds.push(event.eventId);
      return;
    case 'lozenge-expelled':
    case 'dose-completed':
    case 'dose-stopped-early':
      draft.status = event.kind === 'dose-stopped-early' ? 'stopped' : 'completed';
      // "No second injection" ends nothing: the dose ended with the one that was given.
      draft.endedMs = draft.route === 'im' ? draft.endedMs : atMs;
      draft.pausedSinceMs = null;
      return;
    case 'dose-paused':
      if (bag === undefined) return;
      draft.status = 'paused';
      draft.pausedSinceMs = atMs;
      draft.pausesMs.push(atMs);
      draft.segments.push({ fromMs: atMs, rateUlPerHour: 0, bag });
      draft.begunBy.push(event.eventId);
      return;
    case 'rate-changed':
    case 'dose-resumed':
    case 'bag-changed': {
      const next = event.kind === 'bag-changed' ? event.body.bag : bag;
      if (next === undefined) return;
      draft.status = 'running';
      draft.pausedSinceMs = null;
      draft.programmedRateUlPerHour = event.body.rateUlPerHour;
      const segment = { fromMs: atMs, rateUlPerHour: event.body.rateUlPerHour, bag: next };
      draft.segments.push(event.kind === 'bag-changed' ? { ...segment, newBag: true } : segment);
      draft.begunBy.push(event.eventId);
    }
  }
}

/** The first one is the start of the dose; the last one is its end, but a lozenge ends when it leaves the mouth. */
function evolveAdministration(draft: DoseDraft, event: AdministrationEvent, atMs: UtcMs): void {
  draft.administrations.push({ eventId: event.eventId, event, atMs, ug: event.body.ug });
  draft.route = routeOfAdministration(event);
  draft.startEventId ??= event.eventId;
  const isLast = event.kind === 'injection-given' || (event.kind === 'device-given' && event.body.number >= event.body.of);
  draft.status = isLast ? 'completed' : 'running';
  draft.endedMs = isLast ? atMs : null;
}

/** Why a dose event cannot stand at its place, or null when it can. */
function misfit(draft: DoseDraft, entry: EffectiveEvent<DoseEvent>): FitProblem | null {
  const { event } = entry;
  const at = writtenMinute(entry.occurred);
  if (isAdministration(event)) return administrationMisfit(draft, entry as EffectiveEvent<AdministrationEvent>);
  if (event.kind === 'dose-started') {
    return draft.status === 'none'
      ? null
      : fitProblem(entry, 'DOSE_ALREADY_STARTED', 'the infusion has already been started', 'If that start was wrong, undo it first');
  }
  if (draft.status === 'none') {
    const nothing = event.kind === 'lozenge-expelled' ? `no lozenge had been placed by ${at}` : `no infusion had been started by ${at}`;
    return fitProblem(entry, 'DOSE_NOT_RUNNING', nothing, 'Record the start first, or choose a later time');
  }
  const isSecondLeftOut = draft.route === 'im' && event.kind === 'dose-stopped-early' && draft.administrations.length === 1;
  if (isSecondLeftOut && draft.status === 'completed') return null;
  if (draft.status === 'completed' || draft.status === 'stopped') {
    const what = draft.route === 'iv' ? 'infusion' : 'dose';
    const ended = draft.status === 'completed' ? 'was complete' : 'had been stopped';
    return fitProblem(entry, 'DOSE_FINISHED', `the ${what} ${ended} by ${at}`, 'If that end was wrong, undo it first');
  }
  if (draft.route !== 'iv' || event.kind === 'lozenge-expelled') return otherRouteMisfit(draft, entry);
  return infusionMisfit(draft, entry, at);
}

/** Only an infusion can be paused, turned or topped up; a device less can be given, a lozenge taken out. */
function otherRouteMisfit(draft: DoseDraft, entry: EffectiveEvent<DoseEvent>): FitProblem | null {
  const { kind } = entry.event;
  const fits =
    (draft.route === 'sublingual' && kind === 'lozenge-expelled') || (draft.route === 'intranasal' && kind === 'dose-stopped-early');
  if (fits) return null;
  return fitProblem(
    entry,
    'DOSE_NOT_RUNNING',
    'nothing of this dose runs through a pump',
    'Record what was given, or write it down as an observation',
  );
}

function infusionMisfit(draft: DoseDraft, entry: EffectiveEvent<DoseEvent>, at: string): FitProblem | null {
  const { event } = entry;
  if (event.kind === 'dose-resumed' && draft.status !== 'paused') {
    return fitProblem(entry, 'DOSE_NOT_PAUSED', `the infusion was not paused at ${at}`, 'To run at another rate, change the rate');
  }
  if ((event.kind === 'dose-paused' || event.kind === 'rate-changed') && draft.status !== 'running') {
    return fitProblem(
      entry,
      'DOSE_NOT_RUNNING',
      `the infusion was already paused at ${at}`,
      'Resume it first; a resume can take a new rate',
    );
  }
  if (event.kind === 'bolus-given') {
    const { segments, boluses, administrations } = draft;
    const left = remainingInBag({ segments, boluses, administrations, endedMs: null }, entry.atMs).ug;
    if (event.body.ug > left) {
      const mg = showMilli(left);
      return fitProblem(entry, 'DOSE_BAG_EXCEEDED', `${mg} mg were left in the bag at ${at}`, 'Record what was given from this bag');
    }
  }
  return null;
}
