import type { MonitorProtocolId } from '../../../../shared/clinical/monitor-protocol.ts';
import type { Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { PinAge } from '../../../../shared/contract/pin-age.ts';
import type { PrivacyCover } from '../../../../shared/contract/privacy-cover.ts';
import { sameSecondPersons, type SecondPersons } from '../../../../shared/contract/second-persons.ts';
import { sameFormats, type Formats } from '../../../../shared/values/formats.ts';
import type { Id } from '../../../../shared/values/ids.ts';
import type { KnownPatient, RoomState } from './room-state.ts';
import type { EventBody, NewEvent } from '../events/session-event.ts';

/** What a decision about the room yields: events to write, or why not. */
export type RoomDecision = { readonly events: readonly NewEvent[] } | { readonly refusal: Refusal };

/** The first person of a room, its name and its monitors: all of it in one decision, so that nothing is half set up. */
export interface RoomSetUp {
  readonly roomName: string;
  readonly demo: boolean;
  readonly people: readonly EventBody<'person-added'>[];
  readonly monitors: readonly MonitorToAdd[];
  readonly formats?: Formats | undefined;
}

export function decideSetUp(state: RoomState, { roomName, demo, people, monitors, formats }: RoomSetUp): RoomDecision {
  if (state.setUp !== null) {
    return { refusal: { code: 'ROOM_ALREADY_SET_UP', message: `This room is set up already, as "${state.setUp.roomName}".` } };
  }
  const events: NewEvent[] = people.map((body) => ({ kind: 'person-added', body }));
  let configured = state.monitors;
  for (const monitor of monitors) {
    const decision = decideAddMonitor({ ...state, monitors: configured }, monitor);
    if ('refusal' in decision) return decision;
    events.push(...decision.events);
    configured = new Map(configured).set(monitor.monitorId, monitor);
  }
  if (formats !== undefined) events.push({ kind: 'formats-chosen', body: formats });
  return { events: [...events, { kind: 'room-set-up', body: { roomName, demo } }] };
}

/** How the clinic writes dates, times and units. Choosing what holds already writes nothing. */
export function decideFormats(state: RoomState, chosen: Formats): RoomDecision {
  return { events: sameFormats(state.formats, chosen) ? [] : [{ kind: 'formats-chosen', body: chosen }] };
}

/** Who may be the second person, act by act. Choosing what holds already writes nothing. */
export function decideSecondPersons(state: RoomState, chosen: SecondPersons): RoomDecision {
  return { events: sameSecondPersons(state.secondPersons, chosen) ? [] : [{ kind: 'second-persons-chosen', body: chosen }] };
}

/** What a page shows at which nobody sits. Choosing what holds already writes nothing. */
export function decidePrivacyCover(state: RoomState, chosen: PrivacyCover): RoomDecision {
  return { events: state.privacyCover.figures === chosen.figures ? [] : [{ kind: 'privacy-cover-chosen', body: chosen }] };
}

/** After how long a PIN makes way for another. Choosing what holds already writes nothing. */
export function decidePinAge(state: RoomState, chosen: PinAge): RoomDecision {
  return { events: state.pinAge.days === chosen.days ? [] : [{ kind: 'pin-age-chosen', body: chosen }] };
}

/** Two people may share a name or a birth date, never a record number. */
export function decideAddPatient(state: RoomState, patient: KnownPatient): RoomDecision {
  const same = [...state.patients.values()].find((known) => known.recordNumber.toLowerCase() === patient.recordNumber.toLowerCase());
  if (same !== undefined) {
    const message = `Record number ${patient.recordNumber} belongs to ${same.name}, born ${same.birthDate}. Find that patient, or check the number.`;
    return { refusal: { code: 'PATIENT_DUPLICATE', message, subject: 'recordNumber' } };
  }
  return { events: [{ kind: 'patient-added', body: patient }] };
}

export interface MonitorToAdd {
  readonly monitorId: Id;
  readonly name: string;
  readonly protocol: MonitorProtocolId;
  readonly port: { readonly path: string; readonly stableId: string | null };
  readonly simulated: boolean;
  readonly listenOnly?: true | undefined;
}

/** One port carries one monitor: two would read each other's bytes. */
export function decideAddMonitor(state: RoomState, monitor: MonitorToAdd): RoomDecision {
  const taken = [...state.monitors.values()].find((known) => known.port.path === monitor.port.path);
  if (taken !== undefined) {
    const message = `${monitor.port.path} is used by "${taken.name}" already. Choose another port, or remove that monitor first.`;
    return { refusal: { code: 'MONITOR_PORT_TAKEN', message, subject: 'port' } };
  }
  return { events: [{ kind: 'monitor-configured', body: monitor }] };
}

/** Whether Vigil asks this monitor, or only listens while another recorder asks. */
export function decideListenOnly(state: RoomState, monitorId: Id, listenOnly: boolean): RoomDecision {
  const monitor = state.monitors.get(monitorId);
  if (monitor === undefined) {
    return { refusal: { code: 'MONITOR_NOT_FOUND', message: 'This monitor is not configured any more.', subject: monitorId } };
  }
  if ((monitor.listenOnly === true) === listenOnly) return { events: [] };
  const { listenOnly: _before, ...rest } = monitor;
  return { events: [{ kind: 'monitor-configured', body: listenOnly ? { ...rest, listenOnly: true } : rest }] };
}

export function decideRemoveMonitor(state: RoomState, monitorId: Id): RoomDecision {
  if (!state.monitors.has(monitorId)) {
    return { refusal: { code: 'MONITOR_NOT_FOUND', message: 'This monitor is not configured any more.', subject: monitorId } };
  }
  return { events: [{ kind: 'monitor-removed', body: { monitorId } }] };
}
