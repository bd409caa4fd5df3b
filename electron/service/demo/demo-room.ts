import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProtocol } from '../../../shared/clinical/protocol-directory.ts';
import { createFileLog } from '../platform/file-log.ts';
import type { Clock } from '../platform/platform.ts';
import { createSystemIds } from '../platform/system-ids.ts';
import { Room } from '../room.ts';
import { decideAddMonitor, decideAddPatient, decideSetUp } from '../session/decide-room.ts';
import { goldenScenario } from '../simulators/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../simulators/simulated-ports.ts';
import { createSimulatedMonitor } from '../simulators/simulator-directory.ts';
import { openDataFolder } from '../store/data-folder.ts';
import { keyOfFolder } from '../store/folder-key.ts';
import { DemoClock } from './demo-clock.ts';
import { DemoPlayer } from './demo-player.ts';
import { demoHandsOverMin, demoIdentifiers, demoOpensMin } from './demo-script.ts';

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
const catchUpRate = 600;
/** Demo folders that are kept; they hold nobody's data. */
const foldersKept = 3;
const folderName = /^demo-\d+$/;

/**
 * The demo: the golden session on simulated monitors that speak real bytes, played from arrival to the present
 * within seconds, then left to whoever stands at the screen. A new data folder each time, never the room's.
 */
export class DemoRoom {
  readonly room: Room;
  readonly #clock: DemoClock;
  readonly #ports: SimulatedPorts;

  constructor({ clock: real, folder: demoFolder, rate, version }: DemoOptions) {
    const nowMs = real.now().utcMs;
    const clock = new DemoClock(real, nowMs - (demoHandsOverMin - demoOpensMin) * minuteMs, catchUpRate);
    const ids = createSystemIds(clock);
    const path = newDemoFolder(demoFolder, nowMs);
    const { logFolder } = openDataFolder(path);
    const log = createFileLog({ path: join(logFolder, 'room-service.log'), clock });
    this.#clock = clock;
    this.#ports = simulatedPorts(clock);
    this.room = new Room({
      platform: { clock, ids, log, ports: this.#ports },
      folder: path,
      key: keyOfFolder(path, ids),
      demo: true,
      version,
    });
    this.#setUp();
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

  #setUp(): void {
    const { recorder, ids } = this.room;
    const nurse = { personId: ids.uuid(), name: 'Nurse', role: 'nurse', pinHash: demoPinHash } as const;
    const therapist = { personId: ids.uuid(), name: 'Therapist', role: 'therapist', pinHash: demoPinHash } as const;
    const checker = { personId: ids.uuid(), name: 'Second nurse', role: 'nurse', pinHash: demoPinHash } as const;
    const patient = { patientId: ids.uuid(), name: 'Demo Patient', ...demoIdentifiers };
    recorder.recordRoom(
      decideSetUp(recorder.room, { roomName: 'Demo room', demo: true, people: [nurse, therapist, checker], monitors: [] }),
      null,
    );
    recorder.recordRoom(decideAddPatient(recorder.room, patient), nurse.personId);
    const protocolId = findProtocol('iv-ketamine-0.5-40')?.id ?? '';
    const act = { commandId: ids.uuid(), personId: nurse.personId };
    const sessionId = recorder.openSession(act, { patientId: patient.patientId, protocolId, course: { number: 3, of: 6 } });
    new DemoPlayer(this.room, sessionId, { nurse: nurse.personId, therapist: therapist.personId, checker: checker.personId }).play();
    this.#clock.after((monitorsOnMin - demoOpensMin) * minuteMs, () => this.#switchMonitorsOn());
  }

  #switchMonitorsOn(): void {
    const { recorder, ids } = this.room;
    for (const { name, protocol, path } of demoMonitors) {
      const monitor = { monitorId: ids.uuid(), name, protocol, port: { path, stableId: path }, simulated: true };
      recorder.recordRoom(decideAddMonitor(recorder.room, monitor), null);
    }
    this.room.connectMonitors();
  }
}

const monitorsOnMin = -15;
const demoMonitors = [
  { name: 'Oximeter', protocol: 'masimo-ascii1', path: 'simulated:oximeter' },
  { name: 'Blood pressure', protocol: 'dinamap', path: 'simulated:cuff' },
] as const;

function simulatedPorts(clock: Clock): SimulatedPorts {
  const scenario = goldenScenario();
  const specs = demoMonitors.map(({ protocol, path }) => ({ path, stableId: path, monitor: createSimulatedMonitor(protocol, scenario) }));
  return createSimulatedPorts(clock, specs, { scenarioMs: () => clock.monoMs() + demoOpensMin * minuteMs });
}

function newDemoFolder(demoFolder: string, nowMs: number): string {
  mkdirSync(demoFolder, { recursive: true, mode: 0o700 });
  const earlier = readdirSync(demoFolder).filter((name) => folderName.test(name));
  for (const name of earlier.toSorted().slice(0, -foldersKept)) rmSync(join(demoFolder, name), { recursive: true, force: true });
  return join(demoFolder, `demo-${nowMs}`);
}
