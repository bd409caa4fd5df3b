import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { DetectionQuestion, DetectionResult } from '../../../shared/contract/detection.ts';
import { mustBeAsked, type Driver, type Poller } from '../drivers/driver.ts';
import { PortError, type BytePorts, type OpenPort, type PortErrorCode } from '../platform/byte-ports.ts';
import type { Clock, Log } from '../platform/platform.ts';
import { requestBytesMax, writeClosingBytes } from '../serial/closing-bytes.ts';
import { createListener, type DetectionListener } from './detection-listener.ts';
import { detectionMaxMs, detectionPlan, settingsWords, type DetectionStep } from './detection-plan.ts';
import { isPromising, isScant, isSettled, verdictOf, type Heard } from './detection-score.ts';
import { refusedResult, resultOf, stoppedResult, type RawHeard } from './detection-words.ts';

export interface DetectOptions {
  readonly ports: BytePorts;
  readonly clock: Clock;
  readonly log: Log;
  readonly path: string;
  readonly drivers: readonly Driver[];
  /** A person agreed that the questions of `questionsOf` are sent. Without it not a byte is written. */
  readonly ask: boolean;
  /** What was on this adapter last. */
  readonly remembered?: MonitorProtocolId | null;
  readonly onStep?: (words: string) => void;
}

export interface Detection {
  /** Resolves when the port is free again, within 12 s. Never rejects. */
  readonly result: Promise<DetectionResult>;
  /** Ends it early; the result says so. */
  stop(): void;
}

const turnMs = 100;
const sampleLength = 60;

/** What came of one step. */
interface StepHeard {
  readonly listeners: readonly DetectionListener[];
  readonly raw: { bytes: number; readable: number; sample: string };
}

/**
 * Finds out which monitor is on a port: listens at the usual speeds, and only with consent asks.
 *
 *   listen 9600 ─► other speeds ─► (agreed?) the questions of each polled driver, closing bytes ─► what it comes to, in words
 *        └── frames enough for one protocol at any point: named, and nothing more is tried
 */
export function detectPort(options: DetectOptions): Detection {
  const run = new DetectionRun(options);
  return { result: run.result(), stop: () => run.stop() };
}

/** What consent is asked for: the first bytes that each polled driver would send, from the driver itself. */
export function questionsOf(drivers: readonly Driver[]): DetectionQuestion[] {
  return drivers.filter(mustBeAsked).flatMap((driver) => {
    const bytes = driver.createPoller?.().poll(0) ?? null;
    if (bytes === null) return [];
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const settings = settingsWords(driver.portProfiles[0]);
    return [{ protocol: driver.id, vendor: driver.vendor, models: [...driver.models], settings, hex }];
  });
}

class DetectionRun {
  readonly #options: DetectOptions;
  readonly #heard: Heard[] = [];
  readonly #raw: RawHeard[] = [];
  readonly #startMs: number;
  #sentBytes = 0;
  #stopped = false;
  #endStep: () => void = () => undefined;

  constructor(options: DetectOptions) {
    this.#options = options;
    this.#startMs = options.clock.monoMs();
  }

  stop(): void {
    this.#stopped = true;
    this.#endStep();
  }

  async result(): Promise<DetectionResult> {
    const { path, drivers, ask, log, remembered } = this.#options;
    let refused: PortErrorCode | 'PORT_PULLED' | null = null;
    let opened = false;
    for (const step of detectionPlan(drivers, { ask, remembered: remembered ?? null })) {
      if (this.#stopped || this.#leftMs() < turnMs) break;
      const problem = await this.#run(step).catch((error: unknown) => {
        log.error('detection-failed', { message: error instanceof Error ? error.message : String(error) });
        return 'PORT_FAILED' as const;
      });
      opened ||= problem === null;
      // An adapter may fail at one speed: the others are tried. Any other problem, such as a busy port, ends the search.
      if (problem !== null) refused = problem;
      if (problem !== null && problem !== 'PORT_FAILED') break;
      if (isSettled(this.#heard)) break;
    }
    const bytes = this.#raw.reduce((sum, one) => sum + one.bytes, 0);
    if (this.#stopped) return stoppedResult(this.#sentBytes, bytes);
    const verdict = verdictOf(this.#heard);
    if (refused !== null && (refused !== 'PORT_FAILED' || !opened) && verdict.finding !== 'named') {
      return refusedResult(refused, path, this.#sentBytes, bytes);
    }
    return resultOf({ port: path, verdict, raw: this.#raw, asked: this.#sentBytes > 0, sentBytes: this.#sentBytes });
  }

  #leftMs(): number {
    return this.#startMs + detectionMaxMs - this.#options.clock.monoMs();
  }

  /** null where the port was open to the end of the step. */
  async #run(step: DetectionStep): Promise<PortErrorCode | 'PORT_PULLED' | null> {
    const { ports, path, onStep } = this.#options;
    const settings = settingsWords(step.settings);
    onStep?.(step.asks === null ? `Listening at ${settings}` : `Asking as ${step.asks.vendor} at ${settings}`);
    const heard: StepHeard = {
      listeners: step.drivers.map((driver) =>
        createListener(driver, { settings, asked: step.asks !== null, onFault: (error) => this.#driverThrew(driver, error) }),
      ),
      raw: { bytes: 0, readable: 0, sample: '' },
    };
    const poller = step.asks?.createPoller?.() ?? null;
    let pulled = false;
    let finish: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let port: OpenPort;
    try {
      port = await ports.open(path, step.settings, {
        bytes: (chunk) => this.#take(chunk, heard, poller),
        closed: () => {
          pulled = true;
          finish();
        },
      });
    } catch (error) {
      return error instanceof PortError ? error.code : 'PORT_FAILED';
    }
    this.#endStep = finish;
    if (this.#stopped) finish();
    const speaks = this.#follow(step, heard, poller, port, finish);
    await over;
    speaks.stop();
    if (speaks.spoke() && !pulled) await this.#close(poller, port);
    await port.close().catch(() => undefined);
    this.#heard.push(...heard.listeners.map((listener) => listener.heard()));
    this.#raw.push({ settings, ...heard.raw });
    return pulled ? 'PORT_PULLED' : null;
  }

  #driverThrew({ id }: Driver, error: unknown): void {
    this.#options.log.error('driver-threw', {
      protocol: id,
      what: 'detection',
      message: error instanceof Error ? error.message : String(error),
    });
  }

  #take(chunk: Uint8Array, { listeners, raw }: StepHeard, poller: Poller | null): void {
    const monoMs = this.#options.clock.monoMs();
    raw.bytes += chunk.length;
    for (const byte of chunk) {
      if (!isReadable(byte)) continue;
      raw.readable += 1;
      if (raw.sample.length < sampleLength) raw.sample += byte < 0x20 ? ' ' : String.fromCharCode(byte);
    }
    poller?.heard?.(chunk, monoMs);
    for (const listener of listeners) {
      const before = listener.frames;
      listener.hear(chunk);
      if (listener.frames > before) poller?.answered(monoMs);
    }
  }

  /** Ends the step in time, or as soon as it is settled; sends the poller's questions where there is one. */
  #follow(step: DetectionStep, heard: StepHeard, poller: Poller | null, port: OpenPort, finish: () => void) {
    const { clock } = this.#options;
    const startMs = clock.monoMs();
    const untilMs = startMs + this.#leftMs();
    let writing = false;
    let spoke = false;
    const ask = (nowMs: number): void => {
      const bytes = writing ? null : (poller?.poll(nowMs) ?? null);
      if (bytes === null || bytes.length === 0 || bytes.length > requestBytesMax) return;
      writing = true;
      spoke = true;
      this.#sentBytes += bytes.length;
      const done = (): void => {
        writing = false;
      };
      port.write(bytes).then(done, done);
    };
    const turn = (): void => {
      const nowMs = clock.monoMs();
      const figures = heard.listeners.map((listener) => listener.heard());
      if (nowMs - startMs >= this.#lastsMs(step, heard, figures) || nowMs >= untilMs || isSettled(figures)) finish();
      else ask(nowMs);
    };
    if (poller !== null) ask(startMs);
    const stop = clock.every(turnMs, turn);
    return { stop, spoke: () => spoke };
  }

  #lastsMs(step: DetectionStep, { raw }: StepHeard, figures: readonly Heard[]): number {
    if (isPromising(figures)) return step.maxMs;
    if (isScant(raw.bytes)) return step.scantMs;
    return this.#raw.some(({ bytes }) => bytes > 0) ? step.aliveMs : step.ms;
  }

  async #close(poller: Poller | null, port: OpenPort): Promise<void> {
    const bytes = poller?.closingBytes?.() ?? null;
    if (bytes === null || bytes.length === 0 || bytes.length > requestBytesMax) return;
    this.#sentBytes += bytes.length;
    await writeClosingBytes(port, bytes, this.#options.clock);
  }
}

function isReadable(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7e) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
