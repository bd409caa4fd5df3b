import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../shared/contract/board/people.ts';
import type { RoomHost } from '../../electron/service/api/call-context.ts';
import { Detections } from '../../electron/service/acquisition/detections.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { Room } from '../../electron/service/room.ts';
import { decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import type { DataKey } from '../../electron/service/store/data-key.ts';
import { keyOfFolder } from '../../electron/service/store/folder-key.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { makeMemoryFolder } from '../support/memory-folder.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { quickHashCost, quickPinHash } from '../support/quick-hash.ts';
import { createSilentLog, type LogLine, type SilentLog } from '../support/silent-log.ts';
import { openPage, type Page } from '../support/page.ts';

/** One who works that day. They have a page of their own, and the PIN that is theirs. */
export interface ClinicPerson {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly pin: string;
}

export const monitorPaths = ['simulated:oximeter', 'simulated:cuff'] as const;

/**
 * A room with its real store, its real contract and simulated monitors that speak their real bytes, in a world whose
 * time stands in the test's hand. A kill leaves nothing but the files.
 */
export class ClinicWorld {
  readonly people: readonly ClinicPerson[];
  readonly lines: LogLine[] = [];
  readonly key: DataKey;
  folder: string;
  clock: ManualClock;
  ports: SimulatedPorts;
  room: Room;
  /** A fault between what was written and what is found, where a test wants one. */
  afterCopy: (folder: string) => void = () => undefined;
  /** How often the room was begun. */
  boots = 1;
  readonly #base: string;
  readonly #seed: number;
  #log: SilentLog = createSilentLog();
  #pages = new Map<string, Page>();

  private constructor(base: string, seed: number, startMs: number) {
    this.#base = base;
    this.#seed = seed;
    this.folder = join(base, 'room-1');
    this.clock = createManualClock({ startMs });
    const ids = createSeededIds(seed);
    this.key = keyOfFolder(this.folder, ids);
    this.people = (['nurse', 'nurse', 'therapist', 'therapist', 'prescriber', 'it'] as const).map((role, index) => ({
      personId: ids.uuid(),
      name: `${role} ${index}`,
      role,
      pin: `${(index + 3) * 111_237}`,
    }));
    [this.ports, this.room] = this.#begin();
  }

  /** With its people and its monitors. */
  static open(seed: number, startMs: number): ClinicWorld {
    const world = new ClinicWorld(makeMemoryFolder('vigil-clinic-'), seed, startMs);
    const { room, people } = world;
    const monitors = (
      [
        ['Oximeter', 'masimo-ascii1'],
        ['Blood pressure', 'dinamap'],
      ] as const
    ).map(([name, protocol], index) => {
      const path = monitorPaths[index] ?? '';
      return { monitorId: room.ids.uuid(), name, protocol, port: { path, stableId: path }, simulated: true };
    });
    const persons = people.map(({ personId, name, role, pin }) => ({ personId, name, role, pinHash: quickPinHash(pin) }));
    const setUp = { roomName: 'Room 2', demo: false, people: persons, monitors };
    room.recorder.recordRoom(decideSetUp(room.recorder.room, setUp), people[0]?.personId ?? null);
    room.connectMonitors();
    return world;
  }

  person(role: Role, which = 0): ClinicPerson {
    const found = this.people.filter((person) => person.role === role)[which];
    if (found === undefined) throw new RangeError(`there is no ${role} ${which}`);
    return found;
  }

  pageOf({ personId }: ClinicPerson): Page {
    const known = this.#pages.get(personId);
    if (known !== undefined) return known;
    const page = openPage(this.#host());
    this.#pages.set(personId, page);
    return page;
  }

  /** The files as a killed process leaves them, for whoever wants to look at them. */
  copyFiles(name: string): string {
    const copy = join(this.#base, name);
    rmSync(copy, { recursive: true, force: true });
    cpSync(this.folder, copy, { recursive: true });
    this.afterCopy(copy);
    return copy;
  }

  /** The process is gone from one instruction to the next; after `downMs` another one finds the files. */
  async kill(downMs: number): Promise<void> {
    const { room, ports } = this;
    const oldFolder = this.folder;
    this.boots += 1;
    this.folder = this.copyFiles(`room-${this.boots}`);
    // What the old one still writes while its handles are given back, it writes into files that nobody reads again.
    await room.close();
    ports.close();
    rmSync(oldFolder, { recursive: true, force: true });
    this.#keepLines();
    this.clock = createManualClock({ startMs: this.clock.now().utcMs + downMs, monoStartMs: 500 * this.boots });
    this.#pages = new Map();
    [this.ports, this.room] = this.#begin();
  }

  async close(): Promise<void> {
    await this.room.close();
    this.ports.close();
    this.#keepLines();
  }

  erase(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  #begin(): [SimulatedPorts, Room] {
    const { clock } = this;
    const scenario = goldenScenario(this.#seed);
    const ports = createSimulatedPorts(
      clock,
      (['masimo-ascii1', 'dinamap'] as const).map((protocol, index) => {
        const path = monitorPaths[index] ?? '';
        return { path, stableId: path, monitor: findDriver(protocol).createSimulator(scenario) };
      }),
    );
    this.#log = createSilentLog();
    const platform = { clock, ids: createSeededIds(this.#seed * 1000 + this.boots), log: this.#log, ports, hashCost: quickHashCost };
    return [ports, new Room({ platform, folder: this.folder, key: this.key, demo: false, version: 'test' })];
  }

  #host(): RoomHost {
    const room = (): Room => this.room;
    return {
      get room() {
        return room();
      },
      demo: false,
      systemPorts: this.ports,
      detections: new Detections({ clock: this.clock, ports: this.ports, drivers, log: () => this.#log }),
      log: this.#log,
      prepareRoom: () => Promise.reject(new Error('the room is set up')),
      enterRoom: () => undefined,
    };
  }

  #keepLines(): void {
    this.lines.push(...this.#log.lines);
  }
}
