import { deliveredUg, leftInAllBags, remainingInBag } from '../../../../shared/clinical/dosing.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { thousandths } from '../../../../shared/values/quantity.ts';
import { clinicalTime, occurredAt, type ClinicalTime } from '../state/clinical-time.ts';
import { accept, acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { totalDoubts } from './dose-doubts.ts';
import { holdDoubts, metHolds, noGoDoubts } from '../questions/hold-limits.ts';
import { bagDoubts, bolusDoubts, rateDoubts, type InfusionContext } from './infusion-doubts.ts';
import { wrongRoute } from './wrong-route.ts';
import type { SessionState } from '../state/session-state.ts';
import { bagEndOf, bagOf } from '../state/left-in-bag.ts';
import { readVolume, remainderDoubts } from './volume-left.ts';
import { startDoubts, startRefusal } from '../questions/start-obstacle.ts';

export type DoseCommand = CommandOf<
  'start-dose' | 'change-rate' | 'pause-dose' | 'resume-dose' | 'give-bolus' | 'change-bag' | 'complete-dose' | 'stop-dose-early'
>;

/**
 * Decisions about the dose. Whether an act fits where it is placed in time (a pause needs a running infusion) is
 * not asked here: every decision is folded in before it is accepted, and that fold says so.
 */
export function decideDose(state: SessionState, command: DoseCommand, context: DecisionContext): Decision {
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { protocol } = context;
  if (command.type === 'stop-dose-early') return decideStop(state, command, context, time.atMs, placedAt(time));
  // Only an infusion runs through a pump; what goes in whole has decisions of its own.
  if (protocol.route !== 'iv') return wrongRoute(protocol);
  return decideInfusion(state, command, { ...context, protocol }, time);
}

function decideInfusion(
  state: SessionState,
  command: Exclude<DoseCommand, { type: 'stop-dose-early' }>,
  context: InfusionContext,
  time: ClinicalTime,
): Decision {
  const { atMs, lateReason } = time;
  const occurred = occurredAt(time);
  switch (command.type) {
    case 'start-dose':
      return decideStart(state, context, { lateReason, occurred });
    case 'change-rate': {
      const rateUlPerHour = thousandths(command.rateMlPerHour);
      if (rateUlPerHour < 1) return nextToNoRate();
      const body = withoutAbsent({ rateUlPerHour, lateReason });
      return acceptWith(rateDoubts(state, bagOf(state.dose.timeline), rateUlPerHour, context), { kind: 'rate-changed', body, ...occurred });
    }
    case 'pause-dose':
      return accept({
        kind: 'dose-paused',
        body: withoutAbsent({ reason: command.reason, detail: command.detail, lateReason }),
        ...occurred,
      });
    case 'resume-dose': {
      const given = command.rateMlPerHour === undefined ? null : thousandths(command.rateMlPerHour);
      const rateUlPerHour = given ?? state.dose.programmedRateUlPerHour;
      if (rateUlPerHour === null) return refuse('DOSE_NOT_PAUSED', 'No infusion is paused. Record its start first.');
      if (rateUlPerHour < 1) return nextToNoRate();
      const doubts = given === null ? [] : rateDoubts(state, bagOf(state.dose.timeline), given, context);
      return acceptWith(doubts, { kind: 'dose-resumed', body: withoutAbsent({ rateUlPerHour, lateReason }), ...occurred });
    }
    case 'give-bolus':
      return decideBolus(state, command, context, time);
    case 'complete-dose':
      return decideCompletion(state, command, atMs, { lateReason, occurred });
    case 'change-bag':
      return decideBagChange(state, command, context, time);
    default:
      return assertNever(command);
  }
}

interface Placed {
  readonly lateReason: string | undefined;
  readonly occurred: { readonly occurred?: { readonly utcMs: UtcMs; readonly offsetMin: number } };
}

function placedAt(time: ClinicalTime): Placed {
  return { lateReason: time.lateReason, occurred: occurredAt(time) };
}

function decideStart(state: SessionState, context: InfusionContext, placed: Placed): Decision {
  if (state.dose.status !== 'none') {
    return refuse('DOSE_ALREADY_STARTED', 'The infusion has already been started. If that start was wrong, undo it first.');
  }
  const refusal = startRefusal(state, context.protocol);
  if (refusal !== null) return { refusal };
  const { order } = state;
  if (order === null) return refuse('DOSE_NOT_ORDERED', 'No dose is ordered. Order the dose first.');
  const body = withoutAbsent({ rateUlPerHour: order.rateUlPerHour, bag: order.bag, lateReason: placed.lateReason });
  const atMs = placed.occurred.occurred?.utcMs ?? context.now.utcMs;
  const doubts = [
    ...startDoubts(state, context),
    ...noGoDoubts(state, atMs),
    ...holdDoubts(state, context, atMs),
    ...totalDoubts(state, context, order.bag.ug, 'mgPerKg'),
  ];
  return { ...acceptWith(doubts, { kind: 'dose-started', body, ...placed.occurred }), met: metHolds(state, context, atMs) };
}

function nextToNoRate(): Decision {
  return refuse('DOSE_OUTSIDE_PROTOCOL', 'This rate is next to nothing. To stop the flow, pause the infusion.', 'rateMlPerHour');
}

function decideBolus(state: SessionState, command: CommandOf<'give-bolus'>, context: InfusionContext, time: ClinicalTime): Decision {
  const placed = placedAt(time);
  const ug = thousandths(command.mg);
  if (ug < 1) return refuse('DOSE_OUTSIDE_PROTOCOL', 'This bolus is next to nothing. Type the amount in mg.', 'mg');
  const doubts = bolusDoubts(state, ug, context, time.atMs);
  return acceptWith(doubts, {
    kind: 'bolus-given',
    body: withoutAbsent({ ug, lateReason: placed.lateReason }),
    ...placed.occurred,
  });
}

/**
 * If drug is left in the bag by the recorded rates, "complete" is doubtful: the infusion was stopped, or the pump ran
 * otherwise than was recorded.
 */
function decideCompletion(state: SessionState, command: CommandOf<'complete-dose'>, atMs: UtcMs, placed: Placed): Decision {
  const { timeline } = state.dose;
  const read = readVolume(timeline, command.volumeLeftMl, atMs);
  if ('refusal' in read) return read;
  const body = withoutAbsent({ deliveredUg: deliveredUg(timeline, atMs), volumeLeftUl: read.ul, lateReason: placed.lateReason });
  return acceptWith([...remainderDoubts(timeline, atMs), ...read.doubts], { kind: 'dose-completed', body, ...placed.occurred });
}

function decideStop(
  state: SessionState,
  command: CommandOf<'stop-dose-early'>,
  { protocol }: DecisionContext,
  atMs: UtcMs,
  placed: Placed,
): Decision {
  const { timeline } = state.dose;
  // Of an injection only a second one can be left out; a lozenge is taken out of the mouth.
  const noSecond = protocol.route === 'im' && (state.routeOrder?.route !== 'im' || state.routeOrder.second === null);
  if (protocol.route === 'sublingual' || noSecond) return wrongRoute(protocol);
  const read = readVolume(timeline, command.volumeLeftMl, atMs);
  if ('refusal' in read) return read;
  const left = leftInAllBags(timeline, atMs);
  const body = withoutAbsent({
    reason: command.reason,
    detail: command.detail,
    deliveredUg: deliveredUg(timeline, atMs),
    wasteUg: left.ug,
    wasteUl: left.ul,
    volumeLeftUl: read.ul,
    lateReason: placed.lateReason,
  });
  return acceptWith(read.doubts, { kind: 'dose-stopped-early', body, ...placed.occurred });
}

/** What is left in the old bag stays behind and is waste; the new one runs from here at its own strength and rate. */
function decideBagChange(state: SessionState, command: CommandOf<'change-bag'>, context: InfusionContext, time: ClinicalTime): Decision {
  const bag = { ug: thousandths(command.mg), ul: thousandths(command.ml) };
  const rateUlPerHour = thousandths(command.rateMlPerHour);
  if (bag.ug < 1 || bag.ul < 1) return refuse('DOSE_OUTSIDE_PROTOCOL', 'This bag holds next to nothing. Read its label again.', 'mg');
  if (rateUlPerHour < 1) return nextToNoRate();
  const doubts = bagDoubts(state, { bag, rateUlPerHour }, context, time.atMs);
  const read = readVolume(state.dose.timeline, command.volumeLeftMl, time.atMs);
  if ('refusal' in read) return read;
  const left = remainingInBag(state.dose.timeline, time.atMs);
  const placed = placedAt(time);
  const body = withoutAbsent({
    bag,
    rateUlPerHour,
    oldLeftUg: left.ug,
    oldLeftUl: left.ul,
    volumeLeftUl: read.ul,
    lateReason: placed.lateReason,
  });
  return acceptWith([...doubts, ...read.doubts], { kind: 'bag-changed', body, ...placed.occurred });
}

/**
 * What was read as left in a bag, said afterwards or read otherwise: refused and asked about as when the bag came off,
 * against what was in that bag at the time of the entry.
 */
export function decideVolumeLeftCorrection(state: SessionState, command: CommandOf<'correct-volume-left'>): Decision {
  const { eventId, reason } = command;
  const end = bagEndOf(state.history, eventId);
  if (end === null) {
    return refuse('SESSION_WRONG_STATE', 'This entry takes no bag off a pump, or no longer stands. No volume is left with it.');
  }
  const read = readVolume(end.timeline, command.volumeLeftMl, end.atMs);
  if ('refusal' in read) return read;
  const { ul: volumeLeftUl, doubts } = read;
  if (volumeLeftUl === undefined || volumeLeftUl === end.event.body.volumeLeftUl) {
    return refuse('SESSION_WRONG_STATE', 'This is how the entry stands already. Change what was read wrong.');
  }
  return acceptWith(doubts, { kind: 'volume-left-corrected', body: { eventId, volumeLeftUl, reason }, supersedes: eventId });
}
