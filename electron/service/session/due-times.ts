import { dueItems, type DueFacts, type DueSlot } from '../../../shared/clinical/due.ts';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { EffectiveEvent } from './history.ts';
import type { SessionEventKind } from './session-event.ts';
import type { SessionState } from './session-state.ts';

/** After these nobody is in the room to be measured or asked. */
const leaving: readonly MilestoneKey[] = ['discharged', 'transferred', 'left_with_sitter'];

/** What the schedule may know of a session: times of what people did. Of a cuff reading, that it was taken. */
export function dueFacts(state: SessionState, protocol: Protocol, cuffMs: readonly UtcMs[]): DueFacts {
  const typedCuffs = state.vitals.filter((entry) => entry.values['nibp-sys'] !== undefined).map((entry) => entry.atMs);
  const left = state.milestones.find((entry) => leaving.includes(entry.milestone));
  return {
    openedMs: state.openedMs,
    doseStartMs: state.dose.startedMs,
    monitoringStartMs: monitoringStartMs(state, protocol),
    doseEndMs: state.dose.endedMs,
    predictedEndMs: state.dose.predictedEndMs,
    pauses: pauses(state.history),
    cuffMs: [...cuffMs, ...typedCuffs],
    ratings: state.ratings
      .filter((rating) => rating.state !== 'open')
      .map(({ instrument, atMs, notAssessable }) =>
        notAssessable === null ? { instrument, atMs } : { instrument, atMs, notAssessable: { reason: notAssessable, detail: null } },
      ),
    milestones: state.milestones.map((entry) => ({ milestone: entry.milestone, atMs: entry.atMs })),
    missed: state.missedSlots.map(({ slotKey, reason }) => ({ slotKey, reason })),
    leftMs: left?.atMs ?? state.ended?.atMs ?? null,
  };
}

/** Every slot of the session's schedule at an instant. `cuffMs`: receipt times of the monitors' cuff readings. */
export function dueTimes(state: SessionState, protocol: Protocol, cuffMs: readonly UtcMs[], nowMs: UtcMs): readonly DueSlot[] {
  return dueItems(protocol.schedule, dueFacts(state, protocol, cuffMs), nowMs);
}

/** The reading 40 minutes "after administration" counts from the first or the last device, as the clinic decided. */
function monitoringStartMs({ dose }: SessionState, protocol: Protocol): UtcMs | null {
  return protocol.route === 'intranasal' && protocol.dose.anchor === 'last-device' ? dose.endedMs : dose.startedMs;
}

const endsPause: readonly SessionEventKind[] = ['dose-resumed', 'rate-changed', 'dose-completed', 'dose-stopped-early'];

/** From the history and not from the dose's segments: a route without a pump has none. */
function pauses(history: readonly EffectiveEvent[]): DueFacts['pauses'] {
  const spans: { fromMs: UtcMs; toMs: UtcMs | null }[] = [];
  for (const { event, atMs } of history) {
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.toMs === null;
    if (event.kind === 'dose-paused' && !isOpen) spans.push({ fromMs: atMs, toMs: null });
    else if (isOpen && endsPause.includes(event.kind)) spans[spans.length - 1] = { fromMs: last.fromMs, toMs: atMs };
  }
  return spans;
}
