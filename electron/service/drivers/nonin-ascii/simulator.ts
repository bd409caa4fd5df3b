import { clockJumpMs, deviceMomentAt, type DeviceMoment } from '../../simulation/device-clock.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { printedLine } from '../../simulation/printed-line.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import { createSendingMonitor, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const lineEveryMs = 1000;

const padded = (value: number, digits: number): string => String(Math.round(value)).padStart(digits, '0');

/** The printout of a Nonin 8600: a header at power-on, then a line with the time at each whole second. */
export function createNoninAsciiSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6e61);
  let isStarting = true;

  function linesAt(tMs: number): Uint8Array {
    const faults = activeFaults(scenario, tMs);
    if (faults.has('reboot')) isStarting = true;
    const { spo2, pulseRate } = physiologyAt(scenario, tMs, deliveredMg);
    const moment = deviceMomentAt(scenario.deviceClock, tMs + (faults.has('clock-jump') ? clockJumpMs : 0));
    const values = faults.has('sensor-off') ? 'SPO2=--- HR=---' : `SPO2=${padded(spo2, 3)} HR=${padded(pulseRate, 3)}`;
    const data = damageFrame(printedLine(`${timeOf(moment)} ${values}`), faults, chance);
    if (!isStarting || faults.has('reboot') || faults.has('silence')) return data;
    isStarting = false;
    return joinBytes([damageFrame(printedLine(headerOf(moment)), faults, chance), data]);
  }

  return createSendingMonitor(scenario, { everyMs: lineEveryMs, sentAt: linesAt });
}

function timeOf({ hour, minute, second }: DeviceMoment): string {
  return [hour, minute, second].map((part) => padded(part, 2)).join(':');
}

/** The real header's wording is not known; it states what is printed, the date and the time. */
function headerOf(moment: DeviceMoment): string {
  const date = [moment.month, moment.day, moment.year % 100].map((part) => padded(part, 2)).join('/');
  return `NONIN 8600  HH:MM:SS SPO2 HR  ${date} ${timeOf(moment)}`;
}
