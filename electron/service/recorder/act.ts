import type { Answer } from '../../../shared/contract/doubt.ts';
import type { SessionCommand } from '../../../shared/contract/session-commands.ts';
import type { CommandId, EventId, PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { NewEvent, RecordedEvent } from '../session/events/session-event.ts';
import { commandOf, type Command } from './command.ts';

/** Whose act it is, and under which id a repeated call is recognised. */
export interface Act {
  readonly commandId: CommandId;
  readonly personId: PersonId;
  /** The second person, where the act needs one; their PIN was checked already. */
  readonly secondPersonId?: PersonId | null;
  /** Their own PIN, typed again for this act, was compared and was right. */
  readonly ownPinChecked?: boolean;
  /** To the doubts that the command raises, each by its key. */
  readonly answers?: readonly Answer[] | undefined;
  /** What else the record says in the same transaction. */
  readonly also?: readonly NewEvent[];
  /** What was asked for, where this act is part of a larger call. */
  readonly asked?: Command;
}

/** What was asked for as one content: the command, who the second person is, and what was answered. */
export function commandOfAct(act: Act, sessionId: SessionId, command: SessionCommand): Command {
  // The digest keeps the key it has had, so that a call repeated across an update is known.
  const { commandId, personId, secondPersonId: witnessId = null, answers } = act;
  return act.asked ?? commandOf(commandId, 'session.execute', personId, { sessionId, command, witnessId, answers });
}

export interface Recorded {
  readonly eventIds: EventId[];
  readonly seq: number;
  readonly recorded: Instant;
}

export function recordedOf(events: readonly RecordedEvent[]): Recorded {
  const last = events.at(-1);
  if (last === undefined) throw new Error('a decision yielded no event');
  return { eventIds: events.map((event) => event.eventId), seq: last.seq, recorded: last.recorded };
}
