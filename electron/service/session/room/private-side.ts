import type { NewEvent, EventBody, RoomEventKind } from '../events/session-event.ts';
import type { RoomState } from './room-state.ts';

/** The clinic's choice about the private side. Choosing what holds already writes nothing. */
export function decidePrivateSide(
  state: RoomState,
  chosen: EventBody<'private-notes-configured'>,
): { readonly events: readonly NewEvent<RoomEventKind>[] } {
  const { offered, marksShown } = state.privateNotes;
  if (offered === chosen.offered && marksShown === chosen.marksShown) return { events: [] };
  return { events: [{ kind: 'private-notes-configured', body: chosen }] };
}
