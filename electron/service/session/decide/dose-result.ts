import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { DecisionContext } from './decision.ts';
import { doseWeightGrams, totalDoubts } from './dose-doubts.ts';
import { foldDose, isDoseEvent, isOfDose, type DoseEvent } from '../state/dose-state.ts';
import { deviceDoubts, injectionDoubts, lozengeDoubts } from './administration-doubts.ts';
import type { EffectiveEvent } from '../state/history.ts';
import { holdDoubts } from '../questions/hold-limits.ts';
import { bagDoubts, bolusDoubts, rateDoubts } from './infusion-doubts.ts';
import { bagOf } from '../state/left-in-bag.ts';
import { firstDeviceDoubts } from '../questions/monitoring-steps.ts';
import type { SessionEvent } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals } from '../questions/session-vitals.ts';

/**
 * What is doubtful about a whole dose, act by act as each would be asked about if it were recorded now, in clinical
 * order. An undo, another time or another amount can make an act doubtful that nobody touched: the second injection is
 * outside its window when the first one is moved.
 */
interface DoseDoubt {
  readonly doubt: Doubt;
  /** Two of the same are one question. */
  readonly finding: string;
  readonly eventId: string;
}

/** Doubts of the dose that a change brings and that did not stand before it; `own` are acts that were asked about themselves. */
export function doubtsOfChange(
  before: SessionState,
  after: SessionState,
  context: DecisionContext,
  own: ReadonlySet<string>,
): readonly Doubt[] {
  const known = new Set(doseDoubts(before, context).map(({ finding }) => finding));
  const fresh = doseDoubts(after, context).filter(({ finding, eventId }) => !known.has(finding) && !own.has(eventId));
  return withOwnKeys(fresh.map(({ doubt }) => doubt));
}

/** Whether a change of this entry can make another dose of what was given. */
export function bearsOnDose(event: SessionEvent): boolean {
  return isDoseEvent(event) || orders.has(event.kind);
}

const orders: ReadonlySet<string> = new Set(['dose-ordered', 'injection-ordered', 'devices-ordered', 'lozenges-ordered']);

function doseDoubts(state: SessionState, context: DecisionContext): readonly DoseDoubt[] {
  const grams = doseWeightGrams(state);
  const weight = state.weight === null || grams === null ? state.weight : { ...state.weight, grams };
  return state.history.flatMap((entry, index) => {
    if (!isOfDose(entry)) return [];
    const before: SessionState = { ...state, weight, dose: foldDose(state.history.slice(0, index), []) };
    const { eventId } = entry.event;
    return actDoubts(before, entry, context).map((doubt) => ({ doubt, finding: `${eventId} ${findingOf(doubt)}`, eventId }));
  });
}

/** The age of a figure is left out, so that moving the start by a minute does not ask the same question again. */
function findingOf({ key, words }: Doubt): string {
  return `${key} ${words.replace(/, \d+ min ago,/, '')}`;
}

function actDoubts(before: SessionState, entry: EffectiveEvent<DoseEvent>, context: DecisionContext): readonly Doubt[] {
  const { protocol } = context;
  const vitals = context.vitals?.() ?? noVitals;
  const isFirst = before.dose.status === 'none';
  switch (entry.event.kind) {
    case 'injection-given':
    case 'device-given':
    case 'lozenge-placed':
      return [
        ...(isFirst ? firstDeviceDoubts(before, protocol, vitals, entry.atMs) : []),
        ...holdDoubts(before, context, entry.atMs),
        ...administrationDoubts(before, entry, context),
      ];
    case 'dose-started':
      return [
        ...holdDoubts(before, context, entry.atMs),
        ...totalDoubts(before, context, entry.event.body.bag.ug, 'mgPerKg'),
        ...flowDoubts(before, entry, context),
      ];
    default:
      return flowDoubts(before, entry, context);
  }
}

function administrationDoubts(
  before: SessionState,
  { event, atMs }: EffectiveEvent<DoseEvent>,
  context: DecisionContext,
): readonly Doubt[] {
  const { routeOrder: order } = before;
  const { protocol } = context;
  if (event.kind === 'injection-given' && order?.route === 'im' && protocol.route === 'im') {
    return injectionDoubts(before, order, event.body, { ...context, protocol }, atMs);
  }
  if (event.kind === 'device-given' && order?.route === 'intranasal' && protocol.route === 'intranasal') {
    return deviceDoubts(before, order, event.body.ug, { ...context, protocol }, atMs);
  }
  if (event.kind === 'lozenge-placed' && order?.route === 'sublingual') return lozengeDoubts(before, order, event.body.ug, context);
  return [];
}

function flowDoubts(before: SessionState, { event, atMs }: EffectiveEvent<DoseEvent>, context: DecisionContext): readonly Doubt[] {
  const protocol: Protocol = context.protocol;
  if (protocol.route !== 'iv') return [];
  const infusion = { ...context, protocol };
  switch (event.kind) {
    case 'bolus-given':
      return bolusDoubts(before, event.body.ug, infusion, atMs);
    case 'bag-changed':
      return bagDoubts(before, event.body, infusion, atMs);
    case 'dose-started':
      return rateDoubts(before, event.body.bag, event.body.rateUlPerHour, infusion);
    case 'rate-changed':
      return rateDoubts(before, bagOf(before.dose.timeline), event.body.rateUlPerHour, infusion);
    default:
      return [];
  }
}

/** Each is answered by itself, also where two acts are doubtful in the same way. */
function withOwnKeys(doubts: readonly Doubt[]): readonly Doubt[] {
  const seen = new Map<string, number>();
  return doubts.map((doubt) => {
    const count = (seen.get(doubt.key) ?? 0) + 1;
    seen.set(doubt.key, count);
    return count === 1 ? doubt : { ...doubt, key: `${doubt.key.replace(':', '-')}:${count}` };
  });
}
