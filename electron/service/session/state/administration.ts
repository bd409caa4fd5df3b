import type { TimedDose } from '../../../../shared/clinical/dosing.ts';
import type { EventId } from '../../../../shared/values/ids.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import type { EffectiveEvent } from './history.ts';
import type { SessionEvent } from '../events/session-event.ts';

/** What goes in whole at one instant: an injection, a nasal device, lozenges placed. */
export type AdministrationEvent = Extract<SessionEvent, { kind: 'injection-given' | 'device-given' | 'lozenge-placed' }>;

export type DoseRoute = 'iv' | 'im' | 'intranasal' | 'sublingual';

export interface Administration extends TimedDose {
  readonly eventId: EventId;
  readonly event: AdministrationEvent;
}

export function isAdministration(event: SessionEvent): event is AdministrationEvent {
  return event.kind === 'injection-given' || event.kind === 'device-given' || event.kind === 'lozenge-placed';
}

export function routeOfAdministration(event: AdministrationEvent): DoseRoute {
  switch (event.kind) {
    case 'injection-given':
      return 'im';
    case 'device-given':
      return 'intranasal';
    case 'lozenge-placed':
      return 'sublingual';
    default:
      return assertNever(event);
  }
}

interface GivenSoFar {
  readonly status: 'none' | 'running' | 'paused' | 'completed' | 'stopped';
  readonly route: DoseRoute | null;
  readonly administrations: readonly Administration[];
}

/** The first injection and a planned second one; no protocol has a third. */
const injectionsMax = 2;

/** Why an injection, a device or a lozenge cannot stand at its place, or null when it can. */
export function administrationMisfit(
  { status, route, administrations }: GivenSoFar,
  entry: EffectiveEvent<AdministrationEvent>,
): FitProblem | null {
  const { event } = entry;
  const at = writtenMinute(entry.occurred);
  if (route !== null && route !== routeOfAdministration(event)) {
    return fitProblem(entry, 'DOSE_ALREADY_STARTED', 'this dose was begun by another route', 'If that start was wrong, undo it first');
  }
  if (status === 'stopped') {
    return fitProblem(entry, 'DOSE_FINISHED', `the dose had been stopped by ${at}`, 'If that end was wrong, undo it first');
  }
  if (event.kind === 'lozenge-placed') {
    if (status === 'none') return null;
    return fitProblem(entry, 'DOSE_ALREADY_STARTED', 'the lozenges have been placed already', 'If that entry was wrong, undo it first');
  }
  const what = event.kind === 'injection-given' ? 'injection' : 'device';
  if (event.body.number !== administrations.length + 1) {
    const because = `${administrations.length === 0 ? 'no' : administrations.length} ${what}${administrations.length === 1 ? '' : 's'} had been given by ${at}`;
    return fitProblem(entry, 'SESSION_TIME_IMPOSSIBLE', because, `Keep the ${what}s in the order in which they were given`);
  }
  // A third injection does not fit. A device more than ordered does: a prescriber can have it given, and it has to be
  // recorded.
  if (event.kind === 'injection-given' && event.body.number > injectionsMax) {
    return fitProblem(
      entry,
      'DOSE_FINISHED',
      `all ${injectionsMax} injections of this order were given by ${at}`,
      'If one of them was wrong, undo it first',
    );
  }
  return null;
}
