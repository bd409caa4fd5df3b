import { clockJumpMs, deviceMomentAt } from '../../simulation/device-clock.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { printedLine } from '../../simulation/printed-line.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import { createSendingMonitor, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const lineEveryMs = 1000;

/** Masimo ASCII-1 as a Rad-8 or a Root prints it: one line at each whole second. */
export function createMasimoSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6d61);
  let isRestarting = false;

  function lineAt(tMs: number): Uint8Array {
    const faults = activeFaults(scenario, tMs);
    if (faults.has('reboot')) isRestarting = true;
    const line = encodeLine(scenario, tMs, faults.has('sensor-off'), faults.has('clock-jump') ? clockJumpMs : 0, deliveredMg);
    const bytes = damageFrame(line, faults, chance);
    if (!isRestarting || bytes.length === 0) return bytes;
    isRestarting = false;
    // Power-on: a few NULs, and the first line from somewhere in its middle.
    return joinBytes([new Uint8Array(3), bytes.subarray(20 + chance.below(60))]);
  }

  return createSendingMonitor(scenario, { everyMs: lineEveryMs, sentAt: lineAt });
}

function encodeLine(scenario: Scenario, tMs: number, sensorOff: boolean, jumpMs: number, deliveredMg: DeliveredMg | undefined): Uint8Array {
  const body = physiologyAt(scenario, tMs, deliveredMg);
  const moment = deviceMomentAt(scenario.deviceClock, tMs + jumpMs);
  const date = [moment.month, moment.day, moment.year % 100].map((part) => padded(part, 2)).join('/');
  const measured = `SPO2=${padded(body.spo2, 3)}% BPM=${padded(body.pulseRate, 3)} PI=${body.perfusionIndex.toFixed(2).padStart(5, '0')}%`;
  // With the sensor off the digits stay as they were and only EXC tells: the trap this simulator must keep.
  const exception = sensorOff ? '000820' : '000800';
  const usual = 'SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- PVI=---';
  const stamp = `${date} ${timeOf(moment)}`;
  const text =
    scenario.masimo === 'root'
      ? `${stamp} SN=0000000001 CHAN=A sysALARM=000000 ${measured} ${usual} ALARM=0000 EXC=00${exception} EXC1=00000000 ${modules()}`
      : `${stamp} SN=0000000001 ${measured} ${usual} ALARM=0000 EXC=${exception}`;
  return printedLine(text);

  /** The last determination stands in every line, with its time. */
  function modules(): string {
    const cuffMs = lastCuffMs(scenario, tMs);
    const at = cuffMs === null ? null : physiologyAt(scenario, cuffMs, deliveredMg);
    const pressures = at === null ? ['---', '---', '---'] : [at.sys, at.dia, at.mean].map((value) => padded(value, 3));
    const made = cuffMs === null ? '--:--:--' : timeOf(deviceMomentAt(scenario.deviceClock, cuffMs + jumpMs));
    const [sys, dia, mean] = pressures;
    const gas = `capnoFiCO2=00 capnoEtCO2=${padded(38, 3)} capnoRR=${padded(body.respRate, 3)} capnoEXC=0000`;
    return `eegPSI=091 eegEMG=04% eegSR=00% eegEXC=0000 ${gas} nibpSYS=${sys} nibpDIA=${dia} nibpMAP=${mean} nibpEXC=0000 nibpMEASTIME=${made}`;
  }
}

function timeOf({ hour, minute, second }: ReturnType<typeof deviceMomentAt>): string {
  return [hour, minute, second].map((part) => padded(part, 2)).join(':');
}

function padded(value: number, digits: number): string {
  return String(Math.round(value)).padStart(digits, '0');
}
