import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { DetectionQuestion, DetectionView } from '../../../shared/contract/detection.ts';
import type { Driver } from '../drivers/driver.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import type { Clock, Log } from '../platform/platform.ts';
import { detectPort, questionsOf, type Detection } from './detection.ts';
import { detectionMaxMs } from './detection-plan.ts';
import { inUseResult } from './detection-words.ts';

export interface DetectionsOptions {
  readonly clock: Clock;
  readonly ports: BytePorts;
  readonly log: () => Log;
  readonly drivers: readonly Driver[];
}

export interface LookAsked {
  readonly port: string;
  readonly ask: boolean;
  /** The monitor that is set up on this port; null where there is none. */
  readonly usedBy: string | null;
  readonly remembered: MonitorProtocolId | null;
}

interface Look {
  readonly startMs: number;
  readonly asks: boolean;
  detection: Detection | null;
  step: string;
  view: DetectionView | null;
}

/** Ports whose last result is kept, and looks that run at once. */
const looksMax = 64;

/** Looks at ports for whoever asks: one look at a port at a time, its course and its last result there to be read. */
export class Detections {
  readonly #options: DetectionsOptions;
  readonly #looks = new Map<string, Look>();
  readonly #ending = new Set<Promise<unknown>>();

  constructor(options: DetectionsOptions) {
    this.#options = options;
  }

  /** Begins to look, or goes on with the look that is under way. */
  look({ port, ask, usedBy, remembered }: LookAsked): DetectionView {
    const running = this.#looks.get(port);
    if (running !== undefined && running.view === null) return this.#viewOf(port, running);
    const { clock, ports, log, drivers } = this.#options;
    const look: Look = { startMs: clock.monoMs(), asks: ask, detection: null, step: '', view: null };
    this.#looks.delete(port);
    if (this.#looks.size >= looksMax) this.#forgetOldest();
    this.#looks.set(port, look);
    if (usedBy !== null) {
      look.view = { ...this.#viewOf(port, look), state: 'done', result: inUseResult(usedBy) };
      return look.view;
    }
    const onStep = (words: string): void => {
      look.step = words;
    };
    look.detection = detectPort({ ports, clock, log: log(), path: port, drivers, ask, remembered, onStep });
    const done = look.detection.result.then((result) => {
      look.view = { ...this.#viewOf(port, look), state: 'done', step: '', result };
      look.detection = null;
    });
    this.#ending.add(done);
    void done.finally(() => this.#ending.delete(done));
    return this.#viewOf(port, look);
  }

  /** What would be sent with consent. */
  questions(): DetectionQuestion[] {
    return questionsOf(this.#options.drivers);
  }

  /** The progress of a search or its result; null where this port has not been searched. */
  read(port: string): DetectionView | null {
    const look = this.#looks.get(port);
    return look === undefined ? null : this.#viewOf(port, look);
  }

  /** Resolves when the port is free: a monitor is about to be connected there, or a person had enough. */
  async release(port: string): Promise<void> {
    const detection = this.#looks.get(port)?.detection;
    detection?.stop();
    await detection?.result;
  }

  async close(): Promise<void> {
    for (const { detection } of this.#looks.values()) detection?.stop();
    await Promise.all(this.#ending);
  }

  #viewOf(port: string, look: Look): DetectionView {
    if (look.view !== null) return look.view;
    const elapsedMs = Math.round(this.#options.clock.monoMs() - look.startMs);
    return { port, state: 'running', step: look.step, asks: look.asks, elapsedMs, ofMs: detectionMaxMs, result: null };
  }

  #forgetOldest(): void {
    for (const [port, { view }] of this.#looks) {
      if (view === null) continue;
      this.#looks.delete(port);
      return;
    }
  }
}
