import type { MonitorProtocolId } from '../../../../shared/clinical/monitor-protocol.ts';
import { builtInLibrary } from '../../../../shared/clinical/protocol-directory.ts';
import type { ProtocolLibrary } from '../../../../shared/clinical/protocol-library.ts';
import { pinAgeUnchosen, type PinAge } from '../../../../shared/contract/pin-age.ts';
import { privacyCoverUnchosen, type PrivacyCover } from '../../../../shared/contract/privacy-cover.ts';
import { firstRecoveryKey } from '../../../../shared/contract/recovery-keys.ts';
import { secondPersonsUnchosen, type SecondPersons } from '../../../../shared/contract/second-persons.ts';
import { formatsUnchosen, type Formats } from '../../../../shared/values/formats.ts';
import type { MonitorId, PatientId, PersonId, SessionId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { EventBody, RecordedEvent } from '../events/session-event.ts';
import { evolveTextPacks, noTextPacks, type TextPackState } from './text-pack-state.ts';

export interface KnownPatient {
  readonly patientId: PatientId;
  readonly name: string;
  /** ISO date. */
  readonly birthDate: string;
  readonly recordNumber: string;
}

export interface ConfiguredMonitor {
  readonly monitorId: MonitorId;
  readonly name: string;
  readonly protocol: MonitorProtocolId;
  readonly port: { readonly path: string; readonly stableId: string | null };
  readonly simulated: boolean;
  readonly listenOnly?: true | undefined;
}

/** What the room knows between sessions: a fold over the events of no session. People are folded in `staff/`. */
export interface RoomState {
  readonly setUp: { readonly roomName: string; readonly demo: boolean } | null;
  readonly patients: ReadonlyMap<PatientId, KnownPatient>;
  readonly monitors: ReadonlyMap<MonitorId, ConfiguredMonitor>;
  /** What was read last on each adapter that has a name of its own, also of monitors that were removed. */
  readonly adapters: ReadonlyMap<string, MonitorProtocolId>;
  /** Those that come with Vigil, and every version that this clinic published. */
  readonly protocols: ProtocolLibrary;
  /** The clinic's wording of rating instruments. */
  readonly textPacks: TextPackState;
  /** What the clinic has chosen; offered and marked until it chooses. */
  readonly privateNotes: EventBody<'private-notes-configured'>;
  /** How the clinic writes dates, times and units. */
  readonly formats: Formats;
  /** Who may be the second person, act by act. */
  readonly secondPersons: SecondPersons;
  /** What a page shows at which nobody sits. */
  readonly privacyCover: PrivacyCover;
  /** What the record tells of the printed keys, by their ids, without those that somebody took away. */
  readonly recoveryKeys: ReadonlyMap<string, RecoveryKeyTold>;
  /** After how long a PIN makes way for another. */
  readonly pinAge: PinAge;
  /** The last time that it was made from a backup; null: never. */
  readonly restored: Restored | null;
  /** The last time that it was saved out of a damaged file; null: never. */
  readonly salvaged: Salvaged | null;
}

export interface RecoveryKeyTold {
  readonly seq: number;
  readonly atMs: UtcMs;
  readonly by: PersonId | null;
  readonly typedBack: boolean;
  /** null: that of set-up. */
  readonly name: string | null;
  /** Since when it opens the room no more, though nobody took it away: the data key was changed without it. */
  readonly leftOutMs: UtcMs | null;
}

export interface Restored {
  readonly seq: number;
  readonly atMs: UtcMs;
  /** When the backup was taken: what was recorded between it and the restore is lost. */
  readonly takenMs: UtcMs;
}

export interface Salvaged {
  readonly seq: number;
  readonly atMs: UtcMs;
  /** How many entries are known to be lost, of all its sessions and of the room. */
  readonly entriesLost: number;
  /** Whether anything told where the log ended: where nothing did, more may be lost at its end. */
  readonly isEndKnown: boolean;
  /** Of the room itself: people, patients, monitors, drugs. */
  readonly roomEntriesLost: boolean;
  readonly setAside: readonly SessionId[];
}

export const emptyRoomState: RoomState = {
  setUp: null,
  patients: new Map(),
  monitors: new Map(),
  adapters: new Map(),
  protocols: builtInLibrary,
  textPacks: noTextPacks,
  privateNotes: { offered: true, marksShown: true },
  formats: formatsUnchosen,
  secondPersons: secondPersonsUnchosen,
  privacyCover: privacyCoverUnchosen,
  recoveryKeys: new Map(),
  pinAge: pinAgeUnchosen,
  restored: null,
  salvaged: null,
};

export function foldRoom(events: Iterable<RecordedEvent>, from: RoomState = emptyRoomState): RoomState {
  // Of many thousands: one map, and not a copy for each.
  const patients = new Map(from.patients);
  let state = from;
  for (const event of events) {
    if (event.kind === 'patient-added') patients.set(event.body.patientId, event.body);
    else state = evolveRoom(state, event);
  }
  return { ...state, patients };
}

function salvagedOf({ seq, recorded, body }: RecordedEvent<'room-salvaged'>): Salvaged {
  const inHoles = body.holes.reduce((sum, { from, through }) => sum + through - from + 1, 0);
  const atEnd = Math.max(0, (body.acknowledged ?? 0) - seq + 1);
  const { roomEntriesLost, setAside } = body;
  return { seq, atMs: recorded.utcMs, entriesLost: inHoles + atEnd, isEndKnown: body.acknowledged !== null, roomEntriesLost, setAside };
}

function withRecoveryKey(
  { recoveryKeys }: RoomState,
  { keyId, name }: { readonly keyId: string; readonly name: string | null },
  { seq, recorded, actor }: RecordedEvent,
): RoomState['recoveryKeys'] {
  const by = actor === 'service' ? null : actor.personId;
  return new Map(recoveryKeys).set(keyId, { seq, atMs: recorded.utcMs, by, typedBack: false, name, leftOutMs: null });
}

function withRotation({ recoveryKeys }: RoomState, { body, recorded }: RecordedEvent<'data-key-rotated'>): RoomState['recoveryKeys'] {
  const told = [...recoveryKeys].map(([keyId, key]) => {
    const leftOutMs = body.recoveryKeys.includes(keyId) ? null : (key.leftOutMs ?? recorded.utcMs);
    return [keyId, { ...key, leftOutMs }] as const;
  });
  return new Map(told);
}

const adaptersMax = 64;

function withAdapter(adapters: RoomState['adapters'], { port, protocol }: ConfiguredMonitor): RoomState['adapters'] {
  if (port.stableId === null || adapters.get(port.stableId) === protocol) return adapters;
  return new Map([...adapters].filter(([stableId]) => stableId !== port.stableId).slice(1 - adaptersMax)).set(port.stableId, protocol);
}

export function evolveRoom(state: RoomState, event: RecordedEvent): RoomState {
  switch (event.kind) {
    case 'room-set-up':
      return { ...state, setUp: event.body, recoveryKeys: withRecoveryKey(state, { keyId: firstRecoveryKey, name: null }, event) };
    case 'patient-added':
      return { ...state, patients: new Map(state.patients).set(event.body.patientId, event.body) };
    case 'monitor-configured':
      return {
        ...state,
        monitors: new Map(state.monitors).set(event.body.monitorId, event.body),
        adapters: withAdapter(state.adapters, event.body),
      };
    case 'monitor-removed': {
      const monitors = new Map(state.monitors);
      monitors.delete(event.body.monitorId);
      return { ...state, monitors };
    }
    case 'private-notes-configured':
      return { ...state, privateNotes: event.body };
    case 'room-restored':
      return { ...state, restored: { seq: event.seq, atMs: event.recorded.utcMs, takenMs: event.body.takenMs } };
    case 'room-salvaged':
      return { ...state, salvaged: salvagedOf(event) };
    case 'recovery-key-added':
      return { ...state, recoveryKeys: withRecoveryKey(state, event.body, event) };
    case 'recovery-key-removed': {
      const recoveryKeys = new Map(state.recoveryKeys);
      recoveryKeys.delete(event.body.keyId);
      return { ...state, recoveryKeys };
    }
    case 'data-key-rotated':
      return { ...state, recoveryKeys: withRotation(state, event) };
    case 'recovery-key-typed-back': {
      const told = state.recoveryKeys.get(event.body.keyId);
      if (told === undefined) return state;
      return { ...state, recoveryKeys: new Map(state.recoveryKeys).set(event.body.keyId, { ...told, typedBack: true }) };
    }
    case 'formats-chosen':
      return { ...state, formats: event.body };
    case 'second-persons-chosen':
      return { ...state, secondPersons: event.body };
    case 'privacy-cover-chosen':
      return { ...state, privacyCover: event.body };
    case 'pin-age-chosen':
      return { ...state, pinAge: event.body };
    case 'text-pack-loaded':
    case 'text-pack-removed':
      return { ...state, textPacks: evolveTextPacks(state.textPacks, event) };
    case 'protocol-published':
      return { ...state, protocols: state.protocols.with(event.body.protocol) };
    default:
      return state;
  }
}
