import { describe, expect, test } from 'vitest';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { DecodeSink } from '../../electron/service/drivers/driver.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { seededBelow } from './decoded-stream.ts';
import { nellcorLine, noninGroup, noninText } from './oximeter-bytes.ts';

/** Monitors whose protocol proves nothing, on a line that damages 1 of 100 bytes. */
interface Plain {
  readonly id: MonitorProtocolId;
  /** The unit at a place; all of one length. */
  unit(index: number): Uint8Array;
  /** Every number that a unit states. */
  readonly truth: ReadonlySet<number>;
  /** Wrong numbers that were not marked, per thousand readings: at most this many where bits turn, and where bytes come and go. */
  readonly wrongMax: readonly [turned: number, moved: number];
}

const spo2 = [97, 89, 100];
const rates = [66, 102, 72];
const at = (values: readonly number[], index: number): number => values[index % values.length] ?? 0;

const monitors: readonly Plain[] = [
  {
    id: 'nellcor-n560',
    unit: (index) => nellcorLine((2 * index) % 60, at(spo2, index), at(rates, index), ['MO', '   SL', ''][index % 3]),
    truth: new Set([...spo2, ...rates, 18]),
    wrongMax: [4, 1],
  },
  {
    id: 'nonin-df8',
    unit: (index) => noninGroup(72 + (index % 5), 96 + (index % 3)),
    truth: new Set([72, 73, 74, 75, 76, 96, 97, 98]),
    wrongMax: [2, 0],
  },
  {
    id: 'nonin-ascii',
    unit: (index) => noninText(index % 60, at(spo2, index), at(rates, index)),
    truth: new Set([...spo2, ...rates]),
    wrongMax: [4, 0.5],
  },
];

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
function play({ id, unit, truth }: Plain, turnsBits: boolean): Outcome {
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
      if (isMeasured(reading) && reading.quality === 'good' && !truth.has(reading.value)) count.wrong += 1;
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

describe.each(monitors)('noise on $id', (monitor) => {
  test.each([true, false])('NELLCOR-8, NONIN-17 a hundredth of the bytes damaged, bits turned: %s', (turnsBits) => {
    const { units, damaged, frames, wrongPerThousand, accountedBytes, pushedBytes } = play(monitor, turnsBits);
    expect(accountedBytes).toBe(pushedBytes);
    expect(units - frames).toBeLessThanOrEqual(damaged);
    expect(wrongPerThousand).toBeLessThanOrEqual(monitor.wrongMax[turnsBits ? 0 : 1]);
  });
});
