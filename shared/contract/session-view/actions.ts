import { z } from 'zod';
import { milestoneKeySchema } from '../../clinical/milestone.ts';
import type { ProtocolRoute } from '../../clinical/protocol-shape.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { timedTapSchema } from '../commands/timed-taps.ts';
import { sessionCommandSchema } from '../session-commands.ts';

const milestoneAct = z.object({ type: z.literal('milestone'), milestone: milestoneKeySchema });
const otherAct = z.object({
  type: z.enum([
    'start-dose',
    'pause-dose',
    'resume-dose',
    'change-rate',
    'complete-dose',
    'stop-dose-early',
    'give-bolus',
    'change-bag',
    'give-injection',
    'give-device',
    'place-lozenge',
    'expel-lozenge',
    'end-session',
  ]),
});

const offered = {
  label: z.string(),
  hint: z.string(),
  /** Why it cannot be done yet; null when it can. */
  waitsFor: z.string().nullable(),
  /** What it waits for can be answered: each point with its reason. */
  doubtful: z.literal(true).optional(),
};

/** Something that can be recorded now, as a large button: what one tap records, and the sheet that opens otherwise. */
export const actionSchema = z.discriminatedUnion('sheet', [
  /** Its time says everything: the sheet asks for another one. */
  z.object({
    ...offered,
    sheet: z.literal('time'),
    action: z.union([milestoneAct, z.object({ type: z.literal('tap') })]),
    tap: timedTapSchema,
  }),
  /** `tap` is null where the sheet asks first. */
  z.object({
    ...offered,
    sheet: z.enum(['words', 'check', 'criteria', 'dose', 'end']),
    action: z.union([milestoneAct, otherAct]),
    tap: sessionCommandSchema.nullable(),
  }),
]);
export type RoomAction = z.output<typeof actionSchema>;

/** The act that starts the dose, by its route. */
export const startActs = {
  iv: 'start-dose',
  im: 'give-injection',
  intranasal: 'give-device',
  sublingual: 'place-lozenge',
} as const satisfies Record<ProtocolRoute, RoomAction['action']['type']>;

/** Of a session: what can be recorded now, and what can be taken back in its button. */
export const actionsPart = {
  actions: z.array(actionSchema),
  /** Events that may still be undone inside their button (ten seconds), newest first. */
  undoable: z.array(z.object({ eventId: idSchema, label: z.string(), atMs: utcMsSchema, enteredMs: utcMsSchema, untilMs: utcMsSchema })),
};
