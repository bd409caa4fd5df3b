import { encodeMessage } from '../drivers/dinamap/frame.ts';
import { damageFrame, joinBytes } from './line-faults.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from './physiology.ts';
import { activeFaults, type Scenario } from './scenario.ts';
import { createChance } from './seeded-noise.ts';
import type { SimulatedMonitor } from './simulated-monitor.ts';

const counterMax = 9999;
const requestMaxBytes = 64;
const carriageReturn = 0x0d;

/**
 * A DINAMAP with a cuff on its own interval timer: it speaks only when asked, and what it repeats is its last determination.
 * It ignores every request that is not a reading one, as Vigil never sends another.
 */
export function createDinamapSimulator(scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6469);
  let nowMs = scenario.startMs;
  let unread: number[] = [];

  function pressures(): string {
    const cuffMs = lastCuffMs(scenario, nowMs);
    // A restart forgets the last determination.
    const forgotten = scenario.faults.some((fault) => fault.kind === 'reboot' && fault.untilMs <= nowMs && fault.untilMs > (cuffMs ?? 0));
    if (cuffMs === null || forgotten) return ' NA0000000000000000';
    const body = physiologyAt(scenario, cuffMs, deliveredMg);
    const isWrongClock = activeFaults(scenario, nowMs).has('clock-jump');
    const counter = Math.min(counterMax, Math.floor((nowMs - cuffMs) / 1000) + (isWrongClock ? 5000 : 0));
    return ` NA100${String(counter).padStart(4, '0')}${threeDigits(body.sys)}${threeDigits(body.dia)}${threeDigits(body.mean)}`;
  }

  function answerTo(request: string): Uint8Array | null {
    const faults = activeFaults(scenario, nowMs);
    const body = physiologyAt(scenario, nowMs, deliveredMg);
    const status = faults.has('sensor-off') ? '0' : '1';
    const value = (measured: number): string => (faults.has('sensor-off') ? '000' : threeDigits(measured));
    if (request === ' NA!2') return damageFrame(encodeMessage(pressures()), faults, chance);
    if (request === ' OA!3') return damageFrame(encodeMessage(` OA${status}${value(body.spo2)}`), faults, chance);
    if (request === ' RA!6') return damageFrame(encodeMessage(` RA${status}${value(body.pulseRate)}`), faults, chance);
    return null;
  }

  return {
    tick(tMs) {
      nowMs = Math.max(nowMs, tMs);
      return new Uint8Array(0);
    },
    receive(bytes) {
      const answers: Uint8Array[] = [];
      for (const byte of bytes) {
        if (byte !== carriageReturn) {
          if (byte >= 0x20) unread.push(byte);
          if (unread.length > requestMaxBytes) unread = [];
          continue;
        }
        const answer = answerTo(String.fromCharCode(...unread));
        unread = [];
        if (answer !== null) answers.push(answer);
      }
      const joined = joinBytes(answers);
      return joined.length === 0 ? null : joined;
    },
  };
}

function threeDigits(value: number): string {
  return String(Math.round(value)).padStart(3, '0');
}
