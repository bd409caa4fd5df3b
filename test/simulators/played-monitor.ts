import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { Scenario } from '../../electron/service/simulation/scenario.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { talk, type Talk, type TalkOptions } from '../drivers/wire.ts';

/** The monitor of a scenario and its driver, from the scenario's start on. */
export function play(protocol: MonitorProtocolId, scenario: Scenario, untilMs: number, options: TalkOptions = {}): Talk {
  const driver = findDriver(protocol);
  return talk(driver, driver.createSimulator(scenario), untilMs, { ...options, fromMs: scenario.startMs });
}

/** A piece of its stream, of at most `maxBytes`, that gave readings: what any driver of the directory can be tried with. */
export function spokenBytes(protocol: MonitorProtocolId, scenario: Scenario, maxBytes: number): Uint8Array {
  let spoken: Uint8Array | null = null;
  play(protocol, scenario, scenario.startMs + 12_000, {
    onPiece: (piece, _from, readings) => {
      if (readings > 0) spoken ??= piece.slice(0, maxBytes);
    },
  });
  if (spoken === null) throw new Error(`the simulated ${protocol} says nothing that its driver reads`);
  return spoken;
}
