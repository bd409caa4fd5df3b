import {
  associationRequest,
  createEventResult,
  keepAlivePoll,
  numericsPoll,
  wavesPoll,
} from '../../electron/service/drivers/intellivue/commands.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';

/** What a monitor sends in a minute with nine values a second, pleth and one ECG lead. */
export function intellivueMinute(): Uint8Array {
  const scenario = goldenScenario();
  const monitor = findDriver('intellivue').createSimulator(scenario);
  monitor.advance(scenario.startMs);
  for (const request of [associationRequest(), createEventResult(1, 0), numericsPoll(), wavesPoll()]) monitor.receive(request);
  const bytes: number[] = [];
  for (let sinceMs = 0; sinceMs < 60_000; sinceMs += 100) {
    bytes.push(...monitor.advance(scenario.startMs + sinceMs));
    if (sinceMs % 3000 === 0) bytes.push(...(monitor.receive(keepAlivePoll()) ?? []));
  }
  return Uint8Array.from(bytes);
}
