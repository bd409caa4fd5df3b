import { isArtefact } from '../../../../shared/clinical/artefact.ts';
import { completesAtMs } from '../../../../shared/clinical/dosing.ts';
import { dueItems, type DueFacts, type DueSlot } from '../../../../shared/clinical/due.ts';
import { isWayOut } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { CuffReading } from '../../../../shared/clinical/measured-vitals.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { SessionState } from '../state/session-state.ts';

/** What the schedule may know of a session: times of what people did. Of a cuff reading, that it was taken. */
function dueFacts(state: SessionState, protocol: Protocol, cuffMs: readonly UtcMs[], nowMs: UtcMs): DueFacts {
  const typedCuffs = state.vitals.filter((entry) => entry.values['nibp-sys'] !== undefined).map((entry) => entry.atMs);
  const left = state.milestones.find((entry) => isWayOut(entry.milestone));
  return {
    openedMs: state.openedMs,
    doseStartMs: state.dose.startedMs,
    monitoringStartMs: monitoringStartMs(state, protocol),
    dosesMs: state.dose.administrations.map(({ atMs }) => atMs),
    doseEndMs: state.dose.endedMs,
    expectedEndMs: expectedEndMs(state.dose, nowMs),
    predictedEndMs: state.dose.predictedEndMs,
    pauses: pauses(state.dose),
    cuffMs: [...cuffMs, ...typedCuffs],
    ratings: state.ratings
      .filter((rating) => rating.state !== 'open')
      .map(({ instrument, atMs, notAssessable }) =>
        notAssessable === null ? { instrument, atMs } : { instrument, atMs, notAssessable: { reason: notAssessable, detail: null } },
      ),
    milestones: state.milestones.map((entry) => ({ milestone: entry.milestone, atMs: entry.atMs })),
    missed: [
      ...state.missedSlots.map(({ slotKey, reason, notApplicable }) => ({ slotKey, reason, notApplicable: notApplicable === true })),
      ...answeredSlots(state),
    ],
    leftMs: left?.atMs ?? state.ended?.atMs ?? null,
    endedOnly: left === undefined,
  };
}

/** Every slot of the session's schedule at an instant. Of the cuff readings, that they were taken; one that a person marked as an artefact kept none. */
export function dueTimes(state: SessionState, protocol: Protocol, cuffs: readonly CuffReading[], nowMs: UtcMs): readonly DueSlot[] {
  const cuffMs = cuffs.filter(({ byHand, atMs }) => !byHand && !isArtefact(state.artefacts, 'nibp', atMs)).map(({ atMs }) => atMs);
  return dueItems(protocol.schedule, dueFacts(state, protocol, cuffMs, nowMs), nowMs);
}

/** What the schedule asked for so far and what became of it, as the record says it; for an ended session, up to its end. */
export function pastSlots(state: SessionState, protocol: Protocol, cuffs: readonly CuffReading[], nowMs: UtcMs): readonly DueSlot[] {
  const atMs = state.ended?.atMs ?? nowMs;
  const isPast = ({ dueMs, doneAtMs, outcome }: DueSlot): boolean => {
    if (outcome.kind === 'forecast') return false;
    return dueMs <= atMs || doneAtMs !== null || outcome.kind === 'not-applicable';
  };
  return dueTimes(state, protocol, cuffs, atMs).filter(isPast);
}

/** Nobody did it, and nobody has said why. */
export function isUnanswered({ outcome }: DueSlot): boolean {
  return outcome.kind === 'open' || (outcome.kind === 'missed' && outcome.reason === null);
}

type SlotState = DueSlot['state'];
type AskedFor = DueSlot & { readonly state: Exclude<SlotState, 'missed' | 'not-applicable'> };

/** Not so where a person said that it was missed or did not apply, or where it was done a little before its time. */
export function isAskedFor(slot: DueSlot): slot is AskedFor {
  if (slot.state === 'missed' || slot.state === 'not-applicable') return false;
  return slot.doneAtMs !== null || !slot.replaced || isUnanswered(slot);
}

/** The point of the check before signing that asks about a slot. */
export function slotPoint(slotKey: string): string {
  return `slot:${slotKey}`;
}

/** Those whose reason was given in the check before signing. */
function answeredSlots({ signing }: SessionState): DueFacts['missed'] {
  const prefix = slotPoint('');
  return [...signing.closed].flatMap(([key, { reason }]) =>
    key.startsWith(prefix) ? [{ slotKey: key.slice(prefix.length), reason }] : [],
  );
}

/** The reading 40 minutes "after administration" counts from the first or the last device, as the clinic decided. */
export function monitoringStartMs({ dose }: SessionState, protocol: Protocol): UtcMs | null {
  return protocol.route === 'intranasal' && protocol.dose.anchor === 'last-device' ? dose.endedMs : dose.startedMs;
}

/** Where the bag will be empty; of a pause under way it is assumed that it ends now, so the end moves on with it. */
function expectedEndMs({ status, timeline, predictedEndMs, programmedRateUlPerHour }: SessionState['dose'], nowMs: UtcMs): UtcMs | null {
  const bag = timeline.segments.at(-1)?.bag;
  if (status !== 'paused' || predictedEndMs !== null || bag === undefined) return predictedEndMs;
  const resumed = { fromMs: nowMs, rateUlPerHour: programmedRateUlPerHour ?? 0, bag };
  return completesAtMs({ ...timeline, segments: [...timeline.segments, resumed] });
}

/** Stretches at rate 0, however they ended: by a resume, a new rate, a new bag or the end. */
function pauses({ timeline: { segments, endedMs } }: SessionState['dose']): DueFacts['pauses'] {
  const spans: { readonly fromMs: UtcMs; readonly toMs: UtcMs | null }[] = [];
  for (const [index, { fromMs, rateUlPerHour }] of segments.entries()) {
    if (rateUlPerHour !== 0) continue;
    const last = spans.at(-1);
    const toMs = segments[index + 1]?.fromMs ?? endedMs;
    if (last?.toMs === fromMs) spans[spans.length - 1] = { fromMs: last.fromMs, toMs };
    else spans.push({ fromMs, toMs });
  }
  return spans;
}
