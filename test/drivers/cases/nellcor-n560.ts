import { createNellcorScanner } from '../../../electron/service/drivers/nellcor-n560/frame.ts';
import { nellcorLine } from '../oximeter-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

export const nellcorN560: DriverCases = {
  mode: 'stream',
  port: {},
  limitsMs: [5000, 10_000],
  rhythmsS: [2],
  soonMs: [3000, 7000],
  stream: {
    units: [nellcorLine(1, 91, 150), nellcorLine(3, 96, 142, 'MO'), nellcorLine(5, '88*', 128, '   SL'), nellcorLine(7, 99, 72)],
    frameBytes: 200,
  },
  wrongMax: { bitsTurned: 2, bytesMoved: 0.5 },
  bench: { createScanner: createNellcorScanner, sample: minute },
};

/** Thirty lines two seconds apart, with their headings: flags and times change as they do live. */
function minute(): Uint8Array {
  const lines = Array.from({ length: 30 }, (_, index) => {
    const stamp = `29-Dec-17 07:19:${String(2 * index).padStart(2, '0')}`;
    return index % 3 === 0 ? `${stamp}    79*     66      18    MO SL       AS   ` : `${stamp}    98      66     201                     `;
  });
  const limits = 'N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: 90-100%    PR Limit: 60-170BPM';
  const headings = [limits, '                             ADULT            0SAT-S ', 'TIME                 %SpO2   BPM     PA     Status'];
  return new TextEncoder().encode([...headings, ...lines, ''].join('\r\n'));
}
