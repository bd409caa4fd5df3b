import { hash } from 'node:crypto';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { CommandId, PersonId } from '../../../shared/values/ids.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { EventReader } from '../store/event-reader.ts';

/** One call that is to be carried out once: its id, and what it asks for as one figure. */
export interface Command {
  readonly commandId: CommandId;
  /** SHA-256 over the procedure, the person and the content. */
  readonly digest: Uint8Array;
}

/**
 * `content` is all that the call asks for, without PINs: a PIN is never kept, and a repeated call may carry another.
 *
 * @param personId null where no person of the room asked
 */
export function commandOf(commandId: CommandId, procedure: string, personId: PersonId | null, content: unknown): Command {
  return { commandId, digest: hash('sha256', canonicalJson([procedure, personId, content]), 'buffer') };
}

/**
 * What this very call led to before; null where its id is new. The one place that says what a repeat is: the same
 * person asks the same procedure for the same. Throws `RefusedError` where the id is another act's.
 */
export function recallCommand(log: EventReader, { commandId, digest }: Command): readonly RecordedEvent[] | null {
  const before = log.findCommand(commandId);
  if (before.length === 0) return null;
  const known = log.findDigest(commandId);
  if (known !== null && Buffer.compare(known, digest) === 0) return before;
  const message =
    'This carries the number of another act, which is recorded already. Nothing was recorded; look at the record and do it anew.';
  throw new RefusedError({ code: 'COMMAND_ID_USED', message, subject: 'commandId' });
}

/** The same content gives the same text, whatever the order of its keys. A key whose value is undefined counts as missing. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
