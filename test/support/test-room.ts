import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoomHost } from '../../electron/service/api/call-context.ts';
import { Detections } from '../../electron/service/acquisition/detections.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { Room } from '../../electron/service/room.ts';
import { decideAddMonitor, decideAddPatient, decideSecondPersons, decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import type { SecondPersons } from '../../shared/contract/second-persons.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import type { Act } from '../../electron/service/recorder/act.ts';
import type { Recorded } from '../../electron/service/recorder/act.ts';
import { reach } from './reach-milestone.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createSeededIds } from './seeded-ids.ts';
import { quickHashCost, quickPinHash } from './quick-hash.ts';
import { createSilentLog } from './silent-log.ts';

export const testPin = '246801';
const everybody: SecondPersons['double-check'] = ['nurse', 'therapist', 'prescriber'];
const everybodySeconds: SecondPersons = { 'double-check': everybody, 'controlled-drugs': everybody, 'doubtful-amounts': everybody };
export const oximeterPath = 'simulated:oximeter';
export const cuffPath = 'simulated:cuff';

/** A room on a real folder, with simulated monitors and a clock that a test moves by hand. */
export interface TestRoom {
  readonly clock: ManualClock;
  readonly ports: SimulatedPorts;
  readonly folder: string;
  readonly nurseId: string;
  readonly therapistId: string;
  readonly room: Room;
  readonly host: RoomHost;
  /** Runs a command as the nurse (or somebody else) in the session that is open, with the other one as the second person. */
  execute(command: SessionCommandInput, as?: string, secondPersonId?: string): Recorded;
  /** As `execute`, with a reason given to each doubt that the command raises. */
  insist(command: SessionCommandInput, reason?: string): Recorded;
  openSession(): string;
  /** Lets the room's seconds pass, promises included. */
  pass(ms: number): Promise<void>;
  /** As after a crash or a power cut: nothing is closed in order; the same folder is opened again. */
  restart(whileClosed?: () => void): Promise<void>;
  close(): Promise<void>;
}

export const testRoomKey = new Uint8Array(32).map((_, index) => index + 1);

export function openTestRoom(options: { readonly startMs?: number; readonly offsetMin?: number; readonly base?: string } = {}): TestRoom {
  const base = options.base ?? mkdtempSync(join(tmpdir(), 'vigil-room-'));
  const folder = join(base, 'room');
  const clock = createManualClock(options);
  const ids = createSeededIds();
  const scenario = goldenScenario();
  const startedMs = clock.monoMs();
  const ports = createSimulatedPorts(
    clock,
    [
      { path: oximeterPath, stableId: 'oximeter', monitor: findDriver('masimo-ascii1').createSimulator(scenario) },
      { path: cuffPath, stableId: 'cuff', monitor: findDriver('dinamap').createSimulator(scenario) },
    ],
    { scenarioMs: () => clock.monoMs() - startedMs - 14 * 60_000 },
  );
  const open = (): Room =>
    new Room({
      platform: { clock, ids, log: createSilentLog(), ports, hashCost: quickHashCost },
      folder,
      key: testRoomKey,
      demo: false,
      version: 'test',
    });
  let room = open();
  const nurseId = ids.uuid();
  const therapistId = ids.uuid();
  const people = [
    { personId: nurseId, name: 'Nurse', role: 'nurse', pinHash: quickPinHash(testPin) },
    { personId: therapistId, name: 'Therapist', role: 'therapist', pinHash: quickPinHash(testPin) },
  ] as const;
  room.recorder.recordRoom(decideSetUp(room.recorder.room, { roomName: 'Room 2', demo: false, people, monitors: [] }), nurseId);
  // Two people work here, so that this clinic lets its therapist be the second person of everything.
  room.recorder.recordRoom(decideSecondPersons(room.recorder.room, everybodySeconds), nurseId);

  const execute = (command: SessionCommandInput, by: Partial<Act>): Recorded => {
    const sessionId = room.recorder.session?.sessionId ?? ids.uuid();
    const act: Act = { commandId: ids.uuid(), personId: nurseId, secondPersonId: therapistId, ...by };
    return room.recorder.execute(act, sessionId, sessionCommandSchema.parse(command));
  };
  return {
    clock,
    ports,
    folder,
    nurseId,
    therapistId,
    get room() {
      return room;
    },
    host: {
      get room() {
        return room;
      },
      demo: false,
      systemPorts: ports,
      detections: new Detections({ clock, ports, drivers, log: createSilentLog }),
      get log() {
        return room.log;
      },
      prepareRoom: async () => room,
      enterRoom: () => undefined,
    },
    execute: (command, as = nurseId, secondPersonId = as === nurseId ? therapistId : nurseId) =>
      execute(command, { personId: as, secondPersonId }),
    insist: (command, reason = 'as the prescriber asked') => {
      try {
        return execute(command, {});
      } catch (error) {
        if (!(error instanceof RefusedError) || error.refusal.doubts === undefined) throw error;
        return execute(command, { answers: error.refusal.doubts.map(({ key: doubt }) => ({ key: doubt, reason })) });
      }
    },
    openSession: () => {
      const patientId = ids.uuid();
      const patient = { patientId, name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: `DEMO-${patientId.slice(-6)}` };
      room.recorder.recordRoom(decideAddPatient(room.recorder.room, patient), nurseId);
      const act = { commandId: ids.uuid(), personId: nurseId };
      return room.recorder.openSession(act, { patientId, protocolId: 'iv-ketamine-0.5-40', course: null });
    },
    pass: (ms) => clock.pass(ms),
    restart: async (whileClosed) => {
      await room.close();
      whileClosed?.();
      room = open();
    },
    close: async () => {
      await room.close();
      ports.close();
      if (options.base === undefined) rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Puts both simulated monitors on their ports. */
export function plugMonitorsIn({ room, nurseId }: TestRoom): void {
  for (const [name, protocol, path, stableId] of [
    ['Oximeter', 'masimo-ascii1', oximeterPath, 'oximeter'],
    ['Blood pressure', 'dinamap', cuffPath, 'cuff'],
  ] as const) {
    const monitor = { monitorId: room.ids.uuid(), name, protocol, port: { path, stableId }, simulated: true };
    room.recorder.recordRoom(decideAddMonitor(room.recorder.room, monitor), nurseId);
  }
  room.connectMonitors();
}

/** From the patient's weight to a running infusion. */
export function startDose(test: TestRoom): void {
  test.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
  test.execute({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
  for (const milestone of ['identity', 'consent', 'double_check', 'bedside_alarms_on', 'timeout'] as const) {
    test.execute(reach(milestone, undefined, test.room.recorder.session?.opened.recordNumber));
  }
  test.insist({ type: 'start-dose' });
}
