import { isCheck, milestones, type MilestoneDefinition, type MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { RoomAction } from '../../../../shared/contract/session-view/actions.ts';
import type { TimedTap } from '../../../../shared/contract/commands/timed-taps.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { openAtEnd } from './open-at-end.ts';
import { actionsBeyondOrder, sheetAction, routeActions, startActionOf, tapAction } from './route-actions.ts';
import type { SessionState } from '../state/session-state.ts';
import { startKinds } from '../state/start-order.ts';
import { openChecklist, startDoubts, startRefusal } from './start-obstacle.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/** The room at this moment, beside the session. */
export interface RoomNow {
  readonly monitorLive: boolean;
  readonly nowMs: UtcMs;
}

/**
 * What can be recorded now, in the order in which it is offered: the first three or four become the large buttons.
 * It follows from the protocol's order and what was done; measured values have no say.
 */
export function availableActions(state: SessionState, protocol: Protocol, now: RoomNow): readonly RoomAction[] {
  if (state.ended !== null) return [];
  switch (state.dose.status) {
    case 'none':
      return beforeDose(state, protocol, now);
    case 'running':
    case 'paused':
      return [
        ...(protocol.route === 'iv' ? doseActions(state, now) : routeActions(state, protocol)),
        ...milestoneActions(state, protocol, ['dose', 'recovery', 'any', 'pre']),
        ...surroundingsActions,
      ];
    case 'completed':
    case 'stopped':
      return [
        ...routeActions(state, protocol),
        ...milestoneActions(state, protocol, ['dose', 'recovery', 'post', 'any', 'pre']),
        ...surroundingsActions,
        ...actionsBeyondOrder(state, protocol),
        endAction(state, protocol),
      ];
    default:
      return assertNever(state.dose.status);
  }
}

/** At any time, and never in front of what the protocol asks for. */
const surroundingsActions: readonly RoomAction[] = [
  timedTap({ type: 'change-surroundings', what: 'music' }, 'Music changed'),
  timedTap({ type: 'change-surroundings', what: 'lights' }, 'Lights changed'),
];

function timedTap(command: TimedTap, label: string): RoomAction {
  return { action: { type: 'tap' }, label, hint: '', tap: command, sheet: 'time', waitsFor: null };
}

const lateHint = 'late: the dose was started without it';

function milestoneActions(state: SessionState, protocol: Protocol, stages: readonly MilestoneDefinition['stage'][]): RoomAction[] {
  const reached = new Set(state.milestones.map((entry) => entry.milestone));
  const isOver = state.dose.status === 'completed' || state.dose.status === 'stopped';
  const isChecked = (milestone: MilestoneKey): boolean =>
    reached.has(milestone) && !(milestone === 'double_check' && state.doubleCheck?.stale === true);
  const isOpen = ({ milestone }: Protocol['milestones'][number]): boolean => {
    const definition: MilestoneDefinition = milestones[milestone];
    // Recorded before the dose by acts of their own: a check is offered here where the dose was started without it.
    if (isCheck(milestone)) return state.dose.status !== 'none' && !isChecked(milestone);
    if (definition.recordedBy === 'go-no-go') return false;
    if (reached.has(milestone) && !definition.repeatable) return false;
    if (isOver || definition.stage === 'pre') return true;
    if (state.dose.status === 'none') return definition.needs === 'nothing' || definition.needs === 'start';
    return definition.duringDose;
  };
  // By stage of the session, so that a milestone of an earlier stage that is still open is offered first.
  const offered = stages.flatMap((stage) =>
    protocol.milestones
      .filter((entry) => milestones[entry.milestone].stage === stage && isOpen(entry))
      // Milestones that were reached and may be repeated come after those that were not.
      .toSorted((a, b) => Number(reached.has(a.milestone)) - Number(reached.has(b.milestone)))
      .map((entry) => ({
        action: { type: 'milestone' as const, milestone: entry.milestone },
        label: milestones[entry.milestone].label,
        hint: isCheck(entry.milestone) ? lateHint : entry.hint,
        ...recording(entry.milestone),
        waitsFor: null,
      })),
  );
  // Checks come first: they are offered only once the dose was started without them.
  return offered.toSorted((a, b) => Number(isCheck(b.action.milestone)) - Number(isCheck(a.action.milestone)));
}

/** What a tap on a milestone records, or the sheet that asks first. */
function recording(
  milestone: MilestoneKey,
): Pick<Extract<RoomAction, { sheet: 'time' }>, 'tap' | 'sheet'> | { readonly tap: null; readonly sheet: 'words' | 'check' | 'criteria' } {
  const { recordedBy } = milestones[milestone];
  switch (recordedBy) {
    case 'tap':
      return { tap: { type: 'reach-milestone', milestone }, sheet: 'time' };
    case 'words':
    case 'departure':
    case 'against-advice':
    case 'go-no-go':
      return { tap: null, sheet: 'words' };
    case 'check':
      return { tap: null, sheet: 'check' };
    case 'criteria':
      return { tap: null, sheet: 'criteria' };
    default:
      return assertNever(recordedBy);
  }
}

function startAction(state: SessionState, protocol: Protocol, { monitorLive }: RoomNow): RoomAction {
  const refusal = startRefusal(state, protocol);
  if (refusal !== null) return startActionOf(state, protocol, refusal.message);
  const open = openChecklist(state, protocol);
  if (open.length > 0) return startActionOf(state, protocol, open.join(', '), true);
  const doubts = startDoubts(state, { protocol, monitorLive });
  if (doubts.length === 0) return startActionOf(state, protocol, null);
  return startActionOf(state, protocol, `${doubts.map(({ words }) => words).join('. ')}.`, true);
}

function doseActions(state: SessionState, { nowMs }: RoomNow): RoomAction[] {
  const rate = state.dose.programmedRateUlPerHour;
  const rateText = rate === null ? '' : `${showMilli(rate)} mL/h`;
  const { predictedEndMs } = state.dose;
  const isEmpty = predictedEndMs !== null && nowMs >= predictedEndMs;
  const flow =
    state.dose.status === 'running'
      ? [sheetAction('pause-dose', 'Infusion paused', 'asks for a reason'), sheetAction('change-rate', 'Rate changed…', `now ${rateText}`)]
      : [sheetAction('resume-dose', 'Infusion resumed', `at ${rateText}`)];
  return [
    ...flow,
    // With drug in the bag "complete" is doubtful: the sheet says how much, and asks what the pump shows.
    isEmpty
      ? tapAction('complete-dose', 'Infusion complete', 'then flush')
      : sheetAction('complete-dose', 'Infusion complete', 'then flush'),
    sheetAction('stop-dose-early', 'Stopped early…', 'reason, volume left'),
    sheetAction('give-bolus', 'Bolus given…', 'amount in mg'),
    sheetAction('change-bag', 'New bag…', 'strength, volume left'),
  ];
}

function endAction(state: SessionState, protocol: Protocol): RoomAction {
  const open = openAtEnd(state, protocol);
  const hint = open.length === 0 ? '' : `${open.length} open, needs a reason`;
  return { action: { type: 'end-session' }, label: 'End the session', hint, tap: null, sheet: 'end', waitsFor: null };
}

/**
 * The start comes first once nothing stands in its way, and again after it was undone. A patient may leave before any
 * dose, so leaving is offered, too.
 */
function beforeDose(state: SessionState, protocol: Protocol, now: RoomNow): RoomAction[] {
  const start = startAction(state, protocol, now);
  const preparing = milestoneActions(state, protocol, ['pre']);
  const wasUndone = start.doubtful === true && state.log.some(({ kind }) => startKinds.includes(kind));
  const first = start.waitsFor === null || wasUndone ? [start, ...preparing] : [...preparing, start];
  return [...first, ...milestoneActions(state, protocol, ['any']), ...surroundingsActions, endAction(state, protocol)];
}
