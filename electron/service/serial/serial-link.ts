import { assertNever } from '../../../shared/values/assert-never.ts';
import { intervalOf } from '../../../shared/values/cadence.ts';
import type { LinkState } from '../../../shared/contract/board/monitors.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { Cancel, Clock, Log } from '../platform/platform.ts';
import {
  PortError,
  type BytePorts,
  type OpenPort,
  type PortInfo,
  type PortListener,
  type PortSettings,
  type SenderState,
} from '../platform/byte-ports.ts';
import { closingBytesOf, requestBytesMax, writeClosingBytes } from './closing-bytes.ts';
import { messageOf, runDriver } from './driver-work.ts';
import { LinkCounters } from './link-counters.ts';
import { LinkLines } from './link-lines.ts';
import type { LinkProtocol, LinkTally } from './link-protocol.ts';
import { linkConfigOf } from './link-target.ts';
import { PortWatch } from './port-watch.ts';
import { createLinkMachine, isGiving, isTrusted, stepLink, type LinkEffect, type LinkInput, type LinkMachine } from './link-state.ts';

export interface SerialLinkOptions {
  readonly clock: Clock;
  readonly ports: BytePorts;
  readonly log: Log;
  /** For the log only. */
  readonly monitorId: string;
  readonly port: { readonly path: string; readonly stableId: string | null };
  readonly protocol: LinkProtocol;
  /** Configured for another monitor, or open for one. */
  readonly isTaken: (port: PortInfo) => boolean;
  readonly onChange: (change: LinkAnnouncement) => void;
}

export interface LinkAnnouncement {
  readonly from: LinkState;
  readonly to: LinkState;
  /** What brought it about: the new state itself, a port's error code or reason, or `sleep`. */
  readonly cause: string;
  readonly at: Instant;
  readonly monoMs: number;
  /** The last valid frame before the change; null when there was none since the link was made. */
  readonly lastFrame: { readonly at: Instant; readonly monoMs: number } | null;
}

const turnMs = 100;
const listSoonMs = 1000;
const listWhileLiveMs = 5000;
const closeTimeoutMs = 5000;
/** Time that passed without a turn, or by the wall clock alone: the computer slept, or was halted. */
const sleepMs = 5000;
const earlyChunksMax = 64;

/**
 * Keeps one monitor's port open for as long as it lives: drives the link machine with a clock, the ports and
 * the protocol's stream.
 *
 *   port ─bytes─► stream (frames, discarded) ─► machine ─► effects: open, close, announce
 *                    └── release(trusted) ─► readings, to whoever made the stream
 */
export class SerialLink {
  readonly counters = new LinkCounters();
  readonly #options: SerialLinkOptions;
  readonly #cancels: Cancel[] = [];
  readonly #queue: LinkInput[] = [];
  readonly #watch: PortWatch;
  #machine: LinkMachine;
  #since: Instant;
  #lastFrame: LinkAnnouncement['lastFrame'] = null;
  #stepping = false;
  #closed = false;
  /** Names the present opening: what an earlier one still reports is not heard. */
  #opening = 0;
  #port: OpenPort | null = null;
  #lines: LinkLines | null = null;
  #early: Uint8Array[] = [];
  #closings = new Set<Promise<void>>();
  #closeTimeout: Cancel | null = null;
  #writing = false;
  /** Since this port was opened a list has shown whose it is: needed before a byte is written. */
  #listedSinceOpen = false;
  #lastTurn: { readonly monoMs: number; readonly bootMs: number };
  #stalled = false;

  constructor(options: SerialLinkOptions) {
    const { clock, ports, port, protocol } = options;
    const monoMs = clock.monoMs();
    this.#options = options;
    this.#since = clock.now();
    const onList = (listed: readonly PortInfo[] | null, tag: number | null): void => this.#listed(listed, tag);
    this.#watch = new PortWatch({ clock, ports, log: options.log, monitorId: options.monitorId, onList });
    this.#cancels.push(() => this.#watch.close());
    this.#lastTurn = { monoMs, bootMs: clock.bootMs() };
    this.#machine = createLinkMachine(linkConfigOf(port, protocol), monoMs);
    this.#cancels.push(clock.every(turnMs, () => this.#turn()));
    const unwatch = ports.onListChanged?.(() => this.#list());
    if (unwatch !== undefined) this.#cancels.push(unwatch);
    this.#list();
  }

  get state(): LinkState {
    return this.#machine.link;
  }

  /** Since when it is in this state. */
  get since(): Instant {
    return this.#since;
  }

  /** The port in use, or being tried; null while there is none. */
  get openPath(): string | null {
    return this.#machine.target?.path ?? null;
  }

  /** Where the monitor is: the configured name, or the one it was found under. */
  get path(): string {
    const target = this.#machine.target;
    return target !== null && !target.candidate ? target.path : (this.#machine.adoptedPath ?? this.#machine.config.path);
  }

  /** The line settings in use, or to be tried next. */
  get settings(): PortSettings {
    const { portProfiles } = this.#options.protocol;
    return portProfiles[this.#machine.profile] ?? portProfiles[0];
  }

  /** How often the monitor speaks, as far as it was heard; null before it spoke twice. */
  get intervalMs(): number | null {
    return intervalOf(this.#machine.cadence);
  }

  /** Who called, where monitors call; null where they do not. */
  get senders(): readonly SenderState[] | null {
    return this.#port?.senders?.() ?? null;
  }

  /** The computer woke up: nothing heard before counts. */
  resumed(): void {
    this.#dispatch({ kind: 'resumed' });
  }

  /** Idempotent. Resolves when the port is free; nothing is reported afterwards. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      for (const cancel of this.#cancels.splice(0)) cancel();
      this.#closeTimeout?.();
      void this.#releasePort(this.#closingBytes());
    }
    await Promise.all(this.#closings);
  }

  #turn(): void {
    const { clock } = this.#options;
    const now = { monoMs: clock.monoMs(), bootMs: clock.bootMs() };
    const gapMs = now.monoMs - this.#lastTurn.monoMs;
    const sleptMs = now.bootMs - this.#lastTurn.bootMs - gapMs;
    this.#lastTurn = now;
    const sleepLimitMs = sleepMs * Math.max(1, clock.rate);
    if (gapMs > sleepLimitMs || sleptMs > sleepLimitMs) this.#dispatch({ kind: 'resumed' });
    // After a stall the bytes that arrived meanwhile are still on their way: hear them before judging silence.
    this.#stalled = !this.#stalled && gapMs > 5 * turnMs;
    if (this.#stalled) return;
    // Judged now, not when it was last asked: a port that was lost in between is looked for soon.
    if (now.monoMs - this.#watch.askedMs >= (isGiving(this.#machine.link) ? listWhileLiveMs : listSoonMs)) this.#list();
    this.#dispatch({ kind: 'turn' });
    this.#askMonitor(now.monoMs);
    for (const { line, why } of this.#lines?.faults(now.monoMs) ?? []) this.#port?.endLine?.(line, why);
  }

  #list(): void {
    this.#watch.ask(this.#port === null ? null : this.#opening);
  }

  #listed(ports: readonly PortInfo[] | null, opening: number | null): void {
    const { isTaken } = this.#options;
    const seen = ports?.map((port) => ({ path: port.path, stableId: port.stableId, taken: isTaken(port) }));
    if (seen !== undefined) this.#dispatch({ kind: 'port-list', ports: seen });
    // Without lists the name alone has to do.
    if (opening === this.#opening) this.#listedSinceOpen = true;
  }

  /** A port that opened is the monitor's own before a byte is written to it; one request at a time. */
  #askMonitor(monoMs: number): void {
    const { protocol, log, monitorId } = this.#options;
    const port = this.#port;
    if (!protocol.transmits || port === null || this.#lines === null || this.#writing) return;
    if (!isTrusted(this.#machine) || !this.#listedSinceOpen) return;
    const bytes = this.#lines.of(0).request(monoMs);
    if (bytes === null) return;
    if (bytes.length > requestBytesMax) {
      log.error('request-too-long', { monitorId, bytes: bytes.length });
      return;
    }
    this.#writing = true;
    const opening = this.#opening;
    const done = (): void => {
      if (opening === this.#opening) this.#writing = false;
    };
    port.write(bytes).then(done, (error: unknown) => {
      done();
      log.warn('request-not-written', { monitorId, message: messageOf(error) });
    });
  }

  #closingBytes(): Uint8Array | null {
    const { protocol, log, monitorId } = this.#options;
    const mayWrite = protocol.transmits && isTrusted(this.#machine) && this.#listedSinceOpen;
    return mayWrite && this.#lines !== null ? closingBytesOf(this.#lines.of(0), log, monitorId) : null;
  }

  /** Inputs that effects bring about wait until the present step is done. */
  #dispatch(input: LinkInput): void {
    if (this.#closed) return;
    this.#queue.push(input);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        const step = stepLink(this.#machine, next, this.#options.clock.monoMs());
        this.#machine = step.state;
        for (const effect of step.effects) this.#run(effect);
      }
    } finally {
      this.#stepping = false;
    }
  }

  #run(effect: LinkEffect): void {
    switch (effect.kind) {
      case 'open':
        this.#openPort(effect.path, effect.profile);
        return;
      case 'close':
        this.#closePort();
        return;
      case 'announce':
        this.#announce(effect);
        return;
      default:
        assertNever(effect);
    }
  }

  #announce(effect: LinkEffect & { kind: 'announce' }): void {
    const { clock, log, monitorId, onChange } = this.#options;
    this.#since = clock.now();
    log.info('link-changed', { monitorId, from: effect.from, to: effect.to, cause: effect.cause, path: this.path });
    const { from, to, cause } = effect;
    onChange({ from, to, cause, at: this.#since, monoMs: clock.monoMs(), lastFrame: this.#lastFrame });
  }

  #openPort(path: string, profile: number): void {
    const { ports, protocol, log, monitorId } = this.#options;
    const settings = protocol.portProfiles[profile] ?? protocol.portProfiles[0];
    const opening = ++this.#opening;
    this.#early = [];
    this.#writing = false;
    const attempt = ports.open(path, settings, this.#listenerOf(opening)).then(
      (port) => {
        // Too late: the machine has given up, or the link was closed. Nobody else would free the port.
        if (opening !== this.#opening || this.#closed) return port.close().catch(() => {});
        this.#port = port;
        this.#lines = new LinkLines(protocol);
        this.#listedSinceOpen = false;
        if (protocol.transmits) this.#list();
        this.#dispatch({ kind: 'opened' });
        for (const chunk of this.#early.splice(0)) this.#hear(chunk, 0);
        return undefined;
      },
      (error: unknown) => {
        if (opening !== this.#opening) return;
        const code = error instanceof PortError ? error.code : 'PORT_FAILED';
        log.info('port-not-opened', { monitorId, path, code, message: messageOf(error) });
        this.#dispatch({ kind: 'open-failed', code });
      },
    );
    void this.#keepUntilDone(attempt);
  }

  #listenerOf(opening: number): PortListener {
    return {
      bytes: (chunk, line = 0) => {
        if (opening !== this.#opening || this.#closed) return;
        if (this.#lines !== null) this.#hear(chunk, line);
        else if (this.#early.length < earlyChunksMax) this.#early.push(chunk);
      },
      lineOpened: (line, sender) => {
        if (opening === this.#opening && !sender.isSame) this.#lines?.renew(line, sender.address);
      },
      lineEnded: (line) => {
        if (opening === this.#opening && !this.#closed) this.#contain('end', 0, line, (tally) => this.#lines?.end(line, tally));
      },
      closed: (reason) => {
        if (opening !== this.#opening || this.#closed) return;
        this.#endStream();
        void this.#releasePort();
        this.#dispatch({ kind: 'closed', reason });
      },
    };
  }

  #hear(chunk: Uint8Array, line: number): void {
    if (this.#lines === null || chunk.length === 0) return;
    const { clock } = this.#options;
    this.counters.bytes(chunk, clock.now(), clock.monoMs());
    this.#dispatch({ kind: 'bytes', count: chunk.length });
    const lines = this.#lines as LinkLines | null;
    if (lines === null) {
      // On these bytes the state machine gave the port up, because another device is on it. They are counted and not decoded.
      this.#contain('push', chunk.length, line, (tally) => tally.discarded(chunk.length, 'noise'));
      return;
    }
    const stream = lines.of(line);
    const frames = this.#contain('push', chunk.length, line, (tally) => stream.push(chunk, tally));
    if (frames === null) return;
    lines.heard(line, chunk, frames, clock.monoMs());
    stream.release(isTrusted(this.#machine));
    this.#answer(stream.answers?.() ?? [], line);
  }

  /** Behind the values that it is about, and only from the monitor's own port. */
  #answer(answers: readonly Uint8Array[], line: number): void {
    const { protocol, log, monitorId } = this.#options;
    if (protocol.acknowledges !== true || !isTrusted(this.#machine)) return;
    for (const bytes of answers) {
      this.#port?.write(bytes, line).catch((error: unknown) => log.warn('answer-not-written', { monitorId, message: messageOf(error) }));
    }
  }

  #endStream(): void {
    const lines = this.#lines;
    this.#lines = null;
    for (const stream of lines?.all ?? []) {
      this.#contain('end', 0, 0, (tally) => stream.end(tally));
      stream.release(isTrusted(this.#machine));
    }
  }

  /** Runs the driver and tells the machine what it counted. How many frames; null where the driver failed and starts afresh. */
  #contain(what: string, bytes: number, line: number, work: (tally: LinkTally) => void): number | null {
    const { clock, log, monitorId } = this.#options;
    const { heard, fault } = runDriver(bytes, work);
    if (fault !== null) {
      this.#lines?.renew(line);
      log.error('driver-threw', { monitorId, what, message: fault });
    }
    let frames = 0;
    for (const { kind, count } of heard) {
      if (kind === 'frame') this.counters.frames(count, clock.monoMs());
      else this.counters.discarded(count, kind);
      this.#dispatch({ kind: kind === 'frame' ? kind : 'discarded', count });
      if (kind !== 'frame') continue;
      frames += count;
      if (isTrusted(this.#machine)) this.#lastFrame = { at: clock.now(), monoMs: clock.monoMs() };
      this.#lines?.of(line).answered(clock.monoMs());
    }
    return fault === null ? frames : null;
  }

  #closePort(): void {
    this.#endStream();
    const released = this.#releasePort();
    const opening = this.#opening;
    const { clock, log, monitorId } = this.#options;
    let over = false;
    const done = (): void => {
      if (over || this.#closed || opening !== this.#opening) return;
      over = true;
      this.#closeTimeout?.();
      this.#dispatch({ kind: 'closed', reason: 'asked' });
    };
    this.#closeTimeout = clock.after(closeTimeoutMs, () => {
      log.warn('port-close-hangs', { monitorId });
      done();
    });
    void released.then(done);
  }

  /** Frees the port, and makes sure that nothing this opening still says is heard. */
  #releasePort(closing: Uint8Array | null = null): Promise<void> {
    this.#opening += 1;
    this.#lines = null;
    this.#writing = false;
    const port = this.#port;
    this.#port = null;
    if (port === null) return Promise.resolve();
    const said = closing === null ? null : writeClosingBytes(port, closing, this.#options.clock);
    return this.#keepUntilDone((said === null ? port.close() : said.then(() => port.close())).catch(() => {}));
  }

  #keepUntilDone(work: Promise<void>): Promise<void> {
    const kept: Promise<void> = work.finally(() => this.#closings.delete(kept));
    this.#closings.add(kept);
    return kept;
  }
}
