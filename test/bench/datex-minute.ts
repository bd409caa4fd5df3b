import { numericsRequest, wantedWaves, wavesRequest } from '../../electron/service/drivers/datex-dri/commands.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';

/** What a monitor sends in a minute: all classes of values every five seconds, pleth, carbon dioxide and one ECG lead. */
export function datexMinute(): Uint8Array {
  const scenario = goldenScenario();
  const monitor = findDriver('datex-dri').createSimulator(scenario);
  monitor.advance(scenario.startMs);
  for (const request of [numericsRequest(9), wavesRequest(9, wantedWaves)]) monitor.receive(request);
  const bytes: number[] = [];
  for (let sinceMs = 0; sinceMs < 60_000; sinceMs += 100) bytes.push(...monitor.advance(scenario.startMs + sinceMs));
  return Uint8Array.from(bytes);
}
