import type { z } from 'zod';
import { contradictions } from './protocol-contradictions.ts';
import { protocolShapeSchema, type ProtocolRoute } from './protocol-shape.ts';

/**
 * A versioned protocol: what a clinic decided, as data. No authority sets the numbers (`docs/clinical-rules.md`), so
 * they are never constants in the code; a session keeps the version it was opened with.
 *
 * Amounts are in the units people write in a protocol (mg/kg, mg/mL, min); `quantity.ts` makes whole small units
 * of them. Limits are drawn and printed. They never prompt: the schedule knows the clock and people, not values.
 */
export const protocolSchema = protocolShapeSchema.superRefine((protocol, context) => {
  for (const { path, message } of contradictions(protocol)) context.addIssue({ code: 'custom', path: [...path], message });
});
export type Protocol = z.output<typeof protocolSchema>;
export type ProtocolOf<R extends ProtocolRoute> = Extract<Protocol, { route: R }>;
