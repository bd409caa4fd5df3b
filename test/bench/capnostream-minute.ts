import { enable, linkActive, startRealTime } from '../../electron/service/drivers/capnostream/commands.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';

/** What a monitor sends in a minute: five values a second and the curve of carbon dioxide. */
export function capnostreamMinute(): Uint8Array {
  const scenario = goldenScenario();
  const monitor = findDriver('capnostream').createSimulator(scenario);
  monitor.advance(scenario.startMs);
  for (const command of [enable(), startRealTime()]) monitor.receive(command);
  const bytes: number[] = [];
  for (let sinceMs = 0; sinceMs < 60_000; sinceMs += 1000) {
    monitor.receive(linkActive());
    bytes.push(...monitor.advance(scenario.startMs + sinceMs));
  }
  return Uint8Array.from(bytes);
}
