/**
 * Exact fractions, for arithmetic that must not gather rounding errors (doses). Inside only: what leaves is a
 * whole number or the nearest double.
 */
export interface Rational {
  readonly numerator: bigint;
  /** Always positive. Not reduced: the values here stay far below any size that would matter. */
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator };
}

/**
 * The number as a person typed it: 0.362 becomes 362/1000, not the double beside it. A double prints as the
 * shortest decimal that names it, so the digits that were typed come back.
 */
export function rationalFromDecimal(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift), 1n) : rational(digits, 10n ** BigInt(-shift));
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Whole number nearest to it; a half goes away from zero. */
export function roundRational(value: Rational): number {
  const { numerator, denominator } = value;
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return Number(numerator < 0n ? -rounded : rounded);
}

/** Whether `a` is less than `b`, exactly. */
export function isLess(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

/** Largest whole number that is not above it. */
export function floorRational({ numerator, denominator }: Rational): number {
  const quotient = numerator / denominator;
  return Number(numerator < 0n && numerator % denominator !== 0n ? quotient - 1n : quotient);
}

/** Smallest whole number that is not below it. */
export function ceilRational(value: Rational): number {
  const { numerator, denominator } = value;
  const quotient = numerator / denominator;
  return Number(numerator > 0n && numerator % denominator !== 0n ? quotient + 1n : quotient);
}

/** The nearest double, with the whole part taken out first so that large amounts keep their fraction. */
export function toNumber(value: Rational): number {
  const whole = value.numerator / value.denominator;
  const rest = value.numerator % value.denominator;
  return Number(whole) + Number(rest) / Number(value.denominator);
}
