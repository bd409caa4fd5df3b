import { z } from 'zod';
import { exportFormatSchema } from '../../../shared/contract/export-formats.ts';
import { looksOfSchema, type LookKind } from '../../../shared/contract/looks.ts';
import { idSchema, type SessionId } from '../../../shared/values/ids.ts';
import type { Look } from '../recorder/looks.ts';
import { roomRoleRefusal } from '../staff/roles.ts';
import { peopleAt, type CallContext, type SeatedPerson } from './call-context.ts';
import { lookOfCall } from './looks-of-calls.ts';

const asked = z.object({
  sessionId: idSchema.optional(),
  format: exportFormatSchema.optional(),
  of: looksOfSchema.optional(),
  query: z.string().optional(),
});
const found = z.array(z.object({ patientId: idSchema }));

/** Notes that a call was answered, and what was in the answer. `by`: who was in front when it was asked. */
export function noteLook(
  context: CallContext,
  by: SeatedPerson | undefined,
  path: readonly string[],
  input: unknown,
  output: unknown,
): void {
  const look = lookOfCall(path);
  if (look === null || by === undefined) return;
  const { sessionId, format, of, query } = asked.parse(input ?? {});
  switch (look.about) {
    case 'session':
      if (sessionId !== undefined) noteOfSession(context, by, look.what, sessionId, format === undefined ? {} : { format });
      return;
    case 'found-patients':
      // Without words the first names of the room are listed, and nobody was sought.
      if (query?.trim() === '') return note(context, by, 'sessions-listed', {});
      for (const { patientId } of found.parse(output)) note(context, by, look.what, { patientId });
      return;
    case 'looks':
      return note(context, by, look.what, of?.by === 'record-number' ? context.host.room.lookList.patientOf(of.recordNumber) : {});
    case 'room':
      return note(context, by, look.what, {});
  }
}

/** Whoever is shown the board while a session is open sees it. */
export function noteWatch(context: CallContext): void {
  const [front] = peopleAt(context);
  const { session } = context.host.room.recorder;
  if (front === undefined || session === null || roomRoleRefusal(front.role, 'read-records') !== null) return;
  noteOfSession(context, front, 'session-watched', session.sessionId);
}

type Subject = Pick<Look, 'patientId' | 'sessionId' | 'format'>;

function noteOfSession(context: CallContext, by: SeatedPerson, what: LookKind, sessionId: SessionId, format: Subject = {}): void {
  const { recorder } = context.host.room;
  const { session } = recorder;
  const isOpen = session?.sessionId === sessionId.toLowerCase();
  const opened = isOpen ? session.opened : recorder.sessions.opening(sessionId);
  // A session that goes on is before the eyes of whoever works in it, whichever of its screens they open.
  const seen = what === 'record-opened' && isOpen ? 'session-watched' : what;
  note(context, by, seen, { ...(opened === null ? {} : { patientId: opened.patientId }), sessionId: sessionId.toLowerCase(), ...format });
}

function note({ host, connection }: CallContext, { personId }: SeatedPerson, what: LookKind, subject: Subject): void {
  host.room.looks.note({ what, from: connection.from, personId, ...subject });
}
