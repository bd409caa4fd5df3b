import { z } from 'zod';

/** A moment of a record; `minute` counts from the start of the dose, and is null where none was given. */
export const recordTimeSchema = z.object({ iso: z.iso.datetime({ offset: true }), minute: z.number().nullable() });
export type RecordTime = z.output<typeof recordTimeSchema>;

/** A figure of the summary: a value, or why there is none. */
const figure = z.union([
  z.object({ value: z.number(), unit: z.string(), at: recordTimeSchema.nullable() }),
  z.object({ value: z.null(), unit: z.string(), absent: z.string() }),
]);
export type RecordFigure = z.output<typeof figure>;

export const factKeys = [
  'baseline-sys',
  'baseline-dia',
  'peak-sys',
  'peak-dia',
  'rise-sys',
  'rise-dia',
  'lowest-spo2',
  'highest-pulse',
  'ordered',
  'delivered',
  'left',
  'delivered-per-kg',
  'infusion-elapsed',
  'infusion-running',
  'infusion-paused',
  'infusion-empty',
  // Administrations in one piece, under the name that exported records have had for them from the first.
  'gifts',
  'vitals-kept',
  'without-data',
  'cadss-peak',
  'return-to-baseline',
  'return-to-baseline-after-end',
  'length-of-stay',
] as const;
export type FactKey = (typeof factKeys)[number];

export const recordFactsSchema = z.record(z.enum(factKeys), figure);
export type RecordFacts = z.output<typeof recordFactsSchema>;
