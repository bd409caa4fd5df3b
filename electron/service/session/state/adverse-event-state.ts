import type {
  AdverseEventAction,
  AdverseEventCategory,
  AdverseEventOutcome,
  AdverseEventSeverity,
  Relatedness,
  SeriousnessCriterion,
} from '../../../../shared/clinical/adverse-event.ts';
import type { EventId, Id } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import type { EffectiveEvent } from './history.ts';
import type { Actor, EventBody, SessionEvent } from '../events/session-event.ts';

/** One statement about an event: its recording, or an update of it. */
export interface AdverseEventVersion {
  readonly eventId: EventId;
  readonly enteredMs: UtcMs;
  readonly actor: Actor;
  /** Empty for the recording itself. */
  readonly changes: EventBody<'adverse-event-updated'>['changes'];
}

export interface AdverseEventState {
  readonly adverseEventId: Id;
  /** Of the recording. */
  readonly eventId: EventId;
  /** The onset, after correction. */
  readonly atMs: UtcMs;
  readonly enteredMs: UtcMs;
  readonly late: boolean;
  readonly amendedFromMs: UtcMs | null;
  readonly actor: Actor;
  readonly category: AdverseEventCategory;
  readonly severity: AdverseEventSeverity;
  /** null: nobody has judged it; empty: not serious. */
  readonly serious: readonly SeriousnessCriterion[] | null;
  readonly actions: readonly AdverseEventAction[];
  readonly outcome: AdverseEventOutcome | null;
  readonly relatedness: Relatedness | null;
  readonly detail: string | null;
  readonly endedMs: UtcMs | null;
  /** Until it has an outcome or an end it stays on the session screen. */
  readonly open: boolean;
  /** Oldest first, the recording included. */
  readonly versions: readonly AdverseEventVersion[];
}

type EntryOf<K extends SessionEvent['kind']> = EffectiveEvent<Extract<SessionEvent, { kind: K }>>;

/**
 * Folds the adverse events of a history. Updates are statements about one event in the order in which they were made;
 * those of an event that was undone are left out.
 */
export function foldAdverseEvents(
  recorded: readonly EntryOf<'adverse-event-recorded'>[],
  updated: readonly EntryOf<'adverse-event-updated'>[],
  problems: FitProblem[],
): readonly AdverseEventState[] {
  const updates = Map.groupBy(
    updated.toSorted((a, b) => a.event.seq - b.event.seq),
    (entry) => entry.event.body.adverseEventId,
  );
  return recorded.map((entry) => {
    const folded = stateOf(entry, updates.get(entry.event.body.adverseEventId) ?? []);
    const problem = onsetProblem(entry, folded);
    if (problem !== null) problems.push(problem);
    return folded;
  });
}

function stateOf(entry: EntryOf<'adverse-event-recorded'>, updates: readonly EntryOf<'adverse-event-updated'>[]): AdverseEventState {
  const { event } = entry;
  const { adverseEventId, category, severity } = event.body;
  const details = updates.reduce<EventBody<'adverse-event-updated'>['changes']>(
    (before, update) => ({ ...before, ...update.event.body.changes }),
    event.body.detail === undefined ? {} : { detail: event.body.detail },
  );
  const outcome = details.outcome ?? null;
  const endedMs = details.endedMs ?? null;
  return {
    adverseEventId,
    eventId: event.eventId,
    atMs: entry.atMs,
    enteredMs: event.recorded.utcMs,
    late: entry.late,
    amendedFromMs: entry.amendedFromMs,
    actor: event.actor,
    category: details.category ?? category,
    severity: details.severity ?? severity,
    serious: details.serious ?? null,
    actions: details.actions ?? [],
    outcome,
    relatedness: details.relatedness ?? null,
    detail: details.detail ?? null,
    endedMs,
    open: outcome === null && endedMs === null,
    versions: [entry, ...updates].map((version) => ({
      eventId: version.event.eventId,
      enteredMs: version.event.recorded.utcMs,
      actor: version.event.actor,
      changes: version.event.kind === 'adverse-event-updated' ? version.event.body.changes : {},
    })),
  };
}

function onsetProblem(entry: EntryOf<'adverse-event-recorded'>, { endedMs }: AdverseEventState): FitProblem | null {
  if (endedMs === null || endedMs >= entry.atMs) return null;
  const ended = writtenMinute({ ...entry.occurred, utcMs: endedMs });
  return fitProblem(entry, 'SESSION_TIME_IMPOSSIBLE', `it had ended at ${ended}, before it began`, 'Correct its end or its onset first');
}

/** If a drug was given for an adverse event that does not hold any more, its entry does not fit. */
export function findUnlinkedDrugs(
  given: readonly EntryOf<'drug-given'>[],
  events: readonly AdverseEventState[],
  problems: FitProblem[],
): void {
  const known = new Set(events.map((event) => event.adverseEventId));
  for (const entry of given) {
    const { adverseEventId } = entry.event.body;
    if (adverseEventId === null || known.has(adverseEventId)) continue;
    problems.push(fitProblem(entry, 'ADVERSE_EVENT_NOT_FOUND', 'it was given for that adverse event', 'Record the adverse event first'));
  }
}
