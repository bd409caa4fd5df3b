import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { toIso } from '../../../shared/values/instant.ts';
import type { Cancel, Clock } from '../platform/platform.ts';
import {
  encodePrefix,
  encodeRecord,
  hashBytes,
  recordBytesMax,
  recordHeadBytes,
  type CaptureHeader,
  type RecordKind,
} from './capture-format.ts';
import { createCaptureSealer, type CaptureSeal, type SealPiece } from './sealed-capture.ts';

/** What a capture has come to. */
export interface CaptureProgress {
  readonly file: string;
  readonly sinceMs: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** `full`: it reached its size and was closed whole. `failed`: the disk refused; what is whole of it counts. */
  readonly state: 'on' | 'full' | 'failed' | 'ended';
}

export interface CaptureFileOptions {
  readonly clock: Clock;
  /** Must not be there yet. */
  readonly file: string;
  readonly header: Omit<CaptureHeader, 'startedAt' | 'startMonoMs'>;
  readonly bytesMax?: number;
  /** Of a room; left out: the file is as plain as what a monitor sends. */
  readonly seal?: CaptureSeal;
  /** Told once, when it ends for a reason of its own. */
  readonly onEnded?: (progress: CaptureProgress) => void;
}

/** Nine hours of a line at 19,200 baud in one direction; a disk is not filled by a switch somebody forgot. */
export const captureBytesMax = 64 * 1024 * 1024;
const writeEveryMs = 1000;
const endBytes = recordHeadBytes + hashBytes;

/**
 * Writes one capture: in memory as it comes, on disk once a second, with its hash at the end. Capturing is beside the
 * link: nothing that fails here reaches it.
 */
export class CaptureFile {
  readonly #options: CaptureFileOptions;
  readonly #handle: FileHandle;
  readonly #hash: Hash;
  readonly #startMonoMs: number;
  readonly #sinceMs: number;
  readonly #stop: Cancel;
  readonly #sealed: SealPiece | null;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #state: CaptureProgress['state'] = 'on';
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: CaptureFileOptions, handle: FileHandle) {
    const { clock, header, seal } = options;
    const now = clock.now();
    this.#options = options;
    this.#handle = handle;
    this.#hash = createHash('sha256');
    this.#sealed = seal === undefined ? null : createCaptureSealer(seal);
    this.#startMonoMs = clock.monoMs();
    this.#sinceMs = now.utcMs;
    this.#put(encodePrefix({ ...header, startedAt: toIso(now), startMonoMs: this.#startMonoMs }));
    this.#stop = clock.every(writeEveryMs * Math.max(1, clock.rate), () => void this.#write());
  }

  /** Rejects where the file is there already or cannot be made. */
  static async create(options: CaptureFileOptions): Promise<CaptureFile> {
    const handle = await open(options.file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    return new CaptureFile(options, handle);
  }

  get progress(): CaptureProgress {
    return { file: this.#options.file, sinceMs: this.#sinceMs, bytes: this.#bytes, state: this.#state };
  }

  take(kind: Exclude<RecordKind, 'end'>, bytes: Uint8Array): void {
    if (this.#state !== 'on') return;
    const { clock, bytesMax = captureBytesMax } = this.#options;
    const atUs = (clock.monoMs() - this.#startMonoMs) * 1000;
    const whole = bytes.subarray(0, recordBytesMax);
    if (this.#bytes + recordHeadBytes + whole.length + endBytes > bytesMax) {
      void this.#end('full');
      return;
    }
    this.#put(encodeRecord(kind, atUs, whole));
  }

  /** Idempotent. Resolves when the file is whole on disk, or cannot be. */
  async close(): Promise<void> {
    await this.#end('ended');
  }

  #put(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
  }

  async #end(as: 'full' | 'ended'): Promise<void> {
    if (this.#state !== 'on') return this.#writing;
    this.#state = as;
    this.#stop();
    const end = encodeRecord('end', 0, this.#hash.digest());
    this.#waiting.push(end);
    this.#bytes += end.length;
    await this.#write();
    await this.#handle.close().catch(() => undefined);
    if (as === 'full') this.#options.onEnded?.(this.progress);
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const chunk = Buffer.concat(this.#waiting);
      this.#waiting = [];
      if (chunk.length === 0 || this.#state === 'failed') return;
      try {
        await this.#handle.appendFile(this.#asOnDisk(chunk));
        if (this.#state !== 'on') await this.#handle.sync();
      } catch {
        this.#failed();
      }
    });
    return this.#writing;
  }

  #asOnDisk(chunk: Buffer): Uint8Array {
    if (this.#sealed === null) return chunk;
    const sealed = this.#sealed(chunk);
    this.#bytes += sealed.length - chunk.length;
    return sealed;
  }

  #failed(): void {
    const wasOn = this.#state === 'on';
    this.#state = 'failed';
    this.#stop();
    if (wasOn) void this.#handle.close().catch(() => undefined);
    this.#options.onEnded?.(this.progress);
  }
}
