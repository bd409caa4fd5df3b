import { milestones } from '../../../../shared/clinical/milestone.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import type { EffectiveEvent } from './history.ts';
import { impliedMilestones } from './route-state.ts';
import type { SessionEvent, SessionEventKind } from '../events/session-event.ts';

export const startKinds: readonly SessionEventKind[] = ['dose-started', 'injection-given', 'device-given', 'lozenge-placed'];

/**
 * A start whose clinical time was moved before a check that was recorded ahead of it. What is recorded after the
 * start stands for itself: there the dose was begun without the check, with a reason.
 */
export function findUncheckedStart(history: readonly EffectiveEvent[], problems: FitProblem[]): void {
  const start = history.find(({ event }) => startKinds.includes(event.kind));
  if (start === undefined) return;
  const later = history.find((entry) => entry.atMs > start.atMs && entry.event.seq < start.event.seq && isCheck(entry.event));
  if (later === undefined) return;
  const at = writtenMinute(later.occurred);
  const because = `the checks before the dose were recorded up to ${at}`;
  problems.push(fitProblem(start, 'SESSION_TIME_IMPOSSIBLE', because, 'Choose a later time, or correct the time of the check first'));
}

function isCheck(event: SessionEvent): boolean {
  if (event.kind === 'milestone-reached') return milestones[event.body.milestone].beforeStart;
  return impliedMilestones(event).some(({ milestone }) => milestones[milestone].beforeStart);
}

/** An administration without its order, or an order worked out from a weight that no longer holds. */
export function findRouteGround(history: readonly EffectiveEvent[], problems: FitProblem[]): void {
  const kinds = new Set(history.map(({ event }) => event.kind));
  const weights = new Set(history.flatMap(({ event }) => (event.kind === 'weight-recorded' ? [event.body.grams] : [])));
  for (const entry of history) {
    const { event } = entry;
    const ordered = orderOfAdministration[event.kind];
    if (ordered !== undefined && !kinds.has(ordered)) {
      problems.push(fitProblem(entry, 'DOSE_NOT_ORDERED', 'it was given on that order', 'Order the dose first'));
    }
    const isWeighed = event.kind === 'injection-ordered' || event.kind === 'lozenges-ordered';
    if (isWeighed && !weights.has(event.body.weightGrams)) {
      problems.push(fitProblem(entry, 'WEIGHT_MISSING', 'the order was worked out from that weight', 'Undo the order first'));
    }
  }
}

const orderOfAdministration: Readonly<Partial<Record<SessionEventKind, SessionEventKind>>> = {
  'injection-given': 'injection-ordered',
  'device-given': 'devices-ordered',
  'lozenge-placed': 'lozenges-ordered',
};
