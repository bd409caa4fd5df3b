import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { RecordProof } from '../../../../shared/contract/record-proof.ts';
import type { Formats } from '../../../../shared/values/formats.ts';
import type { EventId, SessionId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { lastOfRecord } from '../../session/events/events-beside-record.ts';
import { heldEntries } from '../../session/events/leaves.ts';
import type { ReadVitals } from '../../projection/session-readings.ts';
import { protocolOf } from '../../session/questions/session-protocol.ts';
import type { NameOf } from '../../session/events/session-event.ts';
import type { RoomState } from '../../session/room/room-state.ts';
import type { SessionState } from '../../session/state/session-state.ts';
import { namesIn, type NamesOverTime } from '../../staff/names.ts';
import type { ReadingLog, ReadingRow } from '../../store/reading-log.ts';

/** Everything a record is written from, in every form. The same source gives the same bytes. */
export interface SessionSource {
  readonly state: SessionState;
  readonly protocol: Protocol;
  /** What the monitors said, as lines and as cuff readings. Typed values are in the session itself. */
  readonly vitals: ReadVitals;
  readonly room: { readonly roomId: string; readonly name: string; readonly demo: boolean; readonly formats: Formats };
  /** Of the record as it stands. */
  readonly recordHash: string;
  /** When it is written: a session that still runs is told up to then. */
  readonly nowMs: UtcMs;
  readonly names: NamesOverTime;
  /** Whoever recorded something of this session. */
  readonly nameOf: NameOf;
  /** What the monitors said, second by second. To be read while the room, or the copy of it, is open. */
  readings(): Iterable<ReadingRow>;
  /** What proves its entries where there is no room. To be read at the same time. */
  proof(): RecordProof;
}

/** A room as records are read from it: the open one, or a copy of its files. */
export interface SourceRoom {
  readonly roomId: string;
  readonly room: RoomState;
  readonly readings: Pick<ReadingLog, 'readSession'>;
  /** What the monitors said in a session, as lines and as cuff readings. */
  vitals(state: SessionState): ReadVitals;
  /** The record hash of a session up to an event; null where that event is not there. */
  recordHash(sessionId: SessionId, throughSeq: number): string | null;
  /** @param withheld as `recordProof` takes it */
  proof(sessionId: SessionId, withheld: ReadonlySet<EventId>): RecordProof;
  /** Of everybody of the room. */
  readonly names: NamesOverTime;
}

/** The one maker of what a record is written from. Throws `RefusedError` where the session's protocol is not installed. */
export function sessionSource(from: SourceRoom, state: SessionState, nowMs: UtcMs): SessionSource {
  const { roomId, room, readings, vitals, recordHash, proof, names } = from;
  const { sessionId, log } = state;
  const protocol = protocolOf(state, room.protocols);
  return {
    state,
    protocol,
    vitals: vitals(state),
    room: { roomId, name: room.setUp?.roomName ?? '', demo: room.setUp?.demo ?? false, formats: room.formats },
    recordHash: recordHash(sessionId, lastOfRecord(log)) ?? '',
    nowMs,
    names,
    nameOf: namesIn(names, log),
    readings: () => readings.readSession(sessionId),
    proof: () => proof(sessionId, heldEntries(log)),
  };
}
