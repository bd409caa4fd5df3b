import type { MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { EventId, PersonId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { EffectiveEvent } from './history.ts';
import type { EventBody, SessionEvent } from '../events/session-event.ts';

/** What stands before a dose by any route: the order, the second person's check, and where a remote patient is. */

export type RouteOrder =
  | ({ readonly route: 'im'; readonly eventId: EventId } & EventBody<'injection-ordered'>)
  | ({ readonly route: 'intranasal'; readonly eventId: EventId } & EventBody<'devices-ordered'>)
  | ({ readonly route: 'sublingual'; readonly eventId: EventId } & EventBody<'lozenges-ordered'>);

export interface DoubleCheck {
  readonly eventId: EventId;
  readonly atMs: UtcMs;
  readonly readBack: string;
  readonly witness: { readonly personId: PersonId; readonly name: string };
  /** Another dose was ordered since: what was read back is not what would be given. */
  readonly stale: boolean;
}

export interface RouteState {
  /** Of every route but a vein, whose order is `SessionState.order`. The last one holds. */
  readonly routeOrder: RouteOrder | null;
  readonly doubleCheck: DoubleCheck | null;
  readonly remoteFacts: EventBody<'remote-facts-recorded'> | null;
}

type OrderEvent = Extract<SessionEvent, { kind: 'dose-ordered' | 'injection-ordered' | 'devices-ordered' | 'lozenges-ordered' }>;

export function foldRouteState(history: readonly EffectiveEvent[]): RouteState {
  let order: OrderEvent | null = null;
  let check: EffectiveEvent<Extract<SessionEvent, { kind: 'double-check-confirmed' }>> | null = null;
  let remoteFacts: RouteState['remoteFacts'] = null;
  // Filtered before it is sorted, because most entries of a long session are answers of ratings.
  const recorded = history.filter(({ event }) => isOfRoute(event)).toSorted((a, b) => a.event.seq - b.event.seq);
  for (const entry of recorded) {
    const { event } = entry;
    if (isOrder(event)) order = event;
    else if (event.kind === 'double-check-confirmed') check = { ...entry, event };
    else if (event.kind === 'remote-facts-recorded') remoteFacts = event.body;
  }
  const checked = check === null ? null : recorded.find(({ event }) => event.eventId === check.event.body.orderEventId)?.event;
  return {
    routeOrder: order === null ? null : routeOrderOf(order),
    doubleCheck:
      check === null
        ? null
        : {
            eventId: check.event.eventId,
            atMs: check.atMs,
            readBack: check.event.body.readBack,
            witness: check.event.body.witness,
            stale: order !== null && !isSameDose(order, checked ?? null),
          },
    remoteFacts,
  };
}

function isOfRoute(event: SessionEvent): boolean {
  return isOrder(event) || event.kind === 'double-check-confirmed' || event.kind === 'remote-facts-recorded';
}

function isOrder(event: SessionEvent): event is OrderEvent {
  return (
    event.kind === 'dose-ordered' ||
    event.kind === 'injection-ordered' ||
    event.kind === 'devices-ordered' ||
    event.kind === 'lozenges-ordered'
  );
}

function routeOrderOf(event: OrderEvent): RouteOrder | null {
  const { eventId } = event;
  switch (event.kind) {
    case 'dose-ordered':
      return null;
    case 'injection-ordered':
      return { route: 'im', eventId, ...event.body };
    case 'devices-ordered':
      return { route: 'intranasal', eventId, ...event.body };
    case 'lozenges-ordered':
      return { route: 'sublingual', eventId, ...event.body };
  }
}

/** An order given again in the same figures needs no new check; whose it is and why are not part of the dose. */
function isSameDose(order: OrderEvent, checked: SessionEvent | null): boolean {
  if (checked === null || !isOrder(checked) || checked.kind !== order.kind) return false;
  const figures = ({ body }: OrderEvent): string =>
    JSON.stringify({ ...body, overrideReason: undefined, answered: undefined, orderedBy: undefined });
  return figures(order) === figures(checked);
}

export interface ImpliedMilestone {
  readonly milestone: MilestoneKey;
  readonly detail: string;
}

/** The milestones that an event of its own stands for: the timeline and the checklist show them as such. */
export function impliedMilestones(event: SessionEvent): readonly ImpliedMilestone[] {
  switch (event.kind) {
    case 'identity-checked':
      return [{ milestone: 'identity', detail: 'birth date and record number agree' }];
    case 'double-check-confirmed':
      return [{ milestone: 'double_check', detail: `read back by ${event.body.witness.name}: ${event.body.readBack}` }];
    case 'left-against-advice':
      return [{ milestone: 'left_against_advice', detail: event.body.condition }];
    case 'remote-facts-recorded': {
      const { locationAddress, callBackNumber, sitterName, videoOn } = event.body;
      return [
        { milestone: 'location_confirmed', detail: `${locationAddress}, call back ${callBackNumber}` },
        { milestone: 'sitter_confirmed', detail: sitterName },
        ...(videoOn ? [{ milestone: 'video_on', detail: 'on' } as const] : []),
      ];
    }
    default:
      return [];
  }
}
