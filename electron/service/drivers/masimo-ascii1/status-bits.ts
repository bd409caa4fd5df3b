import type { AbsentReason } from '../../../../shared/clinical/reading.ts';

/**
 * EXC: bits 001…800 from the Rad-8 operator's manual (p. 4-24), the higher ones as published for Radical-7
 * (`docs/monitors/masimo-ascii1.md`). A word has up to 32 bits.
 */
const exceptionNames: readonly (readonly [bit: number, name: string])[] = [
  [0x001, 'no-sensor'],
  [0x002, 'defective-sensor'],
  [0x004, 'low-perfusion'],
  [0x008, 'pulse-search'],
  [0x010, 'interference'],
  [0x020, 'sensor-off'],
  [0x040, 'ambient-light'],
  [0x080, 'unrecognised-sensor'],
  [0x100, 'incompatible-sensor'],
  [0x400, 'low-signal-iq'],
  [0x800, 'set-running'],
  [0x1000, 'no-cable'],
  [0x2000, 'cable-expired'],
  [0x4000, 'incompatible-cable'],
  [0x8000, 'unrecognised-cable'],
  [0x10000, 'defective-cable'],
  [0x20000, 'calibrating'],
  [0x40000, 'sensor-life-expired'],
  [0x80000, 'emitter-temperature'],
  [0x100000, 'current-limit'],
  [0x200000, 'spco-low-confidence'],
  [0x400000, 'spmet-low-confidence'],
];

/** All set bits in our words, `set-running` (the normal state) among them. */
export function namesOfExceptions(bits: number): string[] {
  return exceptionNames.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}

/** Why no number of this line counts, although digits are printed; null where they do. */
export function absenceOfExceptions(bits: number): AbsentReason | null {
  if ((bits & 0x001) !== 0) return 'no-sensor';
  if ((bits & 0x020) !== 0) return 'sensor-off';
  if ((bits & 0x082) !== 0) return 'invalid';
  if ((bits & 0x008) !== 0) return 'searching';
  return null;
}

/** Bits that leave a number standing and make it doubtful; the first four as documented, cable and calibration as we judge them. */
export const questionableExceptions = 0x004 | 0x010 | 0x040 | 0x400 | 0x1000 | 0x4000 | 0x8000 | 0x10000 | 0x20000;
export const spcoDoubtful = 0x200000;
export const spmetDoubtful = 0x400000;

/** ALARM: decoded by the public, never confirmed by Masimo. They become flags and decide nothing. */
const alarmFlags: Readonly<Record<string, readonly (readonly [bit: number, flag: string])[]>> = {
  spo2: [
    [0x01, 'high-limit'],
    [0x02, 'low-limit'],
  ],
  'pulse-rate': [
    [0x04, 'high-limit'],
    [0x08, 'low-limit'],
  ],
  'perfusion-index': [[0x2000, 'perfusion-change']],
  'x:masimo-ascii1:spco': [
    [0x100, 'high-limit'],
    [0x200, 'low-limit'],
  ],
  'x:masimo-ascii1:spmet': [
    [0x400, 'high-limit'],
    [0x800, 'low-limit'],
  ],
  'x:masimo-ascii1:desat': [[0x1000, 'desat-index']],
};
const deviceAlarmFlags: readonly (readonly [bit: number, flag: string])[] = [
  [0x20, 'alarm-silenced'],
  [0x40, 'low-battery'],
];

export function flagsOfAlarm(metric: string, bits: number): string[] {
  if (bits === 0) return [];
  const flags = [...(alarmFlags[metric] ?? []), ...deviceAlarmFlags];
  return flags.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag);
}
