/**
 * Samples of a waveform as bytes: one byte each where their steps allow it, two otherwise. A sample without a value
 * is one of the two highest codes, so that no number ever stands for its absence.
 */

/** `invalid`: the monitor marked it so. `missing`: the monitor counted it, but it did not arrive. */
export const sampleAbsences = ['invalid', 'missing'] as const;
export type SampleAbsence = (typeof sampleAbsences)[number];
export type Sample = number | SampleAbsence;

export interface EncodedSamples {
  readonly width: 1 | 2;
  /** A value is (base + code) / perUnit. */
  readonly base: number;
  readonly perUnit: number;
  /** Little-endian codes. */
  readonly bytes: Uint8Array;
}

const invalidCode = { 1: 0xff, 2: 0xffff } as const;
const missingCode = { 1: 0xfe, 2: 0xfffe } as const;
/** Codes that are values, from 0. */
const valueCodes = { 1: 0xfe, 2: 0xfffe } as const;
/** Up to four decimals are kept exactly: finer than any of these signals. */
const perUnitTried = [1, 10, 100, 1000, 10_000] as const;
/** Less than this between lowest and highest is a flat line. */
const flatRange = 1e-9;

/**
 * Exact for whole numbers and up to four decimals over at most 65,533 steps; of anything wider each value is within
 * half of the range / 65,533. Throws a `TypeError` for what is no number.
 */
export function encodeSamples(samples: readonly Sample[]): EncodedSamples {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const sample of samples) {
    if (typeof sample !== 'number') continue;
    if (!Number.isFinite(sample)) throw new TypeError(`a sample is not a number: ${sample}`);
    if (sample < lowest) lowest = sample;
    if (sample > highest) highest = sample;
  }
  const { base, perUnit } = lowest > highest ? { base: 0, perUnit: 1 } : scaleOf(samples, lowest, highest);
  const steps = lowest > highest ? 0 : Math.round(highest * perUnit - base);
  const width = steps < valueCodes[1] ? 1 : 2;
  const bytes = new Uint8Array(samples.length * width);
  samples.forEach((sample, index) => {
    const code = typeof sample === 'number' ? Math.round(sample * perUnit - base) : codeOf(sample, width);
    bytes[index * width] = code & 0xff;
    if (width === 2) bytes[index * 2 + 1] = code >> 8;
  });
  return { width, base, perUnit, bytes };
}

/** Throws a `TypeError` where these are no such bytes. */
export function decodeSamples({ width, base, perUnit, bytes }: EncodedSamples): Sample[] {
  if (bytes.length === 0 || bytes.length % width !== 0) throw new TypeError('its samples are cut');
  if (!Number.isFinite(base) || !Number.isFinite(perUnit) || perUnit <= 0) throw new TypeError('its scale is not a scale');
  const samples = Array<Sample>(bytes.length / width);
  for (let index = 0; index < samples.length; index += 1) {
    const low = bytes[index * width] ?? 0;
    const code = width === 1 ? low : low | ((bytes[index * 2 + 1] ?? 0) << 8);
    samples[index] = code === invalidCode[width] ? 'invalid' : code === missingCode[width] ? 'missing' : (base + code) / perUnit;
  }
  return samples;
}

function codeOf(absence: SampleAbsence, width: 1 | 2): number {
  return absence === 'invalid' ? invalidCode[width] : missingCode[width];
}

function scaleOf(samples: readonly Sample[], lowest: number, highest: number): { base: number; perUnit: number } {
  for (const perUnit of perUnitTried) {
    const base = Math.round(lowest * perUnit);
    if (Math.round(highest * perUnit) - base >= valueCodes[2] || !Number.isSafeInteger(base)) break;
    if (samples.every((sample) => typeof sample !== 'number' || Math.round(sample * perUnit) / perUnit === sample))
      return { base, perUnit };
  }
  if (highest - lowest < flatRange) return { base: lowest, perUnit: 1 };
  const perUnit = (valueCodes[2] - 1) / (highest - lowest);
  return { base: lowest * perUnit, perUnit };
}
