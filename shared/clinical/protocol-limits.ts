import { z } from 'zod';
import { assertNever } from '../values/assert-never.ts';

/**
 * A protocol's limits, as data (`docs/clinical-rules.md`). They are drawn, printed, asked about when a person
 * decides to start, and looked at once more before signing. They never prompt: nothing that follows the clock may
 * read them.
 */

/** Ours for the measured ones, and the instruments that have a limit. */
export const limitParameters = [
  'nibp-sys',
  'nibp-dia',
  'pulse-rate',
  'spo2',
  'resp-rate',
  'etco2',
  'temp',
  'moaa-s',
  'suds',
  'rass',
] as const;
export type LimitParameter = (typeof limitParameters)[number];

/** `ask` and `hold` are answered before the dose, `review` and `stop` (pause and call the prescriber) during it. */
export const limitActs = ['ask', 'hold', 'review', 'stop'] as const;
export type LimitAct = (typeof limitActs)[number];

export const limitComparisons = ['at-or-above', 'above', 'below', 'at-or-below', 'percent-above-baseline'] as const;
export type LimitComparison = (typeof limitComparisons)[number];

export const limitSchema = z.object({
  parameter: z.enum(limitParameters),
  act: z.enum(limitActs),
  comparison: z.enum(limitComparisons),
  /** In the unit of the parameter (mm[Hg], /min, %, Cel, points), or percent over the baseline. */
  value: z.number().min(-20).max(400),
  /** In words, for the print and the person: "on repeat", "for 1 min", "with symptoms". */
  note: z.string().max(80),
  /** Without it the limit is of the lesser class; left out, one value is enough. */
  condition: z
    .discriminatedUnion('kind', [
      /** The next reading is beyond it, too. */
      z.object({ kind: z.literal('on-repeat') }),
      z.object({ kind: z.literal('lasting'), seconds: z.number().int().min(1).max(3600) }),
      /** Somebody recorded an adverse event that is felt or seen, and not read off a monitor. */
      z.object({ kind: z.literal('with-symptoms') }),
    ])
    .optional(),
});
export type Limit = z.output<typeof limitSchema>;

/** It bounds what is too little. */
export function isLowLimit({ comparison }: Limit): boolean {
  return comparison === 'below' || comparison === 'at-or-below';
}

/**
 * Whether a value lies beyond a limit; null where that cannot be said, because the limit counts from a baseline
 * that was not taken. For the drawing, a person's decision and the check before signing, never for a reminder.
 */
export function isBeyondLimit(limit: Limit, value: number, baseline: number | null): boolean | null {
  switch (limit.comparison) {
    case 'at-or-above':
      return value >= limit.value;
    case 'above':
      return value > limit.value;
    case 'below':
      return value < limit.value;
    case 'at-or-below':
      return value <= limit.value;
    case 'percent-above-baseline':
      return baseline === null ? null : value * 100 >= baseline * (100 + limit.value);
    default:
      return assertNever(limit.comparison);
  }
}
