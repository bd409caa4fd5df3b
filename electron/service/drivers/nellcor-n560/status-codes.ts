import type { AbsentReason } from '../../../../shared/clinical/reading.ts';

/**
 * The two-letter codes at the end of a line, several at once, by bit (`docs/monitors/nellcor-n560.md`).
 * BU and ID are recalled and not documented there; a code that is none of these is kept under its own letters.
 */
const codes = {
  MO: [0x0010, 'motion'],
  ID: [0x0020, 'interference'],
  SD: [0x0040, 'no-sensor'],
  SO: [0x0080, 'sensor-off'],
  PS: [0x0100, 'searching'],
  LP: [0x0200, 'pulse-lost'],
  LM: [0x0400, 'pulse-lost'],
  SH: [0x0800, 'high-limit'],
  SL: [0x1000, 'low-limit'],
  PH: [0x2000, 'high-limit'],
  PL: [0x4000, 'low-limit'],
  AO: [0x0001, 'alarm-off'],
  AS: [0x0002, 'alarm-silenced'],
  LB: [0x0004, 'low-battery'],
  BU: [0x0008, 'on-battery'],
} as const satisfies Readonly<Record<string, readonly [bit: number, flag: string]>>;

export const status = {
  motion: codes.MO[0],
  interference: codes.ID[0],
  saturationHigh: codes.SH[0],
  saturationLow: codes.SL[0],
  pulseHigh: codes.PH[0],
  pulseLow: codes.PL[0],
} as const;

const letters = 26;
const bitByLetters = new Uint16Array(letters * letters);
for (const [code, [bit]] of Object.entries(codes)) {
  bitByLetters[(code.charCodeAt(0) - 0x41) * letters + code.charCodeAt(1) - 0x41] = bit;
}

/** The bit of a code of two capitals, by their bytes; 0 for one that nobody has named. */
export function bitOfCode(first: number, second: number): number {
  return bitByLetters[(first - 0x41) * letters + second - 0x41] ?? 0;
}

/** Why no number of the line counts, although zeros or a held value are printed; null where they do. */
export function absenceOfCodes(bits: number): AbsentReason | null {
  if ((bits & codes.SD[0]) !== 0) return 'no-sensor';
  if ((bits & codes.SO[0]) !== 0) return 'sensor-off';
  if ((bits & codes.LM[0]) !== 0) return 'motion';
  return (bits & (codes.LP[0] | codes.PS[0])) === 0 ? null : 'searching';
}

const limitBits = codes.SH[0] | codes.SL[0] | codes.PH[0] | codes.PL[0];

/** All codes of a line in our words but the limits, which belong to one value each, and what the reason says already. */
export function flagsOfCodes(bits: number, absent: AbsentReason | null): string[] {
  const flags = Object.values(codes)
    .filter(([bit]) => (bits & bit & ~limitBits) !== 0)
    .map(([, flag]) => flag);
  return [...new Set<string>(flags)].filter((flag) => flag !== absent);
}
