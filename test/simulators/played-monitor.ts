import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { Scenario } from '../../electron/service/simulation/scenario.ts';
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

/** A monitor and its driver on one wire, in steps of 100 ms of scenario time; `onChunk` hears each piece that gave readings. */
export function play(
  protocol: MonitorProtocolId,
  scenario: Scenario,
  untilMs: number,
  onChunk: (chunk: Uint8Array) => void = () => undefined,
): Played {
  const monitor = findDriver(protocol).createSimulator(scenario);
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
    const before = heard.length;
    decoder.push(chunk, sink);
    if (heard.length > before) onChunk(chunk);
  }
  for (; tMs <= untilMs; tMs += 100) {
    hear(monitor.tick(tMs));
    const request = poller?.tick(tMs) ?? null;
    if (request !== null) hear(monitor.receive(request));
  }
  decoder.end(sink);
  return { heard, bytes, accounted, discarded };
}

/** A piece of its stream, of at most `maxBytes`, that gave readings: what any driver of the directory can be tried with. */
export function spokenBytes(protocol: MonitorProtocolId, scenario: Scenario, maxBytes: number): Uint8Array {
  let spoken: Uint8Array | null = null;
  play(protocol, scenario, scenario.startMs + 12_000, (chunk) => (spoken ??= chunk.slice(0, maxBytes)));
  if (spoken === null) throw new Error(`the simulated ${protocol} says nothing that its driver reads`);
  return spoken;
}
