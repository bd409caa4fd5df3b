import { z } from 'zod';
import { instrumentIds } from '../clinical/instrument-id.ts';
import { adverseEventCommands } from './commands/adverse-events.ts';
import { idSchema } from '../values/ids.ts';
import { correctionCommands } from './commands/corrections.ts';
import { artefactCommands } from './commands/artefacts.ts';
import { controlledDrugCommands } from './commands/controlled-drugs.ts';
import { dueCommands } from './commands/due.ts';
import { dischargeCommands } from './commands/discharge.ts';
import { standingOrder } from './commands/standing-order.ts';
import { remsCommands } from './commands/rems.ts';
import { routeCommands } from './commands/routes.ts';
import { observationCommands } from './commands/observation.ts';
import { signingCommands } from './commands/signing.ts';
import { statedTime } from './commands/stated-time.ts';
import { timedTapCommands } from './commands/timed-taps.ts';
import { typedVitalValues } from './commands/typed-vitals.ts';
import { typedReasonSchema } from './typed-reason.ts';

/**
 * What a person in the room can ask for, in the imperative. A command is decided by pure rules in the room
 * service and becomes one or more events in the past tense, or is refused with a code and a sentence.
 *
 * `at` is "another time": the clinical time a person states for something that already happened.
 * Left out, the clinical time is the moment the service received the command.
 *
 * Why a doubtful command is right all the same is no part of it: answers travel beside it (`doubt.ts`).
 */
const weightReading = { value: z.number().positive().max(1500), unit: z.enum(['kg', 'lb']) };

export const pauseReasons = ['patient-anxious', 'blood-pressure', 'line-problem', 'patient-asked', 'other'] as const;
export const stopReasons = ['patient-asked', 'adverse-event', 'prescriber-order', 'line-problem', 'other'] as const;
export const notAssessableReasons = ['asleep', 'overwhelmed', 'declined', 'other'] as const;
/** How a rating was taken. */
export const ratingModes = ['interviewer', 'observer', 'self'] as const;

export const sessionCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('record-weight'),
    ...weightReading,
    /** Read off the scale a second time: on a first visit nothing else would tell pounds from kilograms. */
    again: z.object(weightReading).optional(),
    /** Or measured beside it, so that the two can be held against each other. */
    heightCm: z.number().min(50).max(250).optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('order-dose'),
    mgPerKg: z.number().positive().max(20),
    minutes: z.number().positive().max(600),
    /** Strength of the prepared bag. */
    mgPerMl: z.number().positive().max(100),
    standingOrder,
  }),
  ...timedTapCommands,
  z.object({ type: z.literal('start-dose'), at: statedTime }),
  z.object({ type: z.literal('change-rate'), rateMlPerHour: z.number().positive().max(100_000), at: statedTime }),
  z.object({ type: z.literal('pause-dose'), reason: z.enum(pauseReasons), detail: z.string().trim().max(300).optional(), at: statedTime }),
  z.object({ type: z.literal('resume-dose'), rateMlPerHour: z.number().positive().max(100_000).optional(), at: statedTime }),
  z.object({ type: z.literal('give-bolus'), mg: z.number().positive().max(5000), at: statedTime }),
  z.object({
    type: z.literal('complete-dose'),
    /** Read from the pump or the bag; the computed volume is kept beside it. */
    volumeLeftMl: z.number().min(0).max(5000).optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('stop-dose-early'),
    reason: z.enum(stopReasons),
    detail: z.string().trim().max(300).optional(),
    /** Read from the pump or the bag; the computed volume is kept beside it. */
    volumeLeftMl: z.number().min(0).max(5000).optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('open-rating'),
    instrument: z.enum(instrumentIds),
    mode: z.enum(ratingModes).default('interviewer'),
    /** Chosen by the page, so that its next answers need not wait for this one to come back. */
    ratingId: idSchema.optional(),
    /** Recorded together with the opening: a sheet that nobody answered leaves nothing behind. */
    answers: z
      .array(z.object({ item: z.number().int().min(1).max(60), value: z.number().int() }))
      .max(60)
      .optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('answer-item'),
    ratingId: idSchema,
    /** 1-based, as printed on the form. */
    item: z.number().int().min(1).max(60),
    /** null takes the answer back: the item is open again, which is not 0. */
    value: z.number().int().nullable(),
  }),
  z.object({ type: z.literal('finish-rating'), ratingId: idSchema }),
  z.object({
    type: z.literal('mark-not-assessable'),
    instrument: z.enum(instrumentIds),
    /** The open rating this ends, if one was begun. */
    ratingId: idSchema.optional(),
    reason: z.enum(notAssessableReasons),
    detail: z.string().trim().max(300).optional(),
    at: statedTime,
  }),
  ...observationCommands,
  ...adverseEventCommands,
  ...controlledDrugCommands,
  z.object({
    type: z.literal('enter-vitals'),
    values: typedVitalValues,
    at: statedTime,
  }),
  ...routeCommands,
  ...dueCommands,
  z.object({ type: z.literal('request-stop') }),
  z.object({ type: z.literal('confirm-pump'), running: z.boolean() }),
  ...correctionCommands,
  ...artefactCommands,
  z.object({ type: z.literal('end-session'), reason: typedReasonSchema.optional() }),
  ...dischargeCommands,
  ...remsCommands,
  ...signingCommands,
]);

/** As a client sends it (defaults not yet filled in). */
export type SessionCommandInput = z.input<typeof sessionCommandSchema>;
export type SessionCommand = z.output<typeof sessionCommandSchema>;
export type SessionCommandType = SessionCommand['type'];
