import { clockJumpMs, deviceMomentAt } from '../../simulation/device-clock.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { physiologyAt, type DeliveredMg, type Physiology } from '../../simulation/physiology.ts';
import { printedLine } from '../../simulation/printed-line.ts';
import { activeFaults, type FaultKind, type Scenario } from '../../simulation/scenario.ts';
import { createChance, smoothNoise } from '../../simulation/seeded-noise.ts';
import { createSendingMonitor, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const lineEveryMs = 2000;
/** The manual says 25; between the headings of a printout of the real monitor there are 22. */
const linesPerHeading = 22;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The monitor's own alarm limits, as its heading states them. */
const limits = { spo2Low: 90, spo2High: 100, pulseLow: 50, pulseHigh: 120 } as const;
const headings = [
  `N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: ${limits.spo2Low}-${limits.spo2High}%    PR Limit: ${limits.pulseLow}-${limits.pulseHigh}BPM`,
  '                             ADULT            0SAT-S ',
  'TIME                 %SpO2   BPM     PA     Status',
];

/** The real-time printout of a Nellcor N-560: a line at each even second, headings at power-on and every 22 lines. */
export function createNellcorSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6e65);
  let linesToHeading = 0;

  function linesAt(tMs: number): Uint8Array {
    const faults = activeFaults(scenario, tMs);
    if (faults.has('reboot')) linesToHeading = 0;
    const data = dataLine(scenario, tMs, faults, physiologyAt(scenario, tMs, deliveredMg));
    if (linesToHeading > 0 || faults.has('reboot') || faults.has('silence')) {
      linesToHeading = Math.max(0, linesToHeading - 1);
      return damageFrame(data, faults, chance);
    }
    linesToHeading = linesPerHeading - 1;
    return joinBytes([...headings.map(printedLine), data].map((line) => damageFrame(line, faults, chance)));
  }

  return createSendingMonitor(scenario, { everyMs: lineEveryMs, sentAt: linesAt });
}

function stampAt(scenario: Scenario, tMs: number): string {
  const { year, month, day, hour, minute, second } = deviceMomentAt(scenario.deviceClock, tMs);
  const padded = (value: number): string => String(value).padStart(2, '0');
  const time = [hour, minute, second].map(padded).join(':');
  return `${padded(day)}-${months[month - 1] ?? 'Jan'}-${padded(year % 100)} ${time}`;
}

/** Dashes while the sensor is off, zeros in the line after it while the pulse is looked for: the trap this simulator must keep. */
function dataLine(scenario: Scenario, tMs: number, faults: ReadonlySet<FaultKind>, body: Physiology): Uint8Array {
  const stamp = stampAt(scenario, tMs + (faults.has('clock-jump') ? clockJumpMs : 0));
  if (faults.has('sensor-off')) return printedLine(`${stamp}   ---     ---     ---    SO               `);
  if (activeFaults(scenario, tMs - lineEveryMs).has('sensor-off'))
    return printedLine(`${stamp}     0       0     ---    PS               `);
  const spo2 = Math.round(body.spo2);
  const pulse = Math.round(body.pulseRate);
  const amplitude = Math.round(40 + 25 * smoothNoise(scenario.seed + 6, tMs, 45_000));
  const codes = [codeOf('SL', spo2 < limits.spo2Low), codeOf('PH', pulse > limits.pulseHigh), codeOf('PL', pulse < limits.pulseLow)];
  const isSpo2Out = spo2 < limits.spo2Low;
  const isPulseOut = pulse > limits.pulseHigh || pulse < limits.pulseLow;
  return printedLine(
    `${stamp}${column(spo2, isSpo2Out)}${column(pulse, isPulseOut)}${column(amplitude, false)}     ${codes.join('')}      `,
  );
}

/** Eight places: the number right-aligned before the place of its asterisk. */
function column(value: number, starred: boolean): string {
  return `${String(value).padStart(6)}${starred ? '*' : ' '} `;
}

function codeOf(code: string, applies: boolean): string {
  return applies ? `${code} ` : '   ';
}
