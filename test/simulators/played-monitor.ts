import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { Scenario } from '../../electron/service/simulation/scenario.ts';
import { createSimulatedMonitor } from '../../electron/service/drivers/simulator-directory.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { Reading } from '../../shared/clinical/reading.ts';

export interface Heard {
  readonly tMs: number;
  readonly reading: Reading;
}

export interface Played {
  readonly heard: readonly Heard[];
  readonly bytes: number;
  readonly accounted: number;
  readonly discarded: number;
}

/** A monitor and its driver on one wire, in steps of 100 ms of scenario time. */
export function play(protocol: MonitorProtocolId, scenario: Scenario, untilMs: number): Played {
  const monitor = createSimulatedMonitor(protocol, scenario);
  const driver = findDriver(protocol);
  const decoder = driver.createDecoder();
  const poller = driver.createPoller?.() ?? null;
  const heard: Heard[] = [];
  let bytes = 0;
  let accounted = 0;
  let discarded = 0;
  let tMs = scenario.startMs;
  const sink = {
    frame: (count: number) => {
      accounted += count;
      poller?.answered(tMs);
    },
    reading: (reading: Reading) => void heard.push({ tMs, reading }),
    wave: () => undefined,
    discarded: (count: number) => {
      accounted += count;
      discarded += count;
    },
    padding: (count: number) => {
      accounted += count;
    },
  };
  function hear(chunk: Uint8Array | null): void {
    if (chunk === null) return;
    bytes += chunk.length;
    poller?.heard?.(chunk, tMs);
    decoder.push(chunk, sink);
  }
  for (; tMs <= untilMs; tMs += 100) {
    hear(monitor.tick(tMs));
    const request = poller?.tick(tMs) ?? null;
    if (request !== null) hear(monitor.receive(request));
  }
  decoder.end(sink);
  return { heard, bytes, accounted, discarded };
}
