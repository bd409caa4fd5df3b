import { describe, expect, test } from 'vitest';
import { drivers, findDriver, type DriverDirectory } from '../../electron/service/drivers/driver-directory.ts';
import type { Driver, Proof } from '../../electron/service/drivers/driver.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { createChance } from '../../electron/service/simulation/seeded-noise.ts';
import { noiseKinds } from '../support/line-noise.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { hearDriver } from './heard-driver.ts';

const whole: Driver = findDriver('dinamap');
const directory = Object.fromEntries(drivers.map((driver) => [driver.id, driver])) as DriverDirectory;

function without<Whole extends object, Part extends keyof Whole>(from: Whole, part: Part): Omit<Whole, Part> {
  const { [part]: _left, ...rest } = from;
  return rest;
}

/**
 * Drivers with one part forgotten. The gate is the compiler: each line is wrong, and `npm run check` fails where one of them is not,
 * because then the part has become one that can be left out in silence.
 */
const planted: readonly Driver[] = [
  // @ts-expect-error no proof
  without(whole, 'proof'),
  // @ts-expect-error no simulator
  without(whole, 'createSimulator'),
  // @ts-expect-error no decoder
  without(whole, 'createDecoder'),
  // @ts-expect-error no limits of its values
  without(whole, 'freshness'),
  // @ts-expect-error no time after which it is silent
  without(whole, 'quietMs'),
  // @ts-expect-error not whether it has to be asked
  without(whole, 'mode'),
  // @ts-expect-error no line settings
  without(whole, 'portProfiles'),
  // @ts-expect-error not whose it is
  without(whole, 'vendor'),
  // @ts-expect-error no line settings that could be tried
  { ...whole, portProfiles: [] },
];
const plantedProofs: readonly Proof[] = [
  // @ts-expect-error not how a frame is checked
  without(whole.proof, 'check'),
  // @ts-expect-error not after how many frames a monitor is named
  without(whole.proof, 'frames'),
  // @ts-expect-error not after how many frames a value is believed
  without(whole.proof, 'framesToTrust'),
];
// @ts-expect-error a protocol without a driver
const plantedDirectory: DriverDirectory = without(directory, 'dinamap');

test('DRIVER-10 each planted driver, proof and directory lacks exactly one part', () => {
  const parts = (of: object): number => Object.keys(of).length;
  expect(planted.slice(0, -1).map(parts)).toEqual(planted.slice(0, -1).map(() => parts(whole) - 1));
  expect(plantedProofs.map(parts)).toEqual([2, 2, 2]);
  expect(parts(plantedDirectory)).toBe(drivers.length - 1);
});

test('DRIVER-11 a protocol whose frames nothing checks is neither believed nor named after one of them', () => {
  const unchecked = drivers.filter(({ proof }) => proof.check === 'none');
  expect(unchecked.length).toBeGreaterThan(0);
  for (const { id, proof } of drivers) {
    const least = proof.check === 'none' ? 3 : 1;
    expect(proof.framesToTrust, id).toBeGreaterThanOrEqual(least);
    expect(proof.frames, id).toBeGreaterThanOrEqual(proof.framesToTrust);
  }
});

/** How many values come of a freshly opened port on which something else sends for ten seconds. */
async function believedOfNoise(driver: Driver, seed: number): Promise<number> {
  const clock = createManualClock();
  const ports = createMemoryPorts();
  const far = ports.plug('sim/port');
  const { acquisition, readings } = hearDriver(driver, ports, clock, 'sim/port');
  const noise = noiseKinds[seed % noiseKinds.length]?.(createChance(seed)) ?? (() => new Uint8Array(0));
  clock.every(100, () => far.send(noise(clock.monoMs())));
  await clock.pass(10_000);
  await acquisition.close();
  return readings.length;
}

describe('noise on a freshly opened port', () => {
  test.each(drivers)('DRIVER-11 gives no value of $id', async (driver) => {
    for (let seed = 0; seed < 2 * noiseKinds.length; seed += 1) expect(await believedOfNoise(driver, seed), `noise ${seed}`).toBe(0);
  });

  test('DRIVER-11 negative control: a driver that takes any byte for a frame, and believes the first, is found', async () => {
    const credulous: Driver = {
      ...whole,
      mode: 'stream',
      proof: { check: 'none', frames: 1, framesToTrust: 1 },
      createDecoder: () => ({
        push: (chunk, sink) => {
          for (const byte of chunk) {
            sink.frame(1);
            sink.reading({ metric: 'pulse-rate', value: 30 + (byte % 200), unit: '/min', quality: 'good' });
          }
        },
        end: () => undefined,
      }),
    };
    expect(await believedOfNoise(credulous, 0)).toBeGreaterThan(0);
  });
});
