import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';

/** What a gateway sends in a minute: a message with seven values each second. */
export function hl7Minute(): Uint8Array {
  const scenario = goldenScenario();
  const monitor = findDriver('hl7-oru').createSimulator(scenario);
  const bytes: number[] = [];
  for (let sinceMs = 0; sinceMs < 60_000; sinceMs += 1000) bytes.push(...monitor.advance(scenario.startMs + sinceMs));
  return Uint8Array.from(bytes);
}
