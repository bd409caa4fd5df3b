import { describe, expect, it } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createChance } from '../../electron/service/simulation/seeded-noise.ts';
import { noiseKinds, type Noise } from '../support/line-noise.ts';
import { look, path } from '../support/look-at-port.ts';
import { createManualClock } from '../support/manual-clock.ts';

const streams = process.env['VIGIL_SOAK'] === undefined ? 150 : 1000;

describe('no false identification', () => {
  it('DETECT-8 noise is never named', async () => {
    for (let seed = 0; seed < streams; seed++) {
      const chance = createChance(seed);
      const make = noiseKinds[seed % noiseKinds.length]?.(chance) ?? (() => new Uint8Array(0));
      const { result } = await lookAt(make, seed % 3 === 0);
      expect(result.finding, `noise ${seed}: ${JSON.stringify(result.candidates)}`).not.toBe('named');
    }
  });

  it('DETECT-8 a monitor whose protocol is not known is never taken for another', async () => {
    const seeds = Math.ceil(streams / drivers.length);
    for (const speaker of drivers) {
      const others = drivers.filter((driver) => driver !== speaker);
      for (let seed = 0; seed < seeds; seed++) {
        const monitor = findDriver(speaker.id).createSimulator({ ...goldenScenario(), seed });
        const answers = seed % 2 === 0;
        const make: Noise = (tMs) => monitor.advance(tMs + seed * 1000);
        const { result } = await lookAt(make, answers, others, (bytes) => monitor.receive(bytes));
        expect(result.finding, `${speaker.id} ${seed}: ${JSON.stringify(result.candidates)}`).not.toBe('named');
      }
    }
  });

  async function lookAt(
    make: Noise,
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
