import { z } from 'zod';
import { monitorProtocolIdSchema } from '../../../../shared/clinical/monitor-protocol.ts';
import { idSchema, type CommandId, type EventId, type PersonId, type SessionId } from '../../../../shared/values/ids.ts';
import type { EntryChangeKind } from '../../../../shared/contract/signing.ts';
import { utcMsSchema, type Instant } from '../../../../shared/values/instant.ts';
import { adverseEventEvents } from './adverse-events.ts';
import { answerable } from './answered.ts';
import { artefactEvents } from './artefacts.ts';
import { controlledDrugRoomBodies, controlledDrugSessionEvents } from './controlled-drugs.ts';
import { correctionEvents } from './corrections.ts';
import type { AnyEventDefinition } from './define-event.ts';
import { dischargeEvents } from './discharge.ts';
import { dueEvents } from './due.ts';
import { formatsRoomEventBodies } from './formats.ts';
import { infusionEvents } from './infusion.ts';
import { lookRoomEventBodies } from './looks.ts';
import { milestoneEvents } from './milestones.ts';
import { observationEvents } from './observation.ts';
import { openingAndEndEvents } from './opening-and-end.ts';
import { privateNoteEvents, privateNoteRoomEventBodies } from './private-note.ts';
import { pinAgeRoomEventBodies } from './pin-age.ts';
import { privacyCoverRoomEventBodies } from './privacy-cover.ts';
import { protocolRoomEventBodies } from './protocols.ts';
import { ratingEvents } from './ratings.ts';
import { clockStepped, recordingEvents } from './recording.ts';
import { recoveryKeyRoomEventBodies } from './recovery-keys.ts';
import { remsEvents } from './rems.ts';
import { routeEvents } from './routes.ts';
import { salvageRoomEventBodies } from './salvage.ts';
import { secondPersonsRoomEventBodies } from './second-persons.ts';
import { signingEvents } from './signing.ts';
import { staffRoomEventBodies } from './staff.ts';
import { surroundingsEvents } from './surroundings.ts';
import { textPackRoomEventBodies } from './text-pack.ts';
import { typedVitalsEvents } from './typed-vitals.ts';

/**
 * Everything that can have happened, in the past tense. The log of these is the record: state is a fold over
 * them, a correction is a new event that supersedes an old one, and nothing is ever edited.
 *
 * Amounts are integers in the unit of their name (µg, µL, µL/h, g), so that the dose at any instant is exact.
 */

/** Of the room, with no session. */
export const roomEventBodies = {
  ...protocolRoomEventBodies,
  ...textPackRoomEventBodies,
  'room-set-up': z.object({ roomName: z.string().min(1).max(60), demo: z.boolean() }),
  'service-started': z.object({
    version: z.string().max(300),
    bootId: idSchema,
    /** The kept head of the log was gone at this start and was made anew: nothing had told whether the log still had its end. */
    keptHead: z.literal('missing').optional(),
    /** The public half of the key that signs checkpoints from here on, 32 bytes in hexadecimal. Another one than before: that was lost, or on another computer. */
    checkpointKey: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  /** The first event after a restore: from a backup of then, which ended with event `throughSeq`. What came after it is lost. */
  'room-restored': z.object({ takenMs: utcMsSchema, throughSeq: z.number().int().min(0) }),
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
  ...privacyCoverRoomEventBodies,
  ...pinAgeRoomEventBodies,
  ...lookRoomEventBodies,
  ...controlledDrugRoomBodies,
  ...recoveryKeyRoomEventBodies,
  ...salvageRoomEventBodies,
} as const;

/** Of one session: each kind with its schema and everything that is particular to it. */
export const sessionEvents = {
  ...openingAndEndEvents,
  ...infusionEvents,
  ...routeEvents,
  ...milestoneEvents,
  ...ratingEvents,
  ...observationEvents,
  ...surroundingsEvents,
  ...typedVitalsEvents,
  ...dueEvents,
  ...adverseEventEvents,
  ...controlledDrugSessionEvents,
  ...privateNoteEvents,
  ...correctionEvents,
  ...artefactEvents,
  ...recordingEvents,
  ...dischargeEvents,
  ...remsEvents,
  ...signingEvents,
} as const;

export const sessionEventBodies = answerable(bodiesOf(sessionEvents));

function bodiesOf<D extends Readonly<Record<string, Pick<AnyEventDefinition, 'body'>>>>(
  definitions: D,
): { readonly [K in keyof D]: D[K]['body'] } {
  return Object.fromEntries(Object.entries(definitions).map(([kind, { body }]) => [kind, body])) as { [K in keyof D]: D[K]['body'] };
}

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
    readonly supersedes?: P extends EntryChangeKind ? EventId : never;
  };
}[K];

/** Who caused an event: a signed-in person, or the room service itself. */
export type Actor = { readonly personId: PersonId } | 'service';

/** How whoever recorded something was called then; null for the service, and for somebody who is not known. */
export type NameOf = (actor: Actor) => string | null;

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

export function isSessionEvent(event: RecordedEvent): event is SessionEvent {
  return event.sessionId !== null && event.kind in sessionEventBodies;
}
