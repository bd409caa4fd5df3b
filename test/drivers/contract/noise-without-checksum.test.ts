import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import type { DecodeSink } from '../../../electron/service/drivers/driver.ts';
import { metricIds } from '../../../shared/clinical/metric.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { isMeasured } from '../../../shared/clinical/reading.ts';
import { casesOf } from '../cases/case-directory.ts';
import type { NoisyLine } from '../cases/driver-cases.ts';
import { seededBelow } from '../decoded-stream.ts';

const unproven = drivers.filter(({ proof }) => proof.check === 'text' || proof.check === 'none').map(({ id }) => id);

const streamBytes = process.env['VIGIL_SOAK'] === undefined ? 1_000_000 : 10_000_000;

interface Outcome {
  readonly units: number;
  readonly damaged: number;
  readonly frames: number;
  readonly wrongPerThousand: number;
  readonly accountedBytes: number;
  readonly pushedBytes: number;
}

/** Damage is a lost byte, a doubled one or, where bits turn, one turned bit. */
function play(id: MonitorProtocolId, { unit, truth }: NoisyLine, turnsBits: boolean): Outcome {
  const below = seededBelow(7);
  const decoder = findDriver(id).createDecoder();
  const count = { units: 0, damaged: 0, frames: 0, readings: 0, wrong: 0, accountedBytes: 0, pushedBytes: 0 };
  const account = (bytes: number): void => void (count.accountedBytes += bytes);
  const sink: DecodeSink = {
    frame: (bytes: number) => {
      count.frames += 1;
      account(bytes);
    },
    reading: (reading) => {
      count.readings += 1;
      // What stands under the protocol's own code is nobody's figure: a damaged name is one more code that is not known.
      if (
        metricIds.some((metric) => metric === reading.metric) &&
        isMeasured(reading) &&
        reading.quality === 'good' &&
        !truth.has(reading.value)
      )
        count.wrong += 1;
    },
    wave: () => undefined,
    discarded: account,
    padding: account,
  };
  while (count.pushedBytes < streamBytes) {
    const bytes = unit(count.units++);
    const noisy: number[] = [];
    let isDamaged = false;
    for (const byte of bytes) {
      const fate = below(100) > 0 ? 'whole' : (['lost', 'doubled', 'turned'] as const)[below(turnsBits ? 3 : 2)];
      if (fate !== 'whole') isDamaged = true;
      if (fate === 'turned') noisy.push(byte ^ (1 << below(8)));
      else if (fate !== 'lost') noisy.push(byte, ...(fate === 'doubled' ? [byte] : []));
    }
    if (isDamaged) count.damaged += 1;
    count.pushedBytes += noisy.length;
    decoder.push(Uint8Array.from(noisy), sink);
  }
  decoder.end(sink);
  return { ...count, wrongPerThousand: (1000 * count.wrong) / count.readings };
}

describe.each(unproven)('noise on %s', (id) => {
  test.each([true, false])('DRIVER-12, NELLCOR-8, NONIN-17 a hundredth of the bytes damaged, bits turned: %s', (turnsBits) => {
    const { noise } = casesOf(id);
    if (noise === undefined) throw new Error(`no checksum stands in ${id}, and its cases do not say what noise may make of it`);
    const { units, damaged, frames, wrongPerThousand, accountedBytes, pushedBytes } = play(id, noise, turnsBits);
    expect(accountedBytes).toBe(pushedBytes);
    expect(units - frames).toBeLessThanOrEqual(damaged);
    expect(wrongPerThousand).toBeLessThanOrEqual(noise.wrongMax[turnsBits ? 0 : 1]);
  });
});
