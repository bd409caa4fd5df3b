import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { idSchema, type SessionId } from '../../../shared/values/ids.ts';
import { toIso } from '../../../shared/values/instant.ts';
import { heldBack, leaves } from '../session/events/leaves.ts';
import { isSessionEvent, type SessionEvent } from '../session/events/session-event.ts';
import type { RoomCopy } from '../store/room-copy.ts';

const aboutIt =
  'What is left of a session of which entries or readings are lost. Each line is as it was recorded; nothing was worked out from them, because what is lost may have changed it. An entry that undid, corrected or took back one of these may be among the lost. Quotations of the patient are left out: whether they agreed may be lost.';

/**
 * A session that a salvage set aside, entry by entry, and its readings as they were stored, as JSON. Throws `RefusedError` where
 * there is none, or where it is whole and has a record of its own.
 */
export function sessionEntries({ events, readings }: RoomCopy, sessionId: SessionId): string {
  const log = idSchema.safeParse(sessionId).success ? events.readEntries(sessionId).filter(isSessionEvent) : [];
  const rows = log.length === 0 && !events.isSetAside(sessionId) ? [] : [...readings.readSession(sessionId)];
  if (log.length + rows.length === 0)
    throw new RefusedError({ code: 'SESSION_NOT_FOUND', message: `There is no session ${sessionId} in this room.` });
  if (!events.isSetAside(sessionId)) {
    const message = `Nothing of session ${sessionId} is lost. Write its record: --format json, csv or pdf.`;
    throw new RefusedError({ code: 'SESSION_NOT_FOUND', message });
  }
  const held = heldBack(log);
  const file = {
    format: 'vigil-entries-1',
    session: sessionId,
    about: aboutIt,
    entries: log.map((event) => entryOf(event, held)),
    readings: rows.map(({ at, monitorId, part, readings: said }) => ({ at: toIso(at), monitor: monitorId, part, readings: said })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

function entryOf(event: SessionEvent, held: ReturnType<typeof heldBack>): object {
  const leaving = leaves(event, held);
  const { seq, eventId, kind, occurred, recorded, actor, supersedes } = event;
  return {
    seq,
    eventId,
    kind,
    occurred: toIso(occurred),
    recorded: toIso(recorded),
    by: actor === 'service' ? null : actor.personId,
    supersedes,
    body: leaving.as === 'withheld' ? null : withoutQuotation(leaving.body),
    ...(leaving.as === 'exact' ? {} : { withheld: leaving.because }),
  };
}

function withoutQuotation(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('details' in body)) return body;
  const { details } = body;
  if (typeof details !== 'object' || details === null || !('utterance' in details)) return body;
  const { utterance: _, ...rest } = details;
  return { ...body, details: rest };
}
