import type { AbsentReason } from '../../../../shared/clinical/reading.ts';

/** The smallest number that is a number: below it a value says why there is none. */
export const lowestValue = -32_000;
const notCalibrated = -32_762;
const overRange = -32_763;
const underRange = -32_764;
const discontinuity = -32_765;
const notUpdated = -32_766;
export const noData = -32_767;

/** Why a raw value is none; null where it is one. Asked before any arithmetic. */
export function absenceOf(raw: number): AbsentReason | null {
  if (raw >= lowestValue) return null;
  switch (raw) {
    case noData:
    case notUpdated:
      return 'unavailable';
    case underRange:
    case overRange:
      return 'out-of-range';
    case discontinuity:
    case notCalibrated:
    default:
      return 'invalid';
  }
}

/** One of the documented reasons. */
export function isKnownAbsence(raw: number): boolean {
  return raw >= noData && raw <= notCalibrated;
}

/** Bits of a group's status that all groups share: the module is there, the measurement runs. */
export const groupStatus = { exists: 0x1, active: 0x2 } as const;

export const ecgStatus = { asystole: 0x4, noise: 0x80, artifact: 0x100, learning: 0x200, pacer: 0x400 } as const;
export const co2Status = {
  noBreath: 0x4,
  calibrating: 0x8,
  zeroing: 0x10,
  occlusion: 0x20,
  airLeak: 0x40,
  noBreathByImpedance: 0x80,
  /** The apnea alarm is switched off: the two bits above say nothing then. */
  apneaOff: 0x100,
  wet: 0x200,
} as const;
/** Of the cuff these stand in the label. */
export const cuffLabel = { measuring: 0x20, calibrating: 0x80, older: 0x100 } as const;

export type RateSource = 'ecg' | 'oximeter' | 'second-oximeter' | 'pressure' | 'unknown';

const sources: readonly RateSource[] = [
  // Nobody chose one: then it is the ECG's.
  'ecg',
  'ecg',
  'pressure',
  'pressure',
  'pressure',
  'pressure',
  'oximeter',
  'pressure',
  'pressure',
  'ecg',
  'pressure',
  'pressure',
  'second-oximeter',
];

/** Where the heart rate of the ECG group comes from, by the number in its status. */
export function heartRateSource(status: number): RateSource {
  return sources[(status >> 3) & 0xf] ?? 'unknown';
}
