import { encodeMessage } from './frame.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import type { SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

/** From then on the monitor states no age. */
const counterMaxS = 5400;
const noAge = 9999;
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
    if (cuffMs === null || forgotten) return ' NA1109999000000000';
    const body = physiologyAt(scenario, cuffMs, deliveredMg);
    const isWrongClock = activeFaults(scenario, nowMs).has('clock-jump');
    const seconds = Math.floor((nowMs - cuffMs) / 1000) + (isWrongClock ? 5000 : 0);
    const counter = seconds > counterMaxS ? noAge : seconds;
    return ` NA110${String(counter).padStart(4, '0')}${threeDigits(body.sys)}${threeDigits(body.dia)}${threeDigits(body.mean)}`;
  }

  function answerTo(request: string): Uint8Array | null {
    const faults = activeFaults(scenario, nowMs);
    const body = physiologyAt(scenario, nowMs, deliveredMg);
    const isOff = faults.has('sensor-off');
    const value = (measured: number): string => (isOff ? '000' : threeDigits(measured));
    if (request === ' NA!2') return damageFrame(encodeMessage(pressures()), faults, chance);
    if (request === ' OA!3')
      return damageFrame(encodeMessage(` OA${isOff ? '3' : '1'}${value(body.spo2)}${isOff ? '0' : '8'}12`), faults, chance);
    if (request === ' RA!6') return damageFrame(encodeMessage(` RA2${value(body.pulseRate)}`), faults, chance);
    // Taken once, half a minute before the scenario begins: 98.2 °F.
    if (request === ' TC!:')
      return damageFrame(encodeMessage(` TC00 ${fiveDigits((nowMs - scenario.startMs) / 1000 + 30)}09820`), faults, chance);
    return null;
  }

  return {
    advance(tMs) {
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

function fiveDigits(seconds: number): string {
  return String(Math.min(99_999, Math.floor(seconds))).padStart(5, '0');
}
