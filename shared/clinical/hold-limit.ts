import { z } from 'zod';
import { showShort, showTemperature, type TemperatureUnit } from '../values/quantity.ts';
import { isBeyondLimit, isLowLimit, limitParameters, limitSchema, type Limit, type LimitParameter } from './protocol-limits.ts';

/**
 * What holds a dose, parameter by parameter: the protocol's `hold` and `ask` limits in words, and how a figure stands
 * to them. A person decides the start by it; nothing that runs with the clock may call this.
 */
export const holdLimitSchema = z.object({
  parameter: z.enum(limitParameters),
  label: z.string(),
  unit: z.string(),
  /** For whoever reads the record in any clinic: `hold below 90, from 160; ask from 140`, `hold above 38.0 °C (100.4 °F)`. */
  words: z.string(),
  limits: z.array(limitSchema),
});
export type HoldLimit = z.output<typeof holdLimitSchema>;
export type HoldVerdict = 'within' | 'ask' | 'beyond' | 'unknown';

/** An older value says nothing of the patient who is about to get a dose. */
export const holdEvidenceMsMax = 15 * 60_000;

const labels: Readonly<Record<LimitParameter, readonly [label: string, unit: string]>> = {
  'nibp-sys': ['Systolic pressure', 'mmHg'],
  'nibp-dia': ['Diastolic pressure', 'mmHg'],
  'pulse-rate': ['Pulse', '/min'],
  spo2: ['SpO₂', '%'],
  'resp-rate': ['Respiration', '/min'],
  etco2: ['CO₂', 'mmHg'],
  temp: ['Temperature', '°C'],
  'moaa-s': ['MOAA/S', ''],
  suds: ['SUDS', ''],
  rass: ['RASS', ''],
};

/** Every parameter that the protocol holds the dose by, in its order. */
export function holdLimits(limits: readonly Limit[]): readonly HoldLimit[] {
  const held = limits.filter(({ act }) => act === 'hold' || act === 'ask');
  return [...new Set(held.map(({ parameter }) => parameter))].map((parameter) => {
    const own = held.filter((limit) => limit.parameter === parameter);
    const [label, unit] = labels[parameter];
    return { parameter, label, unit, words: limitWords({ parameter, limits: own }), limits: own };
  });
}

/** `null` is no figure, or one that is too old. */
export function holdVerdict({ limits }: HoldLimit, value: number | null): HoldVerdict {
  if (value === null) return 'unknown';
  const isBeyond = (act: Limit['act']): boolean => limits.some((limit) => limit.act === act && isBeyondLimit(limit, value, null) === true);
  return isBeyond('hold') ? 'beyond' : isBeyond('ask') ? 'ask' : 'within';
}

const comparisons: Readonly<Record<Limit['comparison'], string>> = {
  'at-or-above': 'from',
  above: 'above',
  below: 'below',
  'at-or-below': 'at or below',
  'percent-above-baseline': 'percent over the baseline from',
};

/** A figure with its unit. A temperature is written in the clinic's unit; where no clinic is known, in both. */
export function figureWithUnit(
  { parameter, unit }: Pick<HoldLimit, 'parameter' | 'unit'>,
  value: number,
  temperature?: TemperatureUnit,
): string {
  if (parameter === 'temp') return degrees(value, temperature);
  return `${showShort(value, 1)}${unit === '' ? '' : ` ${unit}`}`;
}

function degrees(celsius: number, unit: TemperatureUnit | undefined): string {
  return unit === undefined ? `${showTemperature(celsius, 'Cel')} (${showTemperature(celsius, '[degF]')})` : showTemperature(celsius, unit);
}

/** The limits in words. A unit is said for a temperature alone, because its figure does not show which one it is in. */
export function limitWords({ parameter, limits }: Pick<HoldLimit, 'parameter' | 'limits'>, temperature?: TemperatureUnit): string {
  const figure = ({ comparison, value }: Limit): string =>
    parameter === 'temp' && comparison !== 'percent-above-baseline' ? degrees(value, temperature) : String(value);
  const words = (act: 'hold' | 'ask'): string[] => {
    const own = limits.filter((limit) => limit.act === act).toSorted((a, b) => Number(isLowLimit(b)) - Number(isLowLimit(a)));
    return own.length === 0 ? [] : [`${act} ${own.map((limit) => `${comparisons[limit.comparison]} ${figure(limit)}`).join(', ')}`];
  };
  return [...words('hold'), ...words('ask')].join('; ');
}
