import { occurredAt, aheadToleranceMs, clinicalTime, timeImpossible } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { AdverseEventState } from '../state/adverse-event-state.ts';
import type { EventBody } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';

export function decideAdverseEvent(state: SessionState, command: CommandOf<'record-adverse-event'>, context: DecisionContext): Decision {
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { category, severity, detail } = command;
  const body = withoutAbsent({ adverseEventId: context.newId(), category, severity, detail, lateReason: time.lateReason });
  return accept({ kind: 'adverse-event-recorded', body, ...occurredAt(time) });
}

type Changes = EventBody<'adverse-event-updated'>['changes'];

/** Changes what a recorded event says. A field that says already what the command says is left out of the change. */
export function decideAdverseEventUpdate(
  state: SessionState,
  command: CommandOf<'update-adverse-event'>,
  context: DecisionContext,
): Decision {
  const event = state.adverseEvents.find((candidate) => candidate.adverseEventId === command.adverseEventId);
  if (event === undefined) return unknownEvent(command.adverseEventId);
  const changes = withoutAbsent(command.changes) as Changes;
  const ended = changes.endedMs ?? null;
  if (ended !== null) {
    // The page's clock may differ a little from the service's. An event that is over at once is not refused as ending before its onset.
    const begun = event.atMs - ended <= aheadToleranceMs ? Math.max(ended, event.atMs) : ended;
    const endedMs = begun - context.now.utcMs <= aheadToleranceMs ? Math.min(begun, context.now.utcMs) : begun;
    const impossible = timeImpossible(state, context.now, endedMs, 'anything');
    if (impossible !== null) return { refusal: { ...impossible, subject: 'endedMs' } };
    if (endedMs < event.atMs) {
      const text = (utcMs: number): string => writtenMinute({ ...context.now, utcMs });
      const message = `It cannot have ended at ${text(endedMs)}: it began at ${text(event.atMs)}. Choose a later end, or correct the onset first.`;
      return refuse('SESSION_TIME_IMPOSSIBLE', message, 'endedMs');
    }
    changes.endedMs = endedMs;
  }
  const news = withoutRepeated(event, changes);
  if (Object.keys(news).length === 0) {
    return refuse('ADVERSE_EVENT_UNCHANGED', 'This is what the record says already. Change something, or go back.', event.eventId);
  }
  return accept({
    kind: 'adverse-event-updated',
    body: { adverseEventId: event.adverseEventId, changes: news },
    supersedes: event.versions.at(-1)?.eventId ?? event.eventId,
  });
}

function withoutRepeated(event: AdverseEventState, changes: Changes): Changes {
  const entries = Object.entries(changes).filter(([key, value]) => {
    const said: unknown = event[key as keyof Changes];
    return JSON.stringify(said) !== JSON.stringify(value);
  });
  return Object.fromEntries(entries) as Changes;
}

/** The dose is kept in the words in which it was typed; nothing is worked out from it. */
export function decideDrugGiven(state: SessionState, command: CommandOf<'give-drug'>, context: DecisionContext): Decision {
  const { drug, dose, route, reason, adverseEventId } = command;
  if (adverseEventId !== undefined && !state.adverseEvents.some((event) => event.adverseEventId === adverseEventId)) {
    return unknownEvent(adverseEventId);
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({
    drug,
    dose,
    route,
    reason: reason === '' ? undefined : reason,
    adverseEventId: adverseEventId ?? null,
    lateReason: time.lateReason,
  });
  return accept({ kind: 'drug-given', body, ...occurredAt(time) });
}

function unknownEvent(adverseEventId: string): Decision {
  const message = 'This adverse event is not in the record, or it has been undone. Record it again, then go on from there.';
  return refuse('ADVERSE_EVENT_NOT_FOUND', message, adverseEventId);
}
