import { join } from 'node:path';
import type { StartStep } from '../../shared/boot/boot-message.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import type { RoomHost } from './api/call-context.ts';
import { Detections } from './acquisition/detections.ts';
import { DemoRoom } from './demo/demo-room.ts';
import { drivers } from './drivers/driver-directory.ts';
import { errorForLog } from './platform/error-for-log.ts';
import { createFileLog } from './platform/file-log.ts';
import { createSystemClock } from './platform/system-clock.ts';
import { hashCost } from './platform/slow-hash.ts';
import { createSystemIds } from './platform/system-ids.ts';
import type { Clock, Ids, Log, Platform } from './platform/platform.ts';
import { inWords } from './recorder/storage.ts';
import type { BackupMaker } from './recorder/room-backups.ts';
import { Room } from './room.ts';
import type { BytePorts } from './platform/byte-ports.ts';
import { createPorts } from './serial/all-ports.ts';
import { openDataFolder } from './store/data-folder.ts';
import { keyOfFolder, type NewKeyFile } from './store/folder-key.ts';
import { roomExists } from './store/room-exists.ts';
import type { DataKey } from './store/data-key.ts';

export interface RoomServiceOptions {
  readonly dataFolder: string;
  /** The demo's own; never the room's. */
  readonly demoFolder: string;
  /** `room-or-demo`: the room where one is set up in the data folder, the demo otherwise. */
  readonly mode: 'room' | 'demo' | 'room-or-demo';
  /** Unsealed by the desktop shell; null: the key file in the data folder. */
  readonly key: DataKey | null;
  /** What becomes of a new room's key where none was given; left out: a file is made for it. */
  readonly newKeyFile?: NewKeyFile;
  /** Unsealed by the desktop shell; null or left out: the checkpoint key file in the data folder. */
  readonly checkpointSeed?: Uint8Array | null;
  readonly demoRate: number;
  readonly version: string;
  /** Ports that the system does not list, as globs. */
  readonly extraPorts: readonly string[];
  /** Of the room, never of the demo; as in `RoomOptions`. */
  readonly backups?: BackupMaker | undefined;
  /** As in `RoomHost`. */
  readonly leaveKiosk?: (() => void) | undefined;
  /** As in `OpenStoreOptions`. */
  readonly onStep?: (step: StartStep) => void;
}

/**
 * The room service of one workstation: holds the room that is open, or the demo, and turns the one into the other
 * when the room is set up. Throws `StoreError` where neither can be opened.
 */
export class RoomService implements RoomHost {
  readonly systemPorts: BytePorts;
  readonly detections: Detections;
  readonly leaveKiosk: (() => void) | undefined;
  readonly #options: RoomServiceOptions;
  readonly #clock: Clock;
  readonly #ids: Ids;
  #demo: DemoRoom | null = null;
  #room: Room | null = null;

  constructor(options: RoomServiceOptions) {
    this.#options = options;
    this.leaveKiosk = options.leaveKiosk;
    this.#clock = createSystemClock();
    this.#ids = createSystemIds(this.#clock);
    this.systemPorts = createPorts({ extraPaths: options.extraPorts });
    this.detections = new Detections({ clock: this.#clock, ports: this.systemPorts, drivers, log: () => this.log });
    const isSetUp = options.mode === 'room' || (options.mode === 'room-or-demo' && roomExists(options.dataFolder));
    if (isSetUp) this.#room = this.#openRoom();
    else this.#demo = this.#openDemo();
  }

  get room(): Room {
    const open = this.#demo?.room ?? this.#room;
    if (open === null || open === undefined) throw new RefusedError({ code: 'ROOM_NOT_SET_UP', message: 'No room is open.' });
    return open;
  }

  get log(): Log {
    return this.room.log;
  }

  get demo(): boolean {
    return this.#demo !== null;
  }

  async prepareRoom(): Promise<Room> {
    const room = inWords(() => (this.#room ??= this.#openRoom()));
    if (room.recorder.room.setUp !== null) {
      const message = 'A room is set up on this computer already. Start Vigil without the demo to use it.';
      throw new RefusedError({ code: 'ROOM_ALREADY_SET_UP', message });
    }
    return room;
  }

  enterRoom(): void {
    const demo = this.#demo;
    this.#demo = null;
    this.#room?.connectMonitors();
    this.#room?.feed.changed('room');
    // Its pages lose their feed, and find the room when they connect again. Whatever fails in it is not the room's.
    demo?.close().catch((error: unknown) => this.log.warn('demo-not-closed', { error: errorForLog(error) }));
  }

  async close(): Promise<void> {
    await this.detections.close();
    await this.#demo?.close();
    await this.#room?.close();
  }

  #openRoom(): Room {
    const { dataFolder, version, backups, onStep } = this.#options;
    const checkpointSeed = this.#options.checkpointSeed ?? undefined;
    const folder = openDataFolder(dataFolder);
    const key = this.#key();
    const log = createFileLog({ path: join(folder.logFolder, 'room-service.log'), clock: this.#clock });
    const platform: Platform = { clock: this.#clock, ids: this.#ids, log, ports: this.systemPorts, hashCost };
    try {
      return new Room({ platform, folder: dataFolder, key, checkpointSeed, demo: false, version, backups, onStep });
    } catch (error) {
      log.close();
      throw error;
    }
  }

  #openDemo(): DemoRoom {
    const { demoFolder, demoRate, version } = this.#options;
    return new DemoRoom({ clock: this.#clock, folder: demoFolder, rate: demoRate, version });
  }

  #key(): DataKey {
    const { key, dataFolder, newKeyFile } = this.#options;
    return key ?? keyOfFolder(dataFolder, this.#ids, newKeyFile);
  }
}
