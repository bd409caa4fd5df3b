import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProtocol } from '../../../shared/clinical/protocol-directory.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import { createFileLog } from '../platform/file-log.ts';
import type { Clock } from '../platform/platform.ts';
import { hashCost } from '../platform/slow-hash.ts';
import { createSystemIds } from '../platform/system-ids.ts';
import { Room } from '../room.ts';
import { decideAddMonitor, decideAddPatient, decideSetUp } from '../session/room/decide-room.ts';
import { goldenScenario } from '../simulation/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../simulation/simulated-ports.ts';
import { findDriver } from '../drivers/driver-directory.ts';
import { openDataFolder } from '../store/data-folder.ts';
import { keyOfFolder } from '../store/folder-key.ts';
import { DemoClock } from './demo-clock.ts';
import { DemoPlayer, type DemoPeople } from './demo-player.ts';
import { demoPin } from '../../../shared/boot/demo-pin.ts';
import type { Role } from '../../../shared/contract/board/people.ts';
import type { PatientId, PersonId, SessionId } from '../../../shared/values/ids.ts';
import { decideReceipt } from '../session/room/drug-log.ts';
import { demoSignedMin, peakToDeparture, privateNote, ratingsToDeparture, signatures } from './demo-script-recovery.ts';
import { arrivalToPeak, demoHandsOverMin, demoIdentifiers, demoOpensMin, demoStock, ratingsToPeak } from './demo-script.ts';

export interface DemoOptions {
  /** The real one: the demo catches up with it. */
  readonly clock: Clock;
  readonly folder: string;
  /** Seconds per second once the demo has caught up. */
  readonly rate: number;
  readonly version: string;
}

/** Of the demo's PIN, so that the demo does not spend its first second on hashing. */
const demoPinHash = 'scrypt$N=131072,r=8,p=1$dmlnaWwgZGVtbyBzYWx0Lg$8mxF24TLMGw74t_eoeAvjsN6iquzdS4wqHcZzc4Pb6k';

const minuteMs = 60_000;
/** The script is played this fast until the demo's clock has reached the real one. */
const catchUpRate = 3000;
/** While it catches up, readings come to the disk so many seconds at a time: a disk keeps about a hundred promises a second. */
const catchUpSecondsPerWrite = 20;
/** The session before this one was on another day of the same week. */
const betweenSessionsMs = 3 * 24 * 60 * minuteMs;
const vialsReceived = 10;
/** Demo folders that are kept; they hold nobody's data. */
const foldersKept = 3;
const folderName = /^demo-\d+$/;

/**
 * The demo: the golden session on simulated monitors that speak real bytes, twice. Three days ago from arrival to
 * signature and amendment; today from arrival to the present, and then left to whoever stands at the screen. Both
 * are played within seconds. A new data folder each time, never the room's.
 */
export class DemoRoom {
  readonly room: Room;
  readonly #clock: DemoClock;
  readonly #ports: SimulatedPorts;
  /** When the infusion of the session that is played starts: the simulated patient goes by it. */
  #zeroMs: number;

  constructor({ clock: real, folder: demoFolder, rate, version }: DemoOptions) {
    const nowMs = real.now().utcMs;
    const opensMs = nowMs - (demoHandsOverMin - demoOpensMin) * minuteMs;
    const clock = new DemoClock(real, opensMs - betweenSessionsMs, catchUpRate);
    const ids = createSystemIds(clock);
    const path = newDemoFolder(demoFolder, nowMs);
    const { logFolder } = openDataFolder(path);
    const log = createFileLog({ path: join(logFolder, 'room-service.log'), clock });
    this.#clock = clock;
    this.#zeroMs = clock.now().utcMs - demoOpensMin * minuteMs;
    this.#ports = createSimulatedPorts(clock, simulatedMonitors(), { scenarioMs: () => clock.now().utcMs - this.#zeroMs });
    this.room = new Room({
      platform: { clock, ids, log, ports: this.#ports, hashCost },
      folder: path,
      key: keyOfFolder(path, ids),
      demo: true,
      version,
      secondsPerWrite: () => (clock.rate === rate ? 1 : catchUpSecondsPerWrite),
    });
    const { people, patientId } = this.#setUp();
    // Refused if somebody at the screen has kept the earlier session open. The demo then leaves it to them.
    this.#playEarlier(people, patientId).at(demoSignedMin, () => {
      clock.sleepUntil(opensMs);
      this.room.seats.useAll();
      this.#playToday(people, patientId);
    });
    clock.every(1000, () => {
      if (clock.rate === rate || clock.now().utcMs < real.now().utcMs) return;
      clock.setRate(rate);
      this.room.seats.useAll();
    });
  }

  async close(): Promise<void> {
    this.#clock.close();
    await this.room.close();
    this.#ports.close();
  }

  #setUp(): { readonly people: DemoPeople; readonly patientId: PatientId } {
    const { recorder, ids } = this.room;
    const person = (name: string, role: Role) => ({ personId: ids.uuid(), name, role, pinHash: demoPinHash });
    const [nurse, therapist] = [person('Nurse', 'nurse'), person('Therapist', 'therapist')];
    const [checker, prescriber] = [person('Second nurse', 'nurse'), person('Prescriber', 'prescriber')];
    const everybody = [nurse, therapist, checker, prescriber];
    const patient = { patientId: ids.uuid(), name: 'Demo Patient', ...demoIdentifiers };
    recorder.recordRoom(decideSetUp(recorder.room, { roomName: 'Demo room', demo: true, people: everybody, monitors: [] }), null);
    recorder.recordRoom(decideAddPatient(recorder.room, patient), nurse.personId);
    recorder.recordRoom(decideReceipt({ stock: demoStock, units: vialsReceived, lot: 'DEMO-118' }, checker), nurse.personId);
    for (const { name, protocol, path } of demoMonitors) {
      const monitor = { monitorId: ids.uuid(), name, protocol, port: { path, stableId: path }, simulated: true };
      recorder.recordRoom(decideAddMonitor(recorder.room, monitor), null);
    }
    const people = {
      nurse: nurse.personId,
      therapist: therapist.personId,
      checker: checker.personId,
      prescriber: prescriber.personId,
    };
    return { people, patientId: patient.patientId };
  }

  #playEarlier(people: DemoPeople, patientId: PatientId): DemoPlayer {
    const { player, sessionId } = this.#open(people, patientId, 2);
    player.play({ steps: [...arrivalToPeak, ...peakToDeparture, ...signatures], ratings: [...ratingsToPeak, ...ratingsToDeparture] });
    player.at(privateNote.atMin, () => void this.#clock.holdFor(this.#writePrivately(people.therapist, sessionId)));
    player.at(demoSignedMin - 1, () => this.room.acquisition.configure([]));
    return player;
  }

  #playToday(people: DemoPeople, patientId: PatientId): void {
    const { player } = this.#open(people, patientId, 3);
    player.play({ steps: arrivalToPeak, ratings: ratingsToPeak });
  }

  #open(people: DemoPeople, patientId: PatientId, number: number): { readonly player: DemoPlayer; readonly sessionId: SessionId } {
    const { recorder, ids, clock } = this.room;
    this.#zeroMs = clock.now().utcMs - demoOpensMin * minuteMs;
    const act = { commandId: ids.uuid(), personId: people.nurse };
    const protocolId = findProtocol('iv-ketamine-0.5-40')?.id ?? '';
    const sessionId = recorder.openSession(act, { patientId, protocolId, course: { number, of: 6 } });
    const player = new DemoPlayer(this.room, sessionId, people, this.#zeroMs);
    player.at(monitorsOnMin, () => this.#switchMonitorsOn());
    return { player, sessionId };
  }

  #switchMonitorsOn(): void {
    for (const { path, monitor } of simulatedMonitors()) this.#ports.exchange(path, monitor);
    this.room.connectMonitors();
  }

  /** With the therapist's own key, in the file of private notes, as from a page of theirs. */
  async #writePrivately(personId: PersonId, sessionId: SessionId): Promise<void> {
    const { privateNotes, seats, ids, clock, log } = this.room;
    const author = { seat: seats.take(personId), personId };
    const begunAt = clock.now().utcMs;
    try {
      await privateNotes.open(author, { pin: demoPin, phrase: null });
      privateNotes.record(author, sessionId, { noteId: ids.uuid(), draftId: null, text: privateNote.text, begunAt });
    } catch (error) {
      log.warn('demo-private-note-left-out', { error: errorForLog(error) });
    } finally {
      privateNotes.close(author.seat);
      seats.release(author.seat);
    }
  }
}

/** Within the fifteen minutes for which a figure is one to start by: the first pressure comes as they are switched on. */
const monitorsOnMin = -14.8;
const demoMonitors = [
  { name: 'Oximeter', protocol: 'masimo-ascii1', path: 'simulated:oximeter' },
  { name: 'Blood pressure', protocol: 'dinamap', path: 'simulated:cuff' },
] as const;

function simulatedMonitors() {
  const scenario = goldenScenario();
  return demoMonitors.map(({ protocol, path }) => ({ path, stableId: path, monitor: findDriver(protocol).createSimulator(scenario) }));
}

function newDemoFolder(demoFolder: string, nowMs: number): string {
  mkdirSync(demoFolder, { recursive: true, mode: 0o700 });
  const earlier = readdirSync(demoFolder).filter((name) => folderName.test(name));
  for (const name of earlier.toSorted().slice(0, -foldersKept)) rmSync(join(demoFolder, name), { recursive: true, force: true });
  return join(demoFolder, `demo-${nowMs}`);
}
