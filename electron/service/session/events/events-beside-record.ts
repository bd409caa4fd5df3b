import type { EventId } from '../../../../shared/values/ids.ts';
import { sessionEvents, type SessionEvent, type SessionEventKind } from './session-event.ts';

/**
 * What the log holds of the private side. It stands in the chain like everything else, and no signature covers it:
 * a note written while a record is being signed, or beside a signed one, is no change of that record.
 */
export const besideRecord: readonly SessionEventKind[] = (Object.keys(sessionEvents) as SessionEventKind[]).filter(
  (kind) => !sessionEvents[kind].inRecord,
);

const isBeside: ReadonlySet<string> = new Set(besideRecord);

export function isBesideRecord(kind: string): boolean {
  return isBeside.has(kind);
}

/** The number of the last event that a signature covers; 0 where there is none. */
export function lastOfRecord(log: readonly SessionEvent[]): number {
  return log.findLast(({ kind }) => !isBeside.has(kind))?.seq ?? 0;
}

/**
 * Observations that their author took to the private side, their amendments, and the undos of both. The
 * log keeps the words, whose past nobody can edit; nothing shows, prints or exports them any more (decision 0025).
 */
export function takenPrivate(log: readonly SessionEvent[]): ReadonlySet<EventId> {
  const taken = new Set<EventId>();
  for (const [index, event] of log.entries()) {
    if (event.kind !== 'text-moved-across' || event.body.direction !== 'to-private' || event.body.from !== 'record') continue;
    // One transaction of one command: the undo stands right before it.
    const undo = log[index - 1];
    if (undo?.kind !== 'event-undone' || undo.commandId !== event.commandId) continue;
    taken.add(undo.eventId).add(undo.body.eventId);
  }
  for (const event of log) {
    const isAbout = event.kind === 'observation-amended' || event.kind === 'event-undone';
    if (isAbout && taken.has(event.body.eventId)) taken.add(event.eventId);
  }
  return taken;
}
