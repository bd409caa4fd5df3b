import { dueItems, type DueFacts, type DueSlot } from '../../../shared/clinical/due.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { SessionState } from './session-state.ts';

/** What the schedule may know of a session: times of what people did. Of a cuff reading, that it was taken. */
export function dueFacts(state: SessionState, cuffMs: readonly UtcMs[]): DueFacts {
  const typedCuffs = state.vitals.filter((entry) => entry.values['nibp-sys'] !== undefined).map((entry) => entry.atMs);
  const left = state.milestones.find((entry) => entry.milestone === 'discharged' || entry.milestone === 'transferred');
  return {
    doseStartMs: state.dose.startedMs,
    doseEndMs: state.dose.endedMs,
    predictedEndMs: state.dose.predictedEndMs,
    pausesMs: state.dose.pausesMs,
    cuffMs: [...cuffMs, ...typedCuffs],
    ratings: state.ratings
      .filter((rating) => rating.state !== 'open')
      .map((rating) => ({ instrument: rating.instrument, atMs: rating.atMs })),
    milestones: state.milestones.map((entry) => ({ milestone: entry.milestone, atMs: entry.atMs })),
    leftMs: left?.atMs ?? state.ended?.atMs ?? null,
  };
}

/** Every slot of the session's schedule at an instant. `cuffMs`: receipt times of the monitors' cuff readings. */
export function dueTimes(state: SessionState, protocol: Protocol, cuffMs: readonly UtcMs[], nowMs: UtcMs): readonly DueSlot[] {
  return dueItems(protocol.schedule, dueFacts(state, cuffMs), nowMs);
}
