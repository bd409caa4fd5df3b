import { deviceMomentAt } from './device-clock.ts';
import { damageFrame, joinBytes } from './line-faults.ts';
import { physiologyAt, type DeliveredMg } from './physiology.ts';
import { activeFaults, type Scenario } from './scenario.ts';
import { createChance } from './seeded-noise.ts';
import { backlogMs, type SimulatedMonitor } from './simulated-monitor.ts';

const lineEveryMs = 1000;
/** Twelve hours: what a clock that was set wrong is often wrong by. */
const clockJumpMs = 43_200_000;

/** Masimo ASCII-1 as a Rad-8 prints it: one line at each whole second. */
export function createMasimoSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6d61);
  let lastMs = scenario.startMs - 1;
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

  return {
    tick(tMs) {
      const lines: Uint8Array[] = [];
      const fromMs = Math.max(lastMs, tMs - backlogMs);
      for (let dueMs = (Math.floor(fromMs / lineEveryMs) + 1) * lineEveryMs; dueMs <= tMs; dueMs += lineEveryMs) lines.push(lineAt(dueMs));
      lastMs = Math.max(lastMs, tMs);
      return joinBytes(lines);
    },
    receive: () => null,
  };
}

function encodeLine(scenario: Scenario, tMs: number, sensorOff: boolean, jumpMs: number, deliveredMg: DeliveredMg | undefined): Uint8Array {
  const { spo2, pulseRate, perfusionIndex } = physiologyAt(scenario, tMs, deliveredMg);
  const moment = deviceMomentAt(scenario.deviceClock, tMs + jumpMs);
  const padded = (value: number, digits: number): string => String(Math.round(value)).padStart(digits, '0');
  const date = [moment.month, moment.day, moment.year % 100].map((part) => padded(part, 2)).join('/');
  const time = [moment.hour, moment.minute, moment.second].map((part) => padded(part, 2)).join(':');
  const measured = `SPO2=${padded(spo2, 3)}% BPM=${padded(pulseRate, 3)} PI=${perfusionIndex.toFixed(2).padStart(5, '0')}%`;
  // With the sensor off the digits stay as they were and only EXC tells: the trap this simulator must keep.
  const exception = sensorOff ? '000820' : '000800';
  const text = `${date} ${time} SN=0000000001 ${measured} SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- PVI=--- ALARM=0000 EXC=${exception}\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
