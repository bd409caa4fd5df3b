import type { LossCause } from '../../../shared/clinical/gap-cause.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import { isMeasured } from '../../../shared/clinical/reading.ts';
import { isNetworkPath } from '../../../shared/values/network-path.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import type { LinkState, MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import { mustBeAsked, type DecodeSink, type Driver, type Wave } from '../drivers/driver.ts';
import { UnmappedValues } from '../drivers/unmapped-values.ts';
import type { Clock, Log } from '../platform/platform.ts';
import type { BytePorts, PortInfo, SenderState } from '../platform/byte-ports.ts';
import type { LinkProtocol, LinkStream, LinkTally } from '../serial/link-protocol.ts';
import { isGiving } from '../serial/link-state.ts';
import { SerialLink, type LinkAnnouncement } from '../serial/serial-link.ts';
import { settingsWords } from './detection-plan.ts';
import { DeviceClock, type DeviceClockJump } from './device-clock.ts';
import { createFrameGate } from './frame-gate.ts';
import { freshnessAt } from './learned-freshness.ts';
import { linkAdvice, type Speaks } from './link-advice.ts';
import { isPressure, plausibleReadings } from './plausible-reading.ts';
import type { JudgedMonitor } from './reading-quality.ts';
import type { StampedReading } from './stamped-reading.ts';
import { MetricSenders } from './metric-senders.ts';
import { UnreadCounts } from './unread-counts.ts';
import type { ArrivedWaves } from './wave-places.ts';

export interface MonitorConfig {
  readonly monitorId: MonitorId;
  readonly name: string;
  readonly protocol: MonitorProtocolId;
  readonly port: { readonly path: string; readonly stableId: string | null };
  readonly simulated: boolean;
  /** Another recorder asks this monitor: not a byte is sent to it. */
  readonly listenOnly?: true | undefined;
}

/** Why a monitor stopped giving readings, for the gap in the record. */
export interface LinkChange {
  readonly monitorId: MonitorId;
  readonly monitorName: string;
  readonly from: LinkState;
  readonly to: LinkState;
  readonly at: Instant;
  readonly monoMs: number;
  /**
   * Where a stretch without readings begins or ends; null for changes that do neither. `sinceMs` is the last
   * valid frame; `afterMs` how long there were none, null when the monitor is live for the first time.
   */
  readonly gap:
    | { readonly kind: 'lost'; readonly sinceMs: UtcMs; readonly cause: LossCause }
    | { readonly kind: 'live'; readonly afterMs: number | null }
    | null;
}

export interface MonitorConnectionOptions {
  readonly clock: Clock;
  readonly ports: BytePorts;
  readonly log: Log;
  readonly driver: Driver;
  readonly config: MonitorConfig;
  readonly isTaken: (port: PortInfo) => boolean;
  readonly onReadings: (batch: readonly StampedReading[]) => void;
  readonly onWaves: (arrived: ArrivedWaves) => void;
  readonly onLinkChange: (change: LinkChange) => void;
  readonly onClockJump?: (jump: DeviceClockJump) => void;
  /** Why nothing that arrives can be kept now, in words; null: it is kept. A sender that waits for an answer is told. */
  readonly notKept?: () => string | null;
}

const unmappedShownMax = 24;
/** Of one chunk: a sender that waits for its answers has one message under way. */
const answersMax = 64;

/** A monitor's line, without its figures. */
export type LineDetail = Omit<MonitorDetail, 'parameters'>;

/** One configured monitor: its link, its driver, and its readings with names and times. */
export class MonitorConnection {
  readonly #options: MonitorConnectionOptions;
  readonly #link: SerialLink;
  #config: MonitorConfig;
  #givingSince: Instant | null = null;
  #lost: { readonly monoMs: number } | null = null;
  /** The last determination of the cuff: a monitor states it again after every reconnect. */
  #lastPressures = '';
  #freshlyOpened = false;
  readonly #deviceClock = new DeviceClock();
  readonly #unread = new UnreadCounts();
  #unmapped = new UnmappedValues();
  readonly #senders = new MetricSenders();
  #openings = 0;

  constructor(options: MonitorConnectionOptions) {
    const { clock, ports, log, config, driver } = options;
    this.#options = options;
    this.#config = config;
    this.#link = new SerialLink({
      clock,
      ports,
      log,
      monitorId: config.monitorId,
      port: config.port,
      protocol: this.#protocolOf(driver),
      isTaken: (port) => options.isTaken(port),
      onChange: (change) => this.#changed(change),
    });
  }

  get config(): MonitorConfig {
    return this.#config;
  }

  get openPath(): string | null {
    return this.#link.openPath;
  }

  rename(name: string): void {
    this.#config = { ...this.#config, name };
  }

  resumed(): void {
    this.#link.resumed();
  }

  status(): MonitorStatus {
    const { monitorId, name, protocol, simulated } = this.#config;
    const { driver, clock } = this.#options;
    const { state, counters, path } = this.#link;
    return {
      monitorId,
      name,
      protocol,
      simulated,
      port: path,
      state,
      sinceMs: this.#link.since.utcMs,
      advice: linkAdvice({ state, port: path, name, vendor: driver.vendor, speaks: this.#speaks(driver) }),
      framesPerSecond: counters.framesPerSecond(clock.monoMs()),
      framesTotal: counters.framesTotal,
      bytesTotal: counters.bytesTotal,
      discardedBytes: counters.discardedBytes,
      lastByteMs: counters.lastByte?.utcMs ?? null,
    };
  }

  /** How far the monitor's clock is from ours; null while it has stated no time. */
  get clockOffsetMs(): number | null {
    return this.#deviceClock.state?.offsetMs ?? null;
  }

  /** The line itself: its rates, what was lost and why, the monitor's clock, the last bytes. */
  lineDetail(): LineDetail {
    const { driver, clock } = this.#options;
    const { counters, settings } = this.#link;
    const monoMs = clock.monoMs();
    return {
      monitorId: this.#config.monitorId,
      protocol: driver.id,
      vendor: driver.vendor,
      models: [...driver.models],
      description: driver.description,
      settings: settingsWords(settings),
      stableId: this.#config.port.stableId,
      mustBeAsked: mustBeAsked(driver),
      listenOnly: this.#config.listenOnly === true,
      bytesPerSecond: counters.bytesPerSecond(monoMs),
      framesPerSecond: counters.framesPerSecond(monoMs),
      discarded: [...counters.reasons].map(([reason, bytes]) => ({ reason, bytes })),
      unread: this.#unread.list,
      unmapped: this.#unmapped.last.slice(0, unmappedShownMax).map(unmappedView),
      mapsCodes: driver.clinicTable !== undefined,
      deviceClock: this.#deviceClock.state,
      senders: this.#link.senders?.map(senderView) ?? null,
      recent: { bytes: [...counters.recentBytes()], lastMs: counters.lastByte?.utcMs ?? null },
    };
  }

  #speaks(driver: Driver): Speaks {
    if (!mustBeAsked(driver)) return 'by-itself';
    return this.#config.listenOnly === true ? 'to-another' : 'when-asked';
  }

  judged(): JudgedMonitor {
    return {
      monitorId: this.#config.monitorId,
      name: this.#config.name,
      link: this.#link.state,
      linkSinceMs: this.#link.since.utcMs,
      givingSinceMs: this.#givingSince?.utcMs ?? null,
      freshness: freshnessAt(this.#options.driver, this.#link.intervalMs),
    };
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #protocolOf(driver: Driver): LinkProtocol {
    return {
      quietMs: driver.quietMs,
      portProfiles: driver.portProfiles,
      transmits: mustBeAsked(driver) && this.#config.listenOnly !== true,
      acknowledges: driver.acknowledges === true && isNetworkPath(this.#config.port.path) && this.#config.listenOnly !== true,
      ...(driver.slowestQuietMs === undefined ? {} : { slowestQuietMs: driver.slowestQuietMs }),
      openStream: (sender = '') => this.#openStream(driver, sender),
    };
  }

  #openStream(driver: Driver, sender: string): LinkStream {
    const decoder = driver.createDecoder();
    const poller = this.#config.listenOnly === true ? null : (driver.createPoller?.() ?? null);
    const gate = createFrameGate(driver.proof.framesToTrust);
    const unmapped = new UnmappedValues();
    this.#unmapped = unmapped;
    this.#freshlyOpened = true;
    this.#openings += 1;
    const opening = this.#openings;
    let waves: Wave[] = [];
    let ofFrame: Reading[] = [];
    let waiting: Reading[] = [];
    const answers: Parameters<NonNullable<DecodeSink['answer']>>[0][] = [];
    const frameDone = (): void => {
      if (ofFrame.length > 0) waiting.push(...plausibleReadings(ofFrame));
      ofFrame = [];
    };
    const sinkOf = (tally: LinkTally): DecodeSink => ({
      frame: (bytes) => {
        frameDone();
        gate.frame(bytes, tally);
      },
      reading: (reading) => {
        if (unmapped.isNews(reading)) ofFrame.push(reading);
      },
      unread: (reason, place) => this.#unread.add(reason, place),
      answer: (build) => {
        if (answers.length < answersMax) answers.push(build);
      },
      wave: (wave) => void waves.push(wave),
      discarded: (bytes, reason) => {
        if (!gate.discarded(bytes, reason, tally)) return;
        ofFrame = [];
        waiting = [];
      },
    });
    return {
      push: (chunk, tally) => {
        poller?.heard?.(chunk, this.#options.clock.monoMs());
        decoder.push(chunk, sinkOf(tally));
      },
      end: (tally) => {
        decoder.end(sinkOf(tally));
        if (!gate.proven) gate.end(tally);
      },
      release: (trusted) => {
        frameDone();
        // Readings are held until enough frames have shown that they are this monitor's. That takes a few frames.
        if (trusted && !gate.proven) return;
        const batch = waiting;
        waiting = [];
        const heard = waves;
        waves = [];
        if (trusted && batch.length > 0) this.#pass(this.#senders.heard(batch, sender, this.#options.clock.monoMs()));
        if (trusted && heard.length > 0) this.#passWaves(heard, opening);
      },
      request: (monoMs) => poller?.poll(monoMs) ?? null,
      answered: (monoMs) => poller?.answered(monoMs),
      // Built behind the readings, when it has shown whether they can be kept.
      answers: () => answers.splice(0).flatMap((build) => build(this.#options.clock.now(), this.#options.notKept?.() ?? null)),
      closingBytes: () => poller?.closingBytes?.() ?? null,
    };
  }

  #pass(readings: readonly Reading[]): void {
    const { clock, onReadings } = this.#options;
    const { monitorId, name } = this.#config;
    const received = clock.now();
    const monoMs = clock.monoMs();
    this.#noteClock(readings, received, monoMs);
    const fresh = this.#withoutRepeatedPressures(readings);
    if (fresh.length > 0) onReadings(fresh.map((reading) => ({ monitorId, monitorName: name, reading, received, monoMs })));
  }

  #passWaves(waves: readonly Wave[], opening: number): void {
    const { clock, onWaves } = this.#options;
    const { monitorId, name } = this.#config;
    onWaves({ monitorId, monitorName: name, waves, received: clock.now(), monoMs: clock.monoMs(), opening });
  }

  #noteClock(readings: readonly Reading[], received: Instant, monoMs: number): void {
    const stated = readings.findLast((reading) => reading.deviceTime !== undefined)?.deviceTime;
    const jump = stated === undefined ? null : this.#deviceClock.take(stated, received, monoMs);
    if (jump !== null) this.#options.onClockJump?.(jump);
  }

  /**
   * A monitor that is asked again after a reconnect states its last determination once more. It is the same
   * event, and must not become a new one with a new time.
   */
  #withoutRepeatedPressures(readings: readonly Reading[]): readonly Reading[] {
    if (this.#options.driver.freshness['nibp-sys']?.kind !== 'event') return readings;
    const pressures = readings.filter((reading) => isPressure(reading.metric));
    if (pressures.length === 0) return readings;
    const stated = pressures.map((reading) => `${reading.metric}=${isMeasured(reading) ? reading.value : reading.absent}`).join(' ');
    const repeated = this.#freshlyOpened && stated === this.#lastPressures;
    this.#freshlyOpened = false;
    this.#lastPressures = stated;
    return repeated ? readings.filter((reading) => !isPressure(reading.metric)) : readings;
  }

  #changed(change: LinkAnnouncement): void {
    const { from, to, at, monoMs } = change;
    const { monitorId, name } = this.#config;
    const gave = isGiving(from);
    const gives = isGiving(to);
    let gap: LinkChange['gap'] = null;
    if (gave && !gives) {
      const since = change.lastFrame ?? { at, monoMs };
      gap = { kind: 'lost', sinceMs: since.at.utcMs, cause: lossCauseOf(change) };
      this.#lost = { monoMs: since.monoMs };
      this.#givingSince = null;
    }
    if (!gave && gives) {
      gap = { kind: 'live', afterMs: this.#lost === null ? null : Math.round(monoMs - this.#lost.monoMs) };
      this.#lost = null;
      this.#givingSince = at;
    }
    this.#options.onLinkChange({ monitorId, monitorName: name, from, to, at, monoMs, gap });
  }
}

function senderView({ since, ...sender }: SenderState): NonNullable<MonitorDetail['senders']>[number] {
  return { ...sender, sinceMs: since.utcMs };
}

function unmappedView(reading: Reading): MonitorDetail['unmapped'][number] {
  // `x:hl7-oru:160324` is the sender's own code behind the protocol's name.
  const code = reading.metric.replace(/^x:[^:]*:/, '');
  return isMeasured(reading) ? { code, value: reading.value, unit: reading.unit } : { code, value: null, unit: '' };
}

function lossCauseOf({ to, cause }: LinkAnnouncement): LossCause {
  if (cause === 'sleep') return 'sleep';
  switch (to) {
    case 'silent':
    case 'listening':
    case 'opening':
      return 'silent';
    case 'busy':
      return 'port-busy';
    case 'forbidden':
      return 'port-forbidden';
    case 'wrong-device':
      return 'wrong-device';
    case 'absent':
    case 'unplugged':
    case 'live':
    case 'degraded':
      return 'cable-out';
    default:
      return assertNever(to);
  }
}
