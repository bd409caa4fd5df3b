import { describe, expect, it } from 'vitest';
import { drivers } from '../../electron/service/drivers/driver-directory.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createChance, type Chance } from '../../electron/service/simulation/seeded-noise.ts';
import { createSimulatedMonitor } from '../../electron/service/drivers/simulator-directory.ts';
import { look, path } from '../support/look-at-port.ts';
import { createManualClock } from '../support/manual-clock.ts';

const streams = process.env['VIGIL_SOAK'] === undefined ? 150 : 1000;

/** Ten times a second: the next bytes of a stream that is no monitor's. */
type Stream = (tMs: number) => Uint8Array;

const kinds: readonly ((chance: Chance) => Stream)[] = [
  // A wrong speed, or a device that nobody knows.
  (chance) => () => Uint8Array.from({ length: chance.below(200) }, () => chance.below(256)),
  (chance) => () => Uint8Array.from({ length: chance.below(120) }, () => chance.below(128)),
  // Lines of numbers, as printers and scales send them.
  (chance) => () =>
    new TextEncoder().encode(chance.below(4) === 0 ? `${chance.below(300)} ${chance.below(100)} ${chance.below(10_000)}\r\n` : ''),
  // A few bytes a second, where four can be anything.
  (chance) => (tMs) => Uint8Array.from({ length: tMs % 1000 < 100 ? 4 : 0 }, () => chance.below(256)),
  // Few values, often repeated: the bytes that frames begin with.
  (chance) => () =>
    Uint8Array.from({ length: chance.below(90) }, () => [0x01, 0x80, 0x7e, 0x85, 0xc0, 0x20, 0x0d, 0x0b][chance.below(8)] ?? 0),
  (chance) => {
    const byte = chance.below(256);
    return () => new Uint8Array(chance.below(60)).fill(byte);
  },
];

describe('no false identification', () => {
  it('DETECT-8 noise is never named', async () => {
    for (let seed = 0; seed < streams; seed++) {
      const chance = createChance(seed);
      const make = kinds[seed % kinds.length]?.(chance) ?? (() => new Uint8Array(0));
      const { result } = await lookAt(make, seed % 3 === 0);
      expect(result.finding, `noise ${seed}: ${JSON.stringify(result.candidates)}`).not.toBe('named');
    }
  });

  it('DETECT-8 a monitor whose protocol is not known is never taken for another', async () => {
    const seeds = Math.ceil(streams / drivers.length);
    for (const speaker of drivers) {
      const others = drivers.filter((driver) => driver !== speaker);
      for (let seed = 0; seed < seeds; seed++) {
        const monitor = createSimulatedMonitor(speaker.id, { ...goldenScenario(), seed });
        const answers = seed % 2 === 0;
        const make: Stream = (tMs) => monitor.tick(tMs + seed * 1000);
        const { result } = await lookAt(make, answers, others, (bytes) => monitor.receive(bytes));
        expect(result.finding, `${speaker.id} ${seed}: ${JSON.stringify(result.candidates)}`).not.toBe('named');
      }
    }
  });

  async function lookAt(
    make: Stream,
    ask: boolean,
    known = drivers,
    answer?: (bytes: Uint8Array) => Uint8Array | null,
  ): ReturnType<typeof look> {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const far = ports.plug(path);
    far.onWrite((bytes) => {
      const reply = answer?.(bytes) ?? null;
      if (reply !== null) far.send(reply);
    });
    clock.every(100, () => far.send(make(clock.monoMs())));
    return look(ports, clock, { ask, drivers: known });
  }
});
