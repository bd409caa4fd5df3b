import { gapCauseWords } from '../../../../shared/clinical/gap-cause.ts';
import { wasted } from '../../../../shared/clinical/dosing.ts';
import { adverseEventCategories } from '../../../../shared/clinical/adverse-event.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { milestones } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { missingRequired } from './open-at-end.ts';
import type { CompletenessItem, OpenPoint } from './completeness-item.ts';
import { isUnanswered, pastSlots, slotPoint } from './due-times.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { eventLabel } from '../events/event-words.ts';
import { wholeMinutesBetween } from '../../../../shared/values/minutes.ts';
import { protocolExcursions } from './protocol-excursions.ts';
import { safetyFlags } from './safety-flags.ts';
import type { SessionState } from '../state/session-state.ts';
import type { SessionVitals } from './session-vitals.ts';

/**
 * Everything that a signature would pass over in silence (`docs/regulatory.md`). Values
 * beyond the protocol are asked about here and nowhere else.
 */
export function completeness(
  state: SessionState,
  protocol: Protocol,
  vitals: SessionVitals,
  offsetMin: number,
): readonly CompletenessItem[] {
  const items: OpenPoint[] = [
    ...missingMilestones(state, protocol),
    ...unansweredSlots(state, protocol, vitals, offsetMin),
    ...unassessed(state),
    ...leftShort(state),
    ...outOfOrder(state),
    ...openRatings(state),
    ...flagged(state),
    ...protocolExcursions(state, protocol, vitals, offsetMin),
    ...openAdverseEvents(state),
    ...unrecordedWaste(state),
    ...lateEntries(state, offsetMin),
    ...gaps(state),
  ];
  return items.map((item) => ({ ...item, closed: state.signing.closed.get(item.key) ?? closedByEnding(state, item) }));
}

/** Those that a signature still waits for. */
export function openItems(items: readonly CompletenessItem[]): readonly CompletenessItem[] {
  return items.filter((item) => item.asks !== 'nothing' && item.closed === null);
}

/** In sessions of before, the reason for ending with points open answered all that were asked for at the end. */
function closedByEnding(state: SessionState, item: OpenPoint): CompletenessItem['closed'] {
  const { ended } = state;
  const isAskedAtEnd = item.kind === 'missing' || item.kind === 'rating-open';
  if (ended?.reason === undefined || ended.answersNothing === true || !isAskedAtEnd) return null;
  return { reason: ended.reason, atMs: ended.enteredMs, by: ended.actor };
}

function missingMilestones(state: SessionState, protocol: Protocol): OpenPoint[] {
  const went = state.milestones.some(({ milestone }) => milestone === 'transferred');
  const left = state.discharge.leftAgainstAdvice !== null;
  const how = went ? 'not recorded; the patient was transferred' : left ? 'not recorded; the patient left against advice' : null;
  return missingRequired(state, protocol).map(({ milestone }) => ({
    key: `milestone:${milestone}`,
    kind: 'missing',
    label: milestones[milestone].label,
    detail: how ?? 'required by the protocol and not recorded',
    atMs: null,
    asks: 'reason',
  }));
}

/** What the schedule asked for and nobody did; while the session runs it can still be done, and Next has it. */
function unansweredSlots(state: SessionState, protocol: Protocol, { cuffs }: SessionVitals, offsetMin: number): OpenPoint[] {
  const { ended, signing } = state;
  if (ended === null) return [];
  return pastSlots(state, protocol, cuffs, ended.atMs)
    .filter((slot) => isUnanswered(slot) || (slot.outcome.kind === 'missed' && signing.closed.has(slotPoint(slot.key))))
    .map(({ key, label, dueMs }) => ({
      key: slotPoint(key),
      kind: 'slot',
      label,
      detail: `due ${writtenMinute({ utcMs: dueMs, offsetMin })}, not recorded`,
      atMs: dueMs,
      asks: 'reason',
    }));
}

/** If "criteria met" was recorded by a tap and not in the list of criteria, the record does not say which were met and by what evidence. */
function unassessed(state: SessionState): OpenPoint[] {
  const tapped = state.milestones.find(({ milestone }) => milestone === 'criteria_met');
  if (tapped === undefined || state.discharge.assessed !== null) return [];
  return [
    {
      key: `assessment:${tapped.eventId}`,
      kind: 'missing',
      label: 'Discharge criteria, one by one',
      detail: 'recorded as met without the list of criteria and their evidence',
      atMs: tapped.atMs,
      asks: 'reason',
    },
  ];
}

/** What was short when the patient left, and who answered for it. It is listed so that whoever signs sees it. */
function leftShort(state: SessionState): OpenPoint[] {
  const { leftAgainstAdvice: left } = state.discharge;
  const againstAdvice = (left?.short ?? []).map((words, index) => ({
    key: `short:${left?.eventId ?? ''}:${index}`,
    kind: 'order' as const,
    label: words,
    detail: 'left against advice',
    atMs: left?.atMs ?? null,
    asks: 'nothing' as const,
  }));
  const released = state.milestones
    .filter(({ milestone, answered }) => (milestone === 'discharged' || milestone === 'left_with_sitter') && (answered ?? []).length > 0)
    .flatMap(({ eventId, atMs, answered }) =>
      (answered ?? []).map(({ key, words, reason, by }) => ({
        key: `short:${eventId}:${key}`,
        kind: 'order' as const,
        label: words,
        detail: by === undefined ? reason : `${reason} (${by.name})`,
        atMs,
        asks: 'nothing' as const,
      })),
    );
  return [...againstAdvice, ...released];
}

/**
 * If the line was taken out before the criteria were recorded as met, a reason is asked for: until then a drug may have
 * to be given by it.
 */
function outOfOrder(state: SessionState): OpenPoint[] {
  const removed = state.milestones.find(({ milestone }) => milestone === 'iv_removed');
  const met = state.milestones.find(({ milestone }) => milestone === 'criteria_met');
  if (removed === undefined || met === undefined || removed.atMs >= met.atMs) return [];
  return [
    {
      key: `order:${removed.eventId}`,
      kind: 'order',
      label: 'IV removed before the criteria were met',
      detail: 'the protocol keeps the line until then',
      atMs: removed.atMs,
      asks: 'reason',
    },
  ];
}

function openRatings(state: SessionState): OpenPoint[] {
  return state.ratings
    .filter((rating) => rating.state === 'open')
    .map(({ ratingId, instrument, score, atMs }) => ({
      key: `rating:${ratingId}`,
      kind: 'rating-open',
      label: `${instruments[instrument].name} left open`,
      detail: `${score.answered} of ${score.of} answered, no total`,
      atMs,
      asks: 'reason',
    }));
}

function flagged(state: SessionState): OpenPoint[] {
  return safetyFlags(state).map(({ ratingId, item, label, atMs }) => ({
    key: `flag:${ratingId}:${item}`,
    kind: 'safety-flag',
    label,
    detail: 'name the clinician who was told, and what was agreed',
    atMs,
    asks: 'what-was-done',
  }));
}

function openAdverseEvents(state: SessionState): OpenPoint[] {
  return state.adverseEvents
    .filter(({ open }) => open)
    .map(({ adverseEventId, category, severity, atMs }) => ({
      key: `adverse-event:${adverseEventId}`,
      kind: 'adverse-event',
      label: `${adverseEventCategories[category]} without an outcome`,
      detail: severity,
      atMs,
      asks: 'what-was-done',
    }));
}

/** Less than this left in the bags is what a pump leaves in its line. */
const leftoverUgMin = 500;

/** The end of an infusion after which drug was left in a bag. */
function endWithLeftover({ dose, history }: SessionState): SessionState['history'][number] | undefined {
  const isOver = dose.route === 'iv' && (wasted(dose.timeline)?.ug ?? 0) > leftoverUgMin;
  return history.findLast(
    ({ event }) => dose.route === 'iv' && (event.kind === 'dose-stopped-early' || (isOver && event.kind === 'dose-completed')),
  );
}

/** Asks what became of drug that was drawn or left in a bag, while no waste is recorded. */
function unrecordedWaste(state: SessionState): OpenPoint[] {
  const stopped = endWithLeftover(state);
  const drawn = state.controlledDrugs.drawn.find(({ forDose }) => forDose);
  const isRecorded = state.milestones.some(({ milestone }) => milestone === 'waste_recorded');
  if (isRecorded || (stopped === undefined && drawn === undefined)) return [];
  return [
    {
      key: `waste:${stopped?.event.eventId ?? drawn?.eventId ?? ''}`,
      kind: 'waste',
      label: 'Waste of the controlled drug',
      detail: stopped === undefined ? 'drawn and not accounted for to the end' : 'the dose ended with drug left, and no waste recorded',
      atMs: stopped?.atMs ?? drawn?.atMs ?? null,
      asks: 'reason',
    },
  ];
}

function lateEntries(state: SessionState, offsetMin: number): OpenPoint[] {
  return state.history
    .filter(({ event, late, amendedFromMs }) => event.actor !== 'service' && (late || amendedFromMs !== null))
    .map(({ event, atMs, late, amendedFromMs }) => {
      const first = amendedFromMs === null ? '' : `, first ${writtenMinute({ utcMs: amendedFromMs, offsetMin })}`;
      const reason = 'lateReason' in event.body && event.body.lateReason !== undefined ? `: ${event.body.lateReason}` : '';
      const entered = writtenMinute({ utcMs: event.recorded.utcMs, offsetMin });
      return {
        key: `late:${event.eventId}`,
        kind: 'late-entry',
        label: eventLabel(event),
        detail: `${late ? `entered late, ${entered}${reason}` : 'time corrected'}${first}`,
        atMs,
        asks: 'nothing',
      };
    });
}

/** Shorter ones are drawn in the record and not worth a line here. */
const gapMsMin = 60_000;

function gaps(state: SessionState): OpenPoint[] {
  return state.gaps
    .filter(({ fromMs, toMs }) => toMs === null || toMs - fromMs >= gapMsMin)
    .map(({ monitor, fromMs, toMs, cause }) => ({
      key: `gap:${fromMs}:${monitor?.monitorId ?? 'vigil'}`,
      kind: 'gap',
      label: monitor === null ? 'Vigil did not record' : `No values from ${monitor.name}`,
      detail: `${gapCauseWords[cause]}${toMs === null ? ', to the end' : `, ${wholeMinutesBetween(fromMs, toMs)} min`}`,
      atMs: fromMs,
      asks: 'nothing',
    }));
}
