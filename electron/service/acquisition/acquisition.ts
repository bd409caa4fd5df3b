import { metricIds, type MetricId } from '../../../shared/clinical/metric.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import type { WaveView } from '../../../shared/contract/board/waves.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import { findDriver } from '../drivers/driver-directory.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Clock, Log } from '../platform/platform.ts';
import type { BytePorts, PortInfo } from '../platform/byte-ports.ts';
import { clockOffMs, type DeviceClockJump } from './device-clock.ts';
import type { Captures } from './captures.ts';
import { forgetMonitor, takeReading, type LatestReading } from './latest-readings.ts';
import { MonitorConnection, type LinkChange, type MonitorConfig } from './monitor-connection.ts';
import { judge, type TypedVital } from './reading-quality.ts';
import type { StampedReading } from './stamped-reading.ts';
import { WaveIntake } from './wave-intake.ts';
import type { PlacedWave } from './wave-places.ts';

export interface AcquisitionOptions {
  readonly clock: Clock;
  readonly ports: BytePorts;
  readonly log: Log;
  /** Readings of one chunk of bytes, in stream order, impossible values already taken out. */
  onReadings(batch: readonly StampedReading[]): void;
  /** Pieces of waveforms with their places in time; `due`: it is time to draw them again. */
  readonly onWaves?: (pieces: readonly PlacedWave[], due: boolean) => void;
  onLinkChange(change: LinkChange): void;
  readonly onClockJump?: (monitor: MonitorConfig, jump: DeviceClockJump) => void;
  /** Why nothing that arrives can be kept now, in words; null or left out: it is kept. */
  readonly notKept?: () => string | null;
  /** Where bytes can be captured; nowhere when left out. */
  readonly captures?: Captures;
  /** Another directory of drivers, for tests. */
  readonly findDriver?: (id: MonitorProtocolId) => Driver;
}

export interface ClockOff {
  readonly config: MonitorConfig;
  readonly offsetMs: number;
}

/** Everything this room's monitors say, from their bytes to named and timed readings. */
export interface Acquisition {
  /** The monitors from now on. Those that did not change keep their links. */
  configure(monitors: readonly MonitorConfig[]): void;
  statuses(): MonitorStatus[];
  /** Monitors whose clock is far from ours, with their offset. */
  clocksOff(): readonly ClockOff[];
  /** All there is to know of one monitor's line; null where it is not configured. */
  detail(monitorId: MonitorId): MonitorDetail | null;
  /** What may be shown of every metric now, with what people entered by hand; without the monitors where the patient is at none. */
  vitals(typed?: readonly TypedVital[], atMonitors?: boolean): Record<MetricId, Vital>;
  /** The last seconds of the waveforms, for a strip. */
  waves(): WaveView[];
  /** The computer woke up: every link is opened afresh. Also noticed without being told, a little later. */
  resumed(): void;
  /** Resolves when every port is free. */
  close(): Promise<void>;
}

export function createAcquisition(options: AcquisitionOptions): Acquisition {
  const { clock, ports, log } = options;
  const driverOf = options.findDriver ?? findDriver;
  const connections = new Map<MonitorId, MonitorConnection>();
  const latest = new Map<string, LatestReading>();
  const waves = new WaveIntake(log, clock);
  const closing = new Set<Promise<void>>();
  let closed = false;

  function connect(config: MonitorConfig): MonitorConnection {
    return new MonitorConnection({
      clock,
      ports: options.captures?.portsOf(config.monitorId, ports) ?? ports,
      log,
      config,
      driver: driverOf(config.protocol),
      isTaken: (port) => isTaken(connections, config.monitorId, port),
      onReadings: (batch) => {
        for (const stamped of batch) takeReading(latest, stamped);
        contain(log, 'readings', () => options.onReadings(batch));
      },
      onWaves: (arrived) => {
        const { pieces, due } = waves.take(arrived);
        if (pieces.length > 0) contain(log, 'waves', () => options.onWaves?.(pieces, due));
      },
      onLinkChange: (change) => contain(log, 'link-change', () => options.onLinkChange(change)),
      onClockJump: (jump) => contain(log, 'device-clock', () => options.onClockJump?.(config, jump)),
      ...(options.notKept === undefined ? {} : { notKept: options.notKept }),
    });
  }

  function disconnect(monitorId: MonitorId, connection: MonitorConnection): void {
    connections.delete(monitorId);
    forgetMonitor(latest, monitorId);
    waves.forget(monitorId);
    const freed = closeWithCapture(connection, options.captures).finally(() => closing.delete(freed));
    closing.add(freed);
  }

  return {
    configure: (monitors) => {
      if (closed) return;
      const wanted = new Map(monitors.map((config) => [config.monitorId, config]));
      for (const [monitorId, connection] of connections) {
        const config = wanted.get(monitorId);
        if (config !== undefined && isSameLink(config, connection.config)) connection.rename(config.name);
        else disconnect(monitorId, connection);
      }
      for (const config of wanted.values()) {
        if (!connections.has(config.monitorId)) connections.set(config.monitorId, connect(config));
      }
    },
    clocksOff: () => clocksOff(connections.values()),
    detail: (monitorId) => detailOf(connections.get(monitorId), latest, clock),
    statuses: () => [...connections.values()].map((connection) => withCapture(connection.status(), options.captures)),
    vitals: (typed = [], atMonitors = true) => {
      const monitors = atMonitors ? [...connections.values()].map((connection) => connection.judged()) : [];
      return judge({ latest: atMonitors ? latest : new Map(), monitors, typed, nowMonoMs: clock.monoMs(), nowUtcMs: clock.now().utcMs });
    },
    waves: () => waves.views(),
    resumed: () => {
      for (const connection of connections.values()) connection.resumed();
    },
    close: async () => {
      closed = true;
      for (const [monitorId, connection] of connections) disconnect(monitorId, connection);
      await Promise.all(closing);
    },
  };
}

function clocksOff(connections: Iterable<MonitorConnection>): readonly ClockOff[] {
  return [...connections].flatMap(({ config, clockOffsetMs }) =>
    clockOffsetMs === null || Math.abs(clockOffsetMs) <= clockOffMs ? [] : [{ config, offsetMs: Math.round(clockOffsetMs) }],
  );
}

function detailOf(
  connection: MonitorConnection | undefined,
  latest: ReadonlyMap<string, LatestReading>,
  clock: Clock,
): MonitorDetail | null {
  if (connection === undefined) return null;
  const judged = connection.judged();
  const vitals = judge({ latest, monitors: [judged], typed: [], nowMonoMs: clock.monoMs(), nowUtcMs: clock.now().utcMs });
  // What this monitor does not have is no parameter of it.
  const parameters = metricIds.filter((metric) => judged.freshness[metric] !== undefined && vitals[metric].state !== 'not-connected');
  return { ...connection.lineDetail(), parameters: parameters.map((metric) => ({ metric, vital: vitals[metric] })) };
}

/** What the link says last belongs to the capture. */
async function closeWithCapture(connection: MonitorConnection, captures: Captures | undefined): Promise<void> {
  const endCapture = captures?.release(connection.config.monitorId);
  try {
    await connection.close();
  } finally {
    await endCapture?.();
  }
}

function withCapture(status: MonitorStatus, captures: Captures | undefined): MonitorStatus {
  const capture = captures?.viewOf(status.monitorId) ?? null;
  return capture === null ? status : { ...status, capture };
}

/** Open for another monitor, or the configured port of another one. */
function isTaken(connections: ReadonlyMap<MonitorId, MonitorConnection>, monitorId: MonitorId, port: PortInfo): boolean {
  const own = connections.get(monitorId);
  const others = [...connections.values()].filter((connection) => connection !== own);
  if (others.some((connection) => connection.openPath === port.path)) return true;
  return !(own !== undefined && isConfiguredFor(own, port)) && others.some((connection) => isConfiguredFor(connection, port));
}

function isConfiguredFor({ config }: MonitorConnection, port: PortInfo): boolean {
  return config.port.stableId === null ? config.port.path === port.path : config.port.stableId === port.stableId;
}

/** Whoever takes the readings may fail; the monitors go on. */
function contain(log: Log, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.error('acquisition-listener-threw', { what, message: error instanceof Error ? error.message : String(error) });
  }
}

function isSameLink(a: MonitorConfig, b: MonitorConfig): boolean {
  const sameKind = a.protocol === b.protocol && a.simulated === b.simulated && a.listenOnly === b.listenOnly;
  return sameKind && a.port.path === b.port.path && a.port.stableId === b.port.stableId;
}
