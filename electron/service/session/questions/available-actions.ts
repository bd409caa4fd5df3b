import { milestones, type MilestoneDefinition, type MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { RoomAction } from '../../../../shared/contract/room-board.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { openAtEnd } from './open-at-end.ts';
import { actionsBeyondOrder, routeActions, startActionOf } from './route-actions.ts';
import type { SessionState } from '../state/session-state.ts';
import { startKinds } from '../state/start-order.ts';
import { openChecklist, startDoubts, startRefusal } from './start-obstacle.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/**
 * What can be recorded now, in the order in which it is offered: the first three or four become the large buttons.
 * It follows from the protocol's order and what was done; measured values have no say.
 */
export function availableActions(state: SessionState, protocol: Protocol, monitorLive: boolean): readonly RoomAction[] {
  if (state.ended !== null) return [];
  switch (state.dose.status) {
    case 'none':
      return beforeDose(state, protocol, monitorLive);
    case 'running':
    case 'paused':
      return [
        ...(protocol.route === 'iv' ? doseActions(state) : routeActions(state, protocol)),
        ...milestoneActions(state, protocol, ['dose', 'recovery', 'any', 'pre']),
      ];
    case 'completed':
    case 'stopped':
      return [
        ...routeActions(state, protocol),
        ...milestoneActions(state, protocol, ['dose', 'recovery', 'post', 'any', 'pre']),
        ...actionsBeyondOrder(state, protocol),
        endAction(state, protocol),
      ];
    default:
      return assertNever(state.dose.status);
  }
}

/** Needs a dose that has ended; the fold refuses them before. */
const onlyAfterEnd: readonly MilestoneKey[] = ['return_to_baseline', 'criteria_met', 'discharged', 'left_with_sitter', 'waste_recorded'];
/** While drug is still going in, the rest of the recovery is not offered. */
const duringDose: readonly MilestoneKey[] = ['onset', 'peak', 'eyeshades_music', 'bp_review', 'check_in', 'emerging', 'transferred'];

/**
 * More than a tap: two identifiers are typed, a second person signs, go or no-go is chosen. Before the dose the start
 * screen asks for them.
 */
const ownAct: readonly MilestoneKey[] = ['identity', 'double_check', 'go_no_go'];
/** After a start without them these are offered here until they are done, as what is late. */
const lateChecks: readonly MilestoneKey[] = ['identity', 'double_check'];
const lateHint = 'late: the dose was started without it';

function milestoneActions(state: SessionState, protocol: Protocol, stages: readonly MilestoneDefinition['stage'][]): RoomAction[] {
  const reached = new Set(state.milestones.map((entry) => entry.milestone));
  const isOver = state.dose.status === 'completed' || state.dose.status === 'stopped';
  const isChecked = (milestone: MilestoneKey): boolean =>
    reached.has(milestone) && !(milestone === 'double_check' && state.doubleCheck?.stale === true);
  const isOpen = ({ milestone }: Protocol['milestones'][number]): boolean => {
    const definition: MilestoneDefinition = milestones[milestone];
    if (lateChecks.includes(milestone)) return state.dose.status !== 'none' && !isChecked(milestone);
    if (ownAct.includes(milestone)) return false;
    if (reached.has(milestone) && definition.repeatable !== true) return false;
    if (isOver || definition.stage === 'pre') return true;
    if (state.dose.status === 'none') return !onlyAfterEnd.includes(milestone);
    return duringDose.includes(milestone);
  };
  // What is late comes before what is next.
  const offered = stages.flatMap((stage) =>
    protocol.milestones
      .filter((entry) => milestones[entry.milestone].stage === stage && isOpen(entry))
      // What may be done again comes after what is still to be done.
      .toSorted((a, b) => Number(reached.has(a.milestone)) - Number(reached.has(b.milestone)))
      .map((entry) => ({
        action: { type: 'milestone' as const, milestone: entry.milestone },
        label: milestones[entry.milestone].label,
        hint: lateChecks.includes(entry.milestone) ? lateHint : entry.hint,
        waitsFor: null,
      })),
  );
  const isLate = ({ action }: (typeof offered)[number]): boolean => lateChecks.includes(action.milestone);
  return offered.toSorted((a, b) => Number(isLate(b)) - Number(isLate(a)));
}

function startAction(state: SessionState, protocol: Protocol, monitorLive: boolean): RoomAction {
  const refusal = startRefusal(state, protocol);
  if (refusal !== null) return startActionOf(state, protocol, refusal.message);
  const open = openChecklist(state, protocol);
  if (open.length > 0) return startActionOf(state, protocol, open.join(', '), true);
  const doubts = startDoubts(state, { protocol, monitorLive });
  if (doubts.length === 0) return startActionOf(state, protocol, null);
  return startActionOf(state, protocol, `${doubts.map(({ words }) => words).join('. ')}.`, true);
}

function doseActions(state: SessionState): RoomAction[] {
  const rate = state.dose.programmedRateUlPerHour;
  const rateText = rate === null ? '' : `${showMilli(rate)} mL/h`;
  const action = (type: Exclude<RoomAction['action']['type'], 'milestone'>, label: string, hint: string): RoomAction => ({
    action: { type },
    label,
    hint,
    waitsFor: null,
  });
  const flow =
    state.dose.status === 'running'
      ? [action('pause-dose', 'Infusion paused', 'asks for a reason'), action('change-rate', 'Rate changed…', `now ${rateText}`)]
      : [action('resume-dose', 'Infusion resumed', `at ${rateText}`)];
  return [
    ...flow,
    action('complete-dose', 'Infusion complete', 'then flush'),
    action('stop-dose-early', 'Stopped early…', 'reason, volume left'),
    action('give-bolus', 'Bolus given…', 'amount in mg'),
    action('change-bag', 'New bag…', 'strength, volume left'),
  ];
}

function endAction(state: SessionState, protocol: Protocol): RoomAction {
  const open = openAtEnd(state, protocol);
  const hint = open.length === 0 ? '' : `${open.length} open, needs a reason`;
  return { action: { type: 'end-session' }, label: 'End the session', hint, waitsFor: null };
}

/** The start comes first as soon as nothing stands in its way, and where it was undone. Before any dose a patient may still leave. */
function beforeDose(state: SessionState, protocol: Protocol, monitorLive: boolean): RoomAction[] {
  const start = startAction(state, protocol, monitorLive);
  const preparing = milestoneActions(state, protocol, ['pre']);
  const wasUndone = start.doubtful === true && state.log.some(({ kind }) => startKinds.includes(kind));
  const first = start.waitsFor === null || wasUndone ? [start, ...preparing] : [...preparing, start];
  return [...first, ...milestoneActions(state, protocol, ['any']), endAction(state, protocol)];
}
