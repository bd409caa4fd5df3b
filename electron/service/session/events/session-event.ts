import { z } from 'zod';
import { milestoneKeySchema } from '../../../../shared/clinical/milestone.ts';
import { monitorProtocolIdSchema } from '../../../../shared/clinical/monitor-protocol.ts';
import { instrumentIds } from '../../../../shared/clinical/instrument-id.ts';
import { sexForClinicalUseSchema } from '../../../../shared/clinical/sex.ts';
import { notAssessableReasons, pauseReasons, ratingModes, stopReasons } from '../../../../shared/contract/session-commands.ts';
import { idSchema, type CommandId, type EventId, type PersonId, type SessionId } from '../../../../shared/values/ids.ts';
import { instantSchema, utcMsSchema, type Instant } from '../../../../shared/values/instant.ts';
import { answerable, overrideReason } from './answered.ts';
import { adverseEventBodies } from './adverse-events.ts';
import { artefactEventBodies } from './artefacts.ts';
import { correctionEventBodies } from './corrections.ts';
import { controlledDrugRoomBodies, controlledDrugSessionBodies } from './controlled-drugs.ts';
import { dueEventBodies } from './due.ts';
import { protocolRoomEventBodies } from './protocols.ts';
import { formatsRoomEventBodies } from './formats.ts';
import { dischargeEventBodies } from './discharge.ts';
import { orderedBy } from './ordered-by.ts';
import { observationEventBodies } from './observation.ts';
import { privateNoteEventBodies, privateNoteRoomEventBodies } from './private-note.ts';
import { textPackRoomEventBodies } from './text-pack.ts';
import { infusionInSteps } from './order-steps.ts';
import { remsEventBodies } from './rems.ts';
import { routeEventBodies } from './routes.ts';
import { secondPersonsRoomEventBodies } from './second-persons.ts';
import { staffRoomEventBodies } from './staff.ts';
import { signingEventBodies } from './signing.ts';
import { typedVitals } from './typed-vitals.ts';

/**
 * Everything that can have happened, in the past tense. The log of these is the record: state is a fold over
 * them, a correction is a new event that supersedes an old one, and nothing is ever edited.
 *
 * Amounts are integers in the unit of their name (µg, µL, µL/h, g), so that the dose at any instant is exact.
 */
const text = z.string().max(300);
/** Why the clinical time was stated more than five minutes after it. */
const lateReason = text.optional();
const bag = z.object({ ug: z.number().int().positive(), ul: z.number().int().positive() });

/** The computer's clock was set. A session does not follow it: `aheadMs` is how far it is ahead of the session's time since. */
const clockStepped = z.object({ byMs: z.number().int(), aheadMs: z.number().int().optional() });

/** Of the room, with no session. */
export const roomEventBodies = {
  ...protocolRoomEventBodies,
  ...textPackRoomEventBodies,
  'room-set-up': z.object({ roomName: z.string().min(1).max(60), demo: z.boolean() }),
  'service-started': z.object({ version: text, bootId: idSchema }),
  'clock-stepped': clockStepped,
  ...staffRoomEventBodies,
  'patient-added': z.object({
    patientId: idSchema,
    name: z.string().min(1).max(120),
    /** ISO date. */
    birthDate: z.iso.date(),
    recordNumber: z.string().min(1).max(40),
  }),
  'monitor-configured': z.object({
    monitorId: idSchema,
    name: z.string().min(1).max(60),
    protocol: monitorProtocolIdSchema,
    port: z.object({ path: z.string().min(1).max(300), stableId: z.string().max(300).nullable() }),
    simulated: z.boolean(),
    /** Another recorder asks this monitor: not a byte is sent to it. */
    listenOnly: z.literal(true).optional(),
  }),
  'monitor-removed': z.object({ monitorId: idSchema }),
  ...privateNoteRoomEventBodies,
  ...formatsRoomEventBodies,
  ...secondPersonsRoomEventBodies,
  ...controlledDrugRoomBodies,
} as const;

/** Of one session. */
export const sessionEventBodies = answerable({
  ...routeEventBodies,
  ...dueEventBodies,
  'session-opened': z.object({
    patientId: idSchema,
    patientName: z.string().min(1).max(120),
    birthDate: z.iso.date(),
    recordNumber: z.string().min(1).max(40),
    protocolId: z.string().min(1).max(60),
    protocolVersion: z.number().int().positive(),
    course: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).nullable(),
    /** As it was said in an earlier session of this patient. */
    sex: sexForClinicalUseSchema.optional(),
  }),
  'weight-recorded': z.object({
    grams: z.number().int().positive(),
    /** As typed. */
    entered: z.object({ value: z.number(), unit: z.enum(['kg', 'lb']) }),
    /** The second reading, as typed, or the height that the weight was held against: of a first visit. */
    again: z.object({ value: z.number(), unit: z.enum(['kg', 'lb']) }).optional(),
    heightCm: z.number().positive().optional(),
    overrideReason,
    lateReason,
  }),
  'dose-ordered': z.object({
    /** Micrograms per kilogram, and the weight it was worked out from. */
    ugPerKg: z.number().int().positive(),
    weightGrams: z.number().int().positive(),
    doseUg: z.number().int().positive(),
    bag,
    minutes: z.number().positive(),
    rateUlPerHour: z.number().int().positive(),
    ...infusionInSteps,
    orderedBy,
    overrideReason,
  }),
  'milestone-reached': z.object({
    milestone: milestoneKeySchema,
    detail: text.optional(),
    told: text.optional(),
    /** Of a go/no-go: which, and the figures as they stood. */
    go: z.boolean().optional(),
    figures: z.string().max(600).optional(),
    lateReason,
  }),
  'dose-started': z.object({ rateUlPerHour: z.number().int().positive(), bag, overrideReason, lateReason }),
  'rate-changed': z.object({ rateUlPerHour: z.number().int().positive(), overrideReason, lateReason }),
  'dose-paused': z.object({ reason: z.enum(pauseReasons), detail: text.optional(), lateReason }),
  'dose-resumed': z.object({ rateUlPerHour: z.number().int().positive(), overrideReason, lateReason }),
  'bolus-given': z.object({ ug: z.number().int().positive(), overrideReason, lateReason }),
  'dose-completed': z.object({
    deliveredUg: z.number(),
    /** As a person read it, beside the computed one. */
    volumeLeftUl: z.number().int().min(0).optional(),
    lateReason,
  }),
  'dose-stopped-early': z.object({
    reason: z.enum(stopReasons),
    detail: text.optional(),
    deliveredUg: z.number(),
    wasteUg: z.number(),
    wasteUl: z.number(),
    /** As a person read it, beside the computed one. */
    volumeLeftUl: z.number().int().min(0).optional(),
    lateReason,
  }),
  'rating-opened': z.object({
    ratingId: idSchema,
    instrument: z.enum(instrumentIds),
    instrumentVersion: text,
    mode: z.enum(ratingModes),
    /** Hash of the clinic's text pack; null while none is loaded. */
    textPackHash: z.string().nullable(),
    lateReason,
  }),
  'item-answered': z.object({ ratingId: idSchema, item: z.number().int().min(1), value: z.number().int().nullable() }),
  'rating-finished': z.object({ ratingId: idSchema }),
  'rating-not-assessable': z.object({
    ratingId: idSchema,
    instrument: z.enum(instrumentIds),
    reason: z.enum(notAssessableReasons),
    detail: text.optional(),
    lateReason,
  }),
  ...observationEventBodies,
  ...adverseEventBodies,
  ...controlledDrugSessionBodies,
  ...privateNoteEventBodies,
  'vitals-entered': z.object({ values: typedVitals, lateReason }),
  'stop-requested': z.object({}),
  /** After a crash or power loss a nurse confirms what the pump is doing. */
  'pump-confirmed': z.object({ running: z.boolean() }),
  'event-undone': z.object({ eventId: idSchema, reason: text.optional() }),
  'time-corrected': z.object({ eventId: idSchema, to: instantSchema, reason: text }),
  ...correctionEventBodies,
  ...artefactEventBodies,
  /** A stretch without readings from a monitor: opened when the link is lost, closed when it is live again. */
  'monitor-lost': z.object({ monitorId: idSchema, monitorName: text, sinceMs: utcMsSchema, cause: text }),
  'monitor-live': z.object({ monitorId: idSchema, monitorName: text, afterMs: z.number().int().min(0).nullable() }),
  /** What a monitor says the time is, beside ours: it never orders anything. `jumpMs`: null where it was off from the start. */
  'device-clock-noted': z.object({
    monitorId: idSchema,
    monitorName: text,
    offsetMs: z.number().int(),
    jumpMs: z.number().int().nullable(),
  }),
  /** Vigil itself did not record between these moments (crash, power loss, restart). */
  'recording-gap': z.object({ fromMs: utcMsSchema, toMs: utcMsSchema, cause: z.enum(['restart', 'storage']) }),
  'clock-stepped': clockStepped,
  /** `answersNothing`: each open point has an answer of its own. Before it was there, the reason answered those asked at the end. */
  'session-ended': z.object({ reason: text.optional(), answersNothing: z.literal(true).optional() }),
  ...dischargeEventBodies,
  ...remsEventBodies,
  ...signingEventBodies,
});

export const eventBodies = { ...roomEventBodies, ...sessionEventBodies } as const;
export type EventKind = keyof typeof eventBodies;
export type SessionEventKind = keyof typeof sessionEventBodies;
export type RoomEventKind = keyof typeof roomEventBodies;
export type EventBody<K extends EventKind> = z.output<(typeof eventBodies)[K]>;

/** What a decision yields: an event that is not on disk yet. */
export type NewEvent<K extends EventKind = EventKind> = {
  [P in K]: {
    readonly kind: P;
    readonly body: EventBody<P>;
    /** Clinical time, where it differs from the time of recording. */
    readonly occurred?: Instant;
    /** The event this one undoes, corrects or replaces. */
    readonly supersedes?: EventId;
  };
}[K];

/** Who caused an event: a signed-in person, or the room service itself. */
export type Actor = { readonly personId: PersonId } | 'service';

/** An event as it stands in the log. */
export type RecordedEvent<K extends EventKind = EventKind> = {
  [P in K]: {
    readonly seq: number;
    readonly eventId: EventId;
    readonly sessionId: SessionId | null;
    readonly kind: P;
    readonly body: EventBody<P>;
    /** Clinical time. */
    readonly occurred: Instant;
    /** When it was written. */
    readonly recorded: Instant;
    /** Monotonic milliseconds of the boot named by `bootId`, at recording. */
    readonly monoMs: number;
    readonly bootId: string;
    readonly actor: Actor;
    readonly commandId: CommandId | null;
    readonly supersedes: EventId | null;
  };
}[K];

export type SessionEvent = RecordedEvent<SessionEventKind>;
export type RoomEvent = RecordedEvent<RoomEventKind>;
