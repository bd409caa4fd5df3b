import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { physiologyAt, type DeliveredMg, type Physiology } from '../../simulation/physiology.ts';
import { activeFaults, type FaultKind, type Scenario } from '../../simulation/scenario.ts';
import { createChance } from '../../simulation/seeded-noise.ts';
import { backlogMs, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const framesPerSecond = 75;
const framesPerPacket = 25;
const timerModulus = 2 ** 14;
const timerJump = 5000;

/** Nonin data format 2 or 7 as an OEM III sends it: 75 frames a second, a packet of 25 every third of a second. */
export function createNoninSimulator(format: 2 | 7, scenario: Scenario, deliveredMg?: DeliveredMg): SimulatedMonitor {
  const chance = createChance(scenario.seed ^ 0x6e6f);
  let nextFrame = Math.ceil((scenario.startMs * framesPerSecond) / 1000);
  /** The frame a packet begins with: a restarted monitor begins a packet when it is back. */
  let origin = Math.floor(nextFrame / framesPerPacket) * framesPerPacket;
  let packet: PacketContent = { floats: new Uint8Array(framesPerPacket), status: 0 };
  let beat = 0;

  function frameBytes(index: number): Uint8Array {
    const tMs = (index * 1000) / framesPerSecond;
    const faults = activeFaults(scenario, tMs);
    if (faults.has('reboot')) origin = index + 1;
    const number = (index - origin) % framesPerPacket;
    const body = physiologyAt(scenario, tMs, deliveredMg);
    if (number <= 0) packet = packetContent(body, Math.floor(index / framesPerPacket), faults);
    beat = (beat + body.pulseRate / 60 / framesPerSecond) % 1;
    const pleth = faults.has('sensor-off') ? 0x8000 : plethAt(beat);
    const status = packet.status | (number <= 0 ? 0x01 : 0);
    return damageFrame(encodeFrame(format, status, pleth, packet.floats[Math.max(0, number)] ?? 0), faults, chance);
  }

  return {
    advance(tMs) {
      const last = Math.floor((tMs * framesPerSecond) / 1000);
      const oldest = Math.floor(((tMs - backlogMs) * framesPerSecond) / 1000);
      const frames: Uint8Array[] = [];
      for (nextFrame = Math.max(nextFrame, oldest); nextFrame <= last; nextFrame++) frames.push(frameBytes(nextFrame));
      return joinBytes(frames);
    },
    receive: () => null,
  };
}

interface PacketContent {
  readonly floats: Uint8Array;
  readonly status: number;
}

/** The FLOAT bytes of one packet; every average of a rate or saturation says the same. */
function packetContent(body: Physiology, packetNumber: number, faults: ReadonlySet<FaultKind>): PacketContent {
  const isOff = faults.has('sensor-off');
  const rate = isOff ? 511 : Math.round(body.pulseRate);
  const spo2 = isOff ? 127 : Math.round(body.spo2);
  const count = packetNumber + (faults.has('clock-jump') ? timerJump : 0);
  const timer = ((count % timerModulus) + timerModulus) % timerModulus;
  const floats = new Uint8Array(framesPerPacket);
  const put = (frameNumber: number, ...bytes: number[]): void => floats.set(bytes, frameNumber - 1);
  put(1, rate >> 7, rate & 0x7f, spo2, 48);
  put(6, timer >> 7, timer & 0x7f);
  put(9, spo2, spo2, spo2);
  put(14, rate >> 7, rate & 0x7f, spo2, spo2);
  put(20, rate >> 7, rate & 0x7f, rate >> 7, rate & 0x7f);
  return { floats, status: isOff ? 0x98 : 0x80 };
}

/** A pulse wave with its second, smaller hump; `beat` runs from 0 to 1 with each heartbeat. */
function plethAt(beat: number): number {
  const hump = (at: number, width: number): number => Math.exp(-(((beat - at) / width) ** 2));
  return Math.round(0x4000 + 0x7000 * (hump(0.2, 0.1) + 0.35 * hump(0.5, 0.12)));
}

function encodeFrame(format: 2 | 7, status: number, pleth: number, float: number): Uint8Array {
  const body = format === 2 ? [0x01, status, pleth >> 8, float] : [status, pleth >> 8, pleth & 0xff, float];
  return Uint8Array.from([...body, body.reduce((sum, byte) => sum + byte, 0) & 0xff]);
}
