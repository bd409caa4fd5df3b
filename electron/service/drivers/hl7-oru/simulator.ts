import { clockJumpMs, deviceMomentAt } from '../../simulation/device-clock.ts';
import { damageFrame } from '../../simulation/line-faults.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import { createSendingMonitor, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const messageEveryMs = 1000;
/** What a gateway still holds of a connection that nobody read. */
const backlogMs = 3000;
const percent = '262688^MDC_DIM_PERCENT^MDC';
const beatsPerMinute = '264864^MDC_DIM_BEAT_PER_MIN^MDC';
const breathsPerMinute = '264928^MDC_DIM_RESP_PER_MIN^MDC';
const mmHg = '266016^MDC_DIM_MMHG^MDC';

/** A gateway that sends one ORU^R01 each whole second, with the last determination of the cuff and one code that Vigil has no id for. */
export function createHl7Simulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6837);

  function messageAt(tMs: number): Uint8Array {
    return damageFrame(encodeMessage(scenario, tMs, deliveredMg), activeFaults(scenario, tMs), chance);
  }

  return createSendingMonitor(scenario, { everyMs: messageEveryMs, sentAt: messageAt, backlogMs });
}

function encodeMessage(scenario: Scenario, tMs: number, deliveredMg: DeliveredMg | undefined): Uint8Array {
  const faults = activeFaults(scenario, tMs);
  const jumpMs = faults.has('clock-jump') ? clockJumpMs : 0;
  const body = physiologyAt(scenario, tMs, deliveredMg);
  const cuffMs = lastCuffMs(scenario, tMs);
  // A restart forgets the last determination.
  const isForgotten = scenario.faults.some(({ kind, untilMs }) => kind === 'reboot' && untilMs <= tMs && untilMs > (cuffMs ?? 0));
  const now = stampAt(scenario, tMs + jumpMs);
  const segments = [
    `MSH|^~\\&|VIGIL-SIM|ROOM|||${now}||ORU^R01^ORU_R01|${Math.round(tMs / messageEveryMs)}|P|2.6`,
    `OBR|1|||VITALS|||${now}`,
  ];
  const observe = (code: string, unit: string, value: string, validity = '', stamp = ''): void => {
    const status = validity === '' ? 'F' : 'X';
    segments.push(`OBX|${segments.length - 1}|NM|${code}||${value}|${unit}||${validity}|||${status}|||${stamp}`);
  };
  const state = faults.has('sensor-off') ? 'INV' : '';
  const probed = (value: number): string => (state === '' ? String(Math.round(value)) : '');
  observe('150456^MDC_PULS_OXIM_SAT_O2^MDC', percent, probed(body.spo2), state);
  observe('149530^MDC_PULS_OXIM_PULS_RATE^MDC', beatsPerMinute, probed(body.pulseRate), state);
  observe('151562^MDC_RESP_RATE^MDC', breathsPerMinute, String(Math.round(body.respRate)));
  observe('69984^X_SIGNAL_QUALITY^MDC', percent, probed(90), state);
  if (cuffMs !== null && !isForgotten) {
    const measured = physiologyAt(scenario, cuffMs, deliveredMg);
    const stamp = stampAt(scenario, cuffMs);
    observe('150021^MDC_PRESS_BLD_NONINV_SYS^MDC', mmHg, String(Math.round(measured.sys)), '', stamp);
    observe('150022^MDC_PRESS_BLD_NONINV_DIA^MDC', mmHg, String(Math.round(measured.dia)), '', stamp);
    observe('150023^MDC_PRESS_BLD_NONINV_MEAN^MDC', mmHg, String(Math.round(measured.mean)), '', stamp);
  }
  const text = `\x0b${segments.map((segment) => `${segment}\r`).join('')}\x1c\r`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function stampAt(scenario: Scenario, tMs: number): string {
  const { year, month, day, hour, minute, second } = deviceMomentAt(scenario.deviceClock, tMs);
  return `${year}${[month, day, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')}`;
}
