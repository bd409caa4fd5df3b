import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaptureView } from '../../../shared/contract/board/capture-view.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import { toIso } from '../../../shared/values/instant.ts';
import { findDriver } from '../drivers/driver-directory.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import { errorForLog } from '../platform/error-for-log.ts';
import type { Clock, Log } from '../platform/platform.ts';
import { captureBytesMax, CaptureFile } from '../serial/capture-file.ts';
import type { CaptureSeal } from '../serial/sealed-capture.ts';
import { tappedPorts, type TappedPorts } from '../serial/tapped-ports.ts';
import type { MonitorConfig } from './monitor-connection.ts';

export interface CapturesOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Made when the first capture begins. */
  readonly folder: string;
  readonly version: string;
  /** What a monitor sends can name a patient: its captures are encrypted like the record. */
  readonly seal: CaptureSeal;
  readonly onChange: () => void;
  readonly fileBytesMax?: number;
  readonly folderBytesMax?: number;
}

/** Vigil never removes a capture, because it is evidence. The size of the folder is limited instead. */
const folderBytesMaxDefault = 1024 * 1024 * 1024;
const filesMax = 500;

/** The captures of a room: which monitor's bytes go to which file. A person switches a capture on; it ends with the service. */
export class Captures {
  readonly #options: CapturesOptions;
  readonly #taps = new Map<MonitorId, TappedPorts>();
  readonly #files = new Map<MonitorId, CaptureFile>();

  constructor(options: CapturesOptions) {
    this.#options = options;
  }

  /** The ports for this monitor's link. */
  portsOf(monitorId: MonitorId, ports: BytePorts): BytePorts {
    const tapped = tappedPorts(ports);
    this.#taps.set(monitorId, tapped);
    return tapped;
  }

  viewOf(monitorId: MonitorId): CaptureView | null {
    return this.#files.get(monitorId)?.progress ?? null;
  }

  /** Begins a capture, or goes on with the one there is. Throws `RefusedError`. */
  async start(config: MonitorConfig): Promise<CaptureView> {
    const { monitorId } = config;
    const running = this.viewOf(monitorId);
    if (running?.state === 'on') return running;
    const tap = this.#taps.get(monitorId);
    if (tap === undefined) throw notThere(monitorId);
    const file = await this.#create(config);
    // While the file was made, another page may have begun this capture, or the monitor may have been removed.
    if (this.viewOf(monitorId)?.state === 'on' || this.#taps.get(monitorId) !== tap) {
      await file.close();
      return this.viewOf(monitorId) ?? file.progress;
    }
    this.#files.set(monitorId, file);
    tap.tap(file);
    this.#options.log.info('capture-began', { monitorId });
    this.#options.onChange();
    return file.progress;
  }

  /** Ends it; the file then has its hash. Null where there was none. */
  async stop(monitorId: MonitorId): Promise<CaptureView | null> {
    const file = this.#files.get(monitorId);
    if (file === undefined) return null;
    this.#taps.get(monitorId)?.tap(null);
    await file.close();
    this.#options.log.info('capture-ended', { monitorId, bytes: file.progress.bytes });
    this.#options.onChange();
    return file.progress;
  }

  /** Called when the monitor is removed or configured anew. The returned function ends its capture; call it once the port is closed. */
  release(monitorId: MonitorId): () => Promise<void> {
    const file = this.#files.get(monitorId);
    this.#files.delete(monitorId);
    this.#taps.delete(monitorId);
    return () => file?.close() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((monitorId) => this.release(monitorId)()));
  }

  async #create({ monitorId, protocol, port, simulated }: MonitorConfig): Promise<CaptureFile> {
    const {
      clock,
      log,
      folder,
      version,
      seal,
      onChange,
      fileBytesMax = captureBytesMax,
      folderBytesMax = folderBytesMaxDefault,
    } = this.#options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { files, bytes } = await sizeOf(folder);
      if (files >= filesMax || bytes + fileBytesMax > folderBytesMax) throw folderFull(folder);
      const [settings] = findDriver(protocol).portProfiles;
      const when = toIso(clock.now()).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
      return await CaptureFile.create({
        clock,
        file: join(folder, `${protocol}-${when}-${files + 1}.vigilcap`),
        header: { app: version, protocol, port, settings, simulated },
        bytesMax: fileBytesMax,
        seal,
        onEnded: ({ state }) => {
          log.warn('capture-ended-by-itself', { monitorId, state });
          onChange();
        },
      });
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      log.error('capture-not-begun', { monitorId, error: errorForLog(error) });
      throw new RefusedError({
        code: 'STORE_FAILED',
        message: `No capture could be written to ${folder}. Check the disk, then try again.`,
      });
    }
  }
}

async function sizeOf(folder: string): Promise<{ files: number; bytes: number }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.vigilcap'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function folderFull(folder: string): RefusedError {
  const message = `The captures in ${folder} have reached their size. Clinic IT: move them elsewhere; Vigil removes none by itself.`;
  return new RefusedError({ code: 'STORE_FULL', message });
}

function notThere(monitorId: MonitorId): RefusedError {
  return new RefusedError({ code: 'MONITOR_NOT_FOUND', message: 'This monitor is not configured any more.', subject: monitorId });
}
