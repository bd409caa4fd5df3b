import { z } from 'zod';
import { idSchema } from '../../../../shared/values/ids.ts';

/** Whose order it is. Orders from before this was asked have none. */
export const orderedBy = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('prescriber'), personId: idSchema, name: z.string().min(1).max(80) }),
    z.object({ kind: z.literal('standing-order'), protocol: z.string().max(80), version: z.number().int().positive() }),
  ])
  .optional();
export type OrderedBy = NonNullable<z.output<typeof orderedBy>>;

/** `Dr. Okafor`, or `standing order of protocol “…” v1`. */
export function orderedByWords(by: OrderedBy): string {
  return by.kind === 'prescriber' ? by.name : `standing order of protocol "${by.protocol}" v${by.version}`;
}

/** As it stands in the detail of an order. */
export function ordererWords(by: OrderedBy | undefined): string | null {
  return by === undefined ? null : `ordered by ${orderedByWords(by)}`;
}
