import { z } from 'zod';
import { isBeyondLimit, isLowLimit, limitParameters, limitSchema, type Limit, type LimitParameter } from './protocol-limits.ts';

/**
 * What holds a dose, parameter by parameter: the protocol's `hold` and `ask` limits in words, and how a figure stands
 * to them. A person decides the start by it; nothing that runs with the clock may call this.
 */
export const holdLimitSchema = z.object({
  parameter: z.enum(limitParameters),
  label: z.string(),
  unit: z.string(),
  /** `hold below 90, from 160; ask from 140` */
  words: z.string(),
  limits: z.array(limitSchema),
});
export type HoldLimit = z.output<typeof holdLimitSchema>;
export type HoldStanding = 'within' | 'ask' | 'beyond' | 'unknown';

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
    return { parameter, label, unit, words: limitWords(own), limits: own };
  });
}

/** `null` is no figure, or one that is too old. */
export function holdStanding({ limits }: HoldLimit, value: number | null): HoldStanding {
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

function limitWords(limits: readonly Limit[]): string {
  const words = (act: 'hold' | 'ask'): string[] => {
    const own = limits.filter((limit) => limit.act === act).toSorted((a, b) => Number(isLowLimit(b)) - Number(isLowLimit(a)));
    return own.length === 0 ? [] : [`${act} ${own.map(({ comparison, value }) => `${comparisons[comparison]} ${value}`).join(', ')}`];
  };
  return [...words('hold'), ...words('ask')].join('; ');
}
