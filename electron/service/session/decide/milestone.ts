import { milestones, type MilestoneDefinition, type MilestoneKey, type RecordedBy } from '../../../../shared/clinical/milestone.ts';
import { hasWords } from '../../../../shared/contract/doubt.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { clinicalTime, occurredAt, type ClinicalTime } from '../state/clinical-time.ts';
import {
  accept,
  acceptWith,
  refuse,
  withoutAbsent,
  type CommandOf,
  type Decision,
  type DecisionContext,
  type Refused,
} from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { figureWords, holdDoubts, metHolds } from '../questions/hold-limits.ts';
import { departureDoubts, metCriteria } from './departure-doubts.ts';
import type { SessionState } from '../state/session-state.ts';
import { hasFigures, noVitals } from '../questions/session-vitals.ts';

export function decideMilestone(state: SessionState, command: CommandOf<'reach-milestone'>, context: DecisionContext): Decision {
  const { milestone, detail } = command;
  const definition: MilestoneDefinition = milestones[milestone];
  if (Object.hasOwn(ownActs, milestone)) return ownActs[milestone as keyof typeof ownActs];
  const { leftAgainstAdvice: left } = state.discharge;
  if (left !== null && definition.wayOut === 'by-criteria') {
    const at = writtenMinute({ ...context.now, utcMs: left.atMs });
    return refuse('SESSION_WRONG_STATE', `"${milestones.left_against_advice.label}" is recorded at ${at}. Undo that first.`, left.eventId);
  }
  const before = state.milestones.find((entry) => entry.milestone === milestone);
  if (before !== undefined && !definition.repeatable) {
    const at = writtenMinute({ ...context.now, utcMs: before.atMs });
    const message = `"${definition.label}" is already recorded at ${at}. Correct its time, or undo it first.`;
    return refuse('SESSION_WRONG_STATE', message, before.eventId);
  }
  const time = clinicalTime(state, context.now, command.at, milestone === 'arrived' ? 'arrival' : 'anything');
  if ('refusal' in time) return time;
  if (definition.recordedBy === 'go-no-go') return decideGoNoGo(state, command, context, time);
  const missing = missingWords(command) ?? missingMeasurement(state, milestone, time.atMs, context);
  if (missing !== null) return refuse('SESSION_REASON_REQUIRED', missing, 'detail');
  const body = withoutAbsent({ milestone, detail, told: command.told, lateReason: time.lateReason });
  const event = { kind: 'milestone-reached' as const, body, ...occurredAt(time) };
  if (definition.wayOut !== 'by-criteria') return accept(event);
  return { ...acceptWith(departureDoubts(state, time.atMs, context), event), met: metCriteria(state, time.atMs, context) };
}

/**
 * Whether the dose may begin, answered by a person who has the figures in front of them; they are kept as they stood.
 * "Go" passes over what is beyond a limit or missing only as the start itself would.
 */
function decideGoNoGo(
  state: SessionState,
  { go, detail }: CommandOf<'reach-milestone'>,
  context: DecisionContext,
  time: ClinicalTime,
): Decision {
  if (go === undefined) return refuse('SESSION_REASON_REQUIRED', 'A go/no-go is answered with "go" or with "no-go". Choose one.', 'go');
  if (!go && !hasWords(detail ?? '')) return refuse('SESSION_REASON_REQUIRED', 'A no-go says why. Write it.', 'detail');
  const { atMs, lateReason } = time;
  if (state.dose.startedMs !== null && atMs >= state.dose.startedMs) {
    return refuse('DOSE_ALREADY_STARTED', 'The dose has begun. What is decided now is said at its acts.');
  }
  const figures = figureWords(state, context, atMs).slice(0, 600);
  const body = withoutAbsent({ milestone: 'go_no_go' as const, go, detail: detail === '' ? undefined : detail, figures, lateReason });
  const event = { kind: 'milestone-reached' as const, body, ...occurredAt(time) };
  if (!go) return accept(event);
  return { ...acceptWith(holdDoubts(state, context, atMs), event), met: metHolds(state, context, atMs) };
}

/** Why one tap is not how these are recorded. */
const ownActs: { readonly [K in RecordedBy<'check' | 'against-advice'>]: Refused } = {
  identity: refuse('SESSION_WRONG_STATE', 'The identity is confirmed by two identifiers. Type the birth date and the record number.'),
  left_against_advice: refuse(
    'SESSION_REASON_REQUIRED',
    'Leaving against advice says who was told, and in what condition the patient left.',
    'milestone',
  ),
  double_check: refuse('STAFF_WITNESS_REQUIRED', 'The double-check is confirmed by the second person, with their own PIN.', 'witness'),
};

type Words = { readonly detail: string; readonly told: string };

/** Milestones whose record needs more than a tap: who was told, what was done, where the patient went. */
const missingOf: { readonly [K in RecordedBy<'words'>]: (words: Words) => string | null } = {
  bp_review: ({ detail, told }) =>
    hasWords(detail) && hasWords(told) ? null : 'A review says who was told and what was done. Write both.',
  transferred: ({ detail }) => (hasWords(detail) ? null : 'Say where the patient is taken and how.'),
  pregnancy_screen: ({ detail }) =>
    hasWords(detail) ? null : 'A pregnancy test has a result, or a reason why it does not apply. Write it.',
};

function missingWords({ milestone, detail = '', told = '' }: CommandOf<'reach-milestone'>): string | null {
  return Object.hasOwn(missingOf, milestone) ? missingOf[milestone as keyof typeof missingOf]({ detail, told }) : null;
}

/**
 * Baseline and final vitals are recorded only if something was measured or typed shortly before. In words, what is
 * missing; null where nothing is.
 */
function missingMeasurement(state: SessionState, milestone: MilestoneKey, atMs: UtcMs, context: DecisionContext): string | null {
  if (milestone !== 'baseline_vitals' && milestone !== 'final_vitals') return null;
  return hasFigures(state, context.vitals?.() ?? noVitals, atMs - measuredMsMax, atMs)
    ? null
    : `No pressure, pulse or SpO₂ of the last ${measuredMsMax / 60_000} min is on record. Measure, or type what was read; then record it.`;
}

const measuredMsMax = 15 * 60_000;
