import { damageFrame } from '../../simulation/line-faults.ts';
import { physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import { createSendingMonitor, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const groupEveryMs = 1000;
const missing = { rate: 511, spo2: 127 } as const;

/** Nonin data format 8: four bytes at each whole second. It has no clock, so a jump of the clock shows in nothing. */
export function createNoninDf8Simulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6e38);

  function groupAt(tMs: number): Uint8Array {
    const faults = activeFaults(scenario, tMs);
    const body = physiologyAt(scenario, tMs, deliveredMg);
    const isOff = faults.has('sensor-off');
    const rate = isOff ? missing.rate : Math.round(body.pulseRate);
    const spo2 = isOff ? missing.spo2 : Math.round(body.spo2);
    // Out of track and sensor alarm without a finger; a good signal (SmartPoint) with one.
    const group = Uint8Array.of(0x80 | (isOff ? 0x20 : 0) | (rate >> 7), rate & 0x7f, spo2, isOff ? 0x08 : 0x20);
    return damageFrame(group, faults, chance);
  }

  return createSendingMonitor(scenario, { everyMs: groupEveryMs, sentAt: groupAt });
}
