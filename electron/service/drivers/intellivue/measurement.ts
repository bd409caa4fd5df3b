import type { AbsentReason } from '../../../../shared/clinical/reading.ts';

/** Bits of a measurement's state (`docs/monitors/intellivue.md`): they decide whether a number counts. */
export const state = {
  invalid: 0x8000,
  questionable: 0x4000,
  unavailable: 0x2000,
  calibrating: 0x1000,
  test: 0x0800,
  demo: 0x0400,
  early: 0x0040,
  measuring: 0x0020,
  inAlarm: 0x0002,
  alarmInhibited: 0x0001,
} as const;

const flagNames: readonly (readonly [bit: number, flag: string])[] = [
  [state.calibrating, 'calibrating'],
  [state.test, 'test-data'],
  [state.demo, 'demo-data'],
  [state.early, 'early'],
  [state.measuring, 'measuring'],
  [state.inAlarm, 'in-alarm'],
  [state.alarmInhibited, 'alarm-off'],
];

export function flagsOfState(bits: number): string[] {
  return flagNames.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag);
}

/** Why no number counts, whatever number is there; null where it does. */
export function absenceOfState(bits: number): AbsentReason | null {
  if ((bits & (state.unavailable | state.calibrating)) !== 0) return 'unavailable';
  return (bits & state.invalid) !== 0 ? 'invalid' : null;
}

/** Only a state whose high byte is clear is good: questionable, test and demonstration values are told as questionable. */
export function isGoodState(bits: number): boolean {
  return (bits & 0xff00) === 0;
}

const mantissaBits = 0xff_ffff;
const notANumber = 0x7f_ffff;
const notAtThisResolution = 0x80_0000;
const plusInfinity = 0x7f_fffe;
const minusInfinity = 0x80_0002;
const reserved = 0x80_0001;

/** Why the four bytes are no number; null where they are one. Checked before any arithmetic. */
export function absenceOfFloat(raw: number): AbsentReason | null {
  switch (raw & mantissaBits) {
    case notANumber:
      return 'unavailable';
    case plusInfinity:
    case minusInfinity:
      return 'out-of-range';
    case notAtThisResolution:
    case reserved:
      return 'invalid';
    default:
      return null;
  }
}

/** Powers of ten that are exact. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Signed exponent byte and signed 24-bit mantissa to a number. FF00000C is 1.2. */
export function floatOf(raw: number): number {
  const exponent = raw >> 24;
  const mantissa = (raw << 8) >> 8;
  const size = exponent < 0 ? -exponent : exponent;
  const power = size < powers.length ? (powers[size] as number) : 10 ** size;
  return exponent < 0 ? mantissa / power : mantissa * power;
}
