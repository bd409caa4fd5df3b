import type { DueItem } from '../../../shared/contract/session-view/plan.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { bagEmptySinceMs } from '../session/state/bag-empty.ts';
import { dueTimes, isAskedFor } from '../session/questions/due-times.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { SessionContext } from './session-context.ts';

/** What is done stays so long in the list, so that a person sees that it counted. */
const doneShownMs = 10_000;
const minuteMs = 60_000;
/** Slots further ahead than this only make the list long. */
const aheadMs = 35 * minuteMs;

/**
 * The reminders of a session: from the schedule, from a person's entry, and from Vigil's own restart. No measured
 * value has a way in here. Order: time due.
 */
export function sessionDue(state: SessionState, context: SessionContext): DueItem[] {
  if (state.ended !== null) return [];
  const byTime = [...askedFor(state, context.nowMs), ...scheduled(state, context)];
  return [...emptyBag(state, context.nowMs), ...byTime.sort((a, b) => a.dueMs - b.dueMs || a.key.localeCompare(b.key))];
}

/** By the clock and the recorded rates the bag is empty: before anything else a person says whether it is. */
function emptyBag({ dose }: SessionState, nowMs: UtcMs): DueItem[] {
  const dueMs = bagEmptySinceMs(dose, nowMs);
  if (dueMs === null) return [];
  const words = { label: 'Infusion complete?', detail: 'bag empty by calculation' };
  return [{ key: 'bag-empty', kind: 'bag', ...words, instrument: null, dueMs, state: 'due', doneMs: null }];
}

function scheduled(state: SessionState, { protocol, cuffs, nowMs }: SessionContext): DueItem[] {
  return dueTimes(state, protocol, cuffs, nowMs).flatMap((slot) => {
    // A forecast that has come is asked for, and no forecast any more.
    if (slot.kind === 'predicted' && slot.dueMs <= nowMs) return [];
    if (!isAskedFor(slot)) return [];
    const { key, kind, label, detail, instrument, dueMs, doneAtMs } = slot;
    const passed = doneAtMs === null && slot.replaced;
    const isShown = doneAtMs === null ? dueMs - nowMs < aheadMs : nowMs - doneAtMs < doneShownMs;
    const item = { key, kind, label, detail, instrument, dueMs, state: slot.state, doneMs: doneAtMs };
    return isShown ? [passed ? { ...item, passed } : item] : [];
  });
}

/** Where nothing can be stopped, that it was said is still to be seen by the nurse. */
const saidShownMs = 10 * minuteMs;

function isUnderWay({ status }: SessionState['dose']): boolean {
  return status === 'running' || status === 'paused';
}

function whatStops(dose: SessionState['dose']): string {
  if (!isUnderWay(dose)) return dose.status === 'none' ? 'no dose has been given' : 'all of the dose is in';
  switch (dose.route) {
    case 'intranasal':
      return 'give no further device';
    case 'sublingual':
      return 'take the lozenge out';
    default:
      return 'pause or stop the infusion';
  }
}

/** What a person in the room, or a restart during the dose, asks of the nurse now. */
function askedFor(state: SessionState, nowMs: UtcMs): DueItem[] {
  const base = { instrument: null, state: 'due', doneMs: null } as const;
  const stops: DueItem[] = state.stopRequests
    .filter(({ answeredMs, atMs }) => answeredMs === null && (isUnderWay(state.dose) || nowMs - atMs < saidShownMs))
    .map((request) => ({
      ...base,
      key: `stop-request:${request.eventId}`,
      kind: 'stop-request',
      label: 'Patient wants to stop',
      detail: whatStops(state.dose),
      dueMs: request.atMs,
    }));
  const gap = state.gaps.findLast((candidate) => candidate.monitor === null);
  const pump: DueItem[] = state.needsPumpConfirmation
    ? [
        {
          ...base,
          key: 'pump',
          kind: 'pump',
          label: 'Confirm the pump',
          detail: 'Vigil was not recording; what is the pump doing?',
          dueMs: gap?.toMs ?? state.openedMs,
        },
      ]
    : [];
  return [...stops, ...pump];
}
