import { z } from 'zod';
import { cuffReadingSchema, trendColumnsSchema } from '../clinical/measured-vitals.ts';
import { infusionOrderView } from './infusion-order-view.ts';
import { routeDoseView, sessionDosingSchema } from './route-dose-view.ts';
import { metricIdSchema } from '../clinical/metric.ts';
import { milestoneKeySchema, phaseKeys } from '../clinical/milestone.ts';
import { monitorProtocolIdSchema } from '../clinical/monitor-protocol.ts';
import { absentReasons, qualities } from '../clinical/reading.ts';
import { formatsSchema } from '../values/formats.ts';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema } from '../values/instant.ts';
import { instrumentIds } from '../clinical/instrument-id.ts';
import { actionSchema } from './action-view.ts';
import { adverseEventViewSchema, drugGivenViewSchema, formularyViewSchema } from './adverse-event-view.ts';
import { sessionDrugsViewSchema } from './drug-log-view.ts';
import { observationContentView, privateMarkViewSchema, privateSideViewSchema } from './observation-view.ts';
import { ratingScoreShape, scoringViewSchema } from './rating-score-view.ts';
import { captureViewSchema } from './capture-view.ts';
import {
  artefactViewSchema,
  enteredVitalSchema,
  entryShape,
  typedVitalsViewSchema,
  volumeLeftViewSchema,
  whoseEntry,
} from './entry-view.ts';
import { tickKinds } from './entry-standing.ts';
import { dischargeViewSchema } from './discharge-view.ts';
import { notAssessableReasons, ratingModes } from './session-commands.ts';
import { secondPersonsSchema } from './second-persons.ts';
import { sessionCoverSchema } from './session-cover.ts';
import { signedStateSchema } from './signing.ts';
import { slotViewSchema } from './slot-view.ts';
import { clockSectionSchema, clockStepSchema, gapSchema } from './time-view.ts';
import { waveViewSchema } from './wave-view.ts';

/**
 * The room board: everything the screens of one room show, as the room service sees it. It is a projection of
 * the event log, the latest readings and the state of the machine; the page never works any of it out again.
 * Sections change separately, so that a second's vitals do not resend the session.
 */

export const roles = ['nurse', 'therapist', 'prescriber', 'it'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.output<typeof roleSchema>;

// ── room, clock, recording ─────────────────────────────────────────────────────────────────────────────────

export const roomSectionSchema = z.object({
  name: z.string(),
  /** Simulated monitors and a database of its own; said on every screen. */
  demo: z.boolean(),
  setUp: z.boolean(),
  version: z.string(),
  privateSide: privateSideViewSchema,
  formats: formatsSchema,
  secondPersons: secondPersonsSchema,
});

export const recordingSectionSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('recording'),
    lastWriteMs: utcMsSchema.nullable(),
    lastSeq: z.number().int(),
    freeBytes: z.number().nullable(),
  }),
  /** Nothing is being kept. A screen of its own says why and what to do. */
  z.object({
    state: z.literal('stopped'),
    sinceMs: utcMsSchema,
    code: z.enum(['STORE_READ_ONLY', 'STORE_FULL', 'STORE_CORRUPT', 'STORE_FAILED']),
    message: z.string(),
  }),
]);

// ── monitors ───────────────────────────────────────────────────────────────────────────────────────────────

/** Link states of one monitor (OpenICE's vocabulary, widened). */
export const linkStates = [
  'absent', // the port is not there and was not seen since the service started
  'opening',
  'listening', // open, no valid frame yet
  'live',
  'degraded', // live, with more than 1 % of the bytes of the last 30 s discarded
  'silent', // open, was live, nothing valid for the driver's quiet time
  'unplugged', // was there, now gone
  'busy', // another program has the port
  'forbidden', // no permission
  'wrong-device', // bytes arrive, none of this protocol
] as const;
export const linkStateSchema = z.enum(linkStates);
export type LinkState = z.output<typeof linkStateSchema>;

export const monitorStatusSchema = z.object({
  monitorId: idSchema,
  name: z.string(),
  protocol: monitorProtocolIdSchema,
  simulated: z.boolean(),
  port: z.string(),
  state: linkStateSchema,
  /** Since when it is in this state. */
  sinceMs: utcMsSchema,
  /** What to check, in words, when it is not live; null when there is nothing to do. */
  advice: z.string().nullable(),
  framesPerSecond: z.number(),
  framesTotal: z.number().int(),
  bytesTotal: z.number().int(),
  discardedBytes: z.number().int(),
  lastByteMs: utcMsSchema.nullable(),
  /** Its bytes are being captured, or were since the service started. */
  capture: captureViewSchema.optional(),
});
export type MonitorStatus = z.output<typeof monitorStatusSchema>;

// ── vitals ─────────────────────────────────────────────────────────────────────────────────────────────────

const sourceSchema = z.union([
  z.object({ by: z.literal('monitor'), monitorId: idSchema, name: z.string() }),
  /** `corrected`: a correction says it; another figure was typed first, or none. */
  z.object({ by: z.literal('person'), name: z.string(), corrected: z.literal(true).optional() }),
]);

/** One figure as it may honestly be shown now. Ages are worked out against the feed's clock. */
export const vitalSchema = z.discriminatedUnion('state', [
  /** Within its late limit, or a cuff reading (an event: it keeps its colour and shows its age). */
  z.object({
    state: z.literal('live'),
    value: z.number(),
    quality: z.enum(qualities),
    atMs: utcMsSchema,
    source: sourceSchema,
    flags: z.array(z.string()),
    event: z.boolean(),
  }),
  /** No new value for longer than the late limit: grey. */
  z.object({ state: z.literal('late'), value: z.number(), atMs: utcMsSchema, source: sourceSchema, event: z.boolean() }),
  /** No figure to show: the monitor says why, or the link is lost. */
  z.object({
    state: z.literal('lost'),
    reason: z.union([
      z.enum(absentReasons),
      z.enum(['no-new-value', 'cable-out', 'silent', 'port-busy', 'port-forbidden', 'wrong-device']),
    ]),
    /** Of a determination that failed: the monitor's own word for it. */
    word: z.string().optional(),
    sinceMs: utcMsSchema,
    last: z.object({ value: z.number(), atMs: utcMsSchema }).nullable(),
  }),
  z.object({ state: z.literal('not-connected') }),
]);
export type Vital = z.output<typeof vitalSchema>;
export type VitalSource = z.output<typeof sourceSchema>;

/** Every metric has an entry; those no configured monitor gives are `not-connected`. */
export const vitalsSectionSchema = z.record(metricIdSchema, vitalSchema);

// ── people ─────────────────────────────────────────────────────────────────────────────────────────────────

export const personViewSchema = z.object({ personId: idSchema, name: z.string(), role: roleSchema });
export type PersonView = z.output<typeof personViewSchema>;

export const staffSectionSchema = z.object({
  people: z.array(personViewSchema),
  /** Signed in at this room now, in the order of signing in. */
  present: z.array(idSchema),
});

/** Who sits at the page that reads; the one whose acts come first in front. */
const hereSectionSchema = z.object({ people: z.array(personViewSchema) });
// ── session ────────────────────────────────────────────────────────────────────────────────────────────────

/** A tick on the milestones lane: a milestone, or a change of the dose. */
export const markSchema = z.object({
  ...entryShape,
  kind: z.enum(tickKinds),
  milestone: milestoneKeySchema.nullable(),
  label: z.string(),
  detail: z.string().nullable(),
  volumeLeft: volumeLeftViewSchema.optional(),
  ...whoseEntry,
});
export type Mark = z.output<typeof markSchema>;

/** Amounts as integers, exactly as recorded; `shared/clinical/dosing.ts` works out mg at any instant. */
export const doseViewSchema = z.object({
  state: z.enum(['not-ordered', 'ordered', 'running', 'paused', 'completed', 'stopped']),
  order: infusionOrderView,
  /** In clinical order. A rate of 0 is a pause. The last one lasts until `endedMs` or now. */
  segments: z.array(
    z.object({
      fromMs: utcMsSchema,
      rateUlPerHour: z.number(),
      bag: z.object({ ug: z.number(), ul: z.number() }),
      /** A new bag begins here, also where its content equals the old one's. */
      newBag: z.literal(true).optional(),
    }),
  ),
  boluses: z.array(z.object({ atMs: utcMsSchema, ug: z.number() })),
  ...routeDoseView,
  startedMs: utcMsSchema.nullable(),
  endedMs: utcMsSchema.nullable(),
  /** Where the current rate would end, if nothing changes; null while paused or not running. */
  predictedEndMs: utcMsSchema.nullable(),
});
export type DoseView = z.output<typeof doseViewSchema>;

export const ratingViewSchema = z.object({
  ...entryShape,
  ratingId: idSchema,
  instrument: z.enum(instrumentIds),
  mode: z.enum(ratingModes),
  state: z.enum(['open', 'finished', 'not-assessable']),
  notAssessable: z.enum(notAssessableReasons).nullable(),
  items: z.array(z.number().int().nullable()),
  total: z.number().nullable(),
  max: z.number(),
  answered: z.number().int(),
  of: z.number().int(),
  ...ratingScoreShape,
});
export type RatingView = z.output<typeof ratingViewSchema>;

export const observationViewSchema = z.object({
  ...entryShape,
  ...observationContentView,
});
export type ObservationView = z.output<typeof observationViewSchema>;

export const dueItemSchema = z.object({
  key: z.string(),
  kind: z.enum(['nibp', 'rating', 'milestone', 'stop-request', 'pump', 'bag', 'predicted']),
  label: z.string(),
  detail: z.string(),
  instrument: z.enum(instrumentIds).nullable(),
  dueMs: utcMsSchema,
  state: z.enum(['waiting', 'due', 'past-due', 'done', 'predicted']),
  doneMs: utcMsSchema.nullable(),
  /** Its time is over and the next of its kind has begun; it stays until it is done or somebody says why not. */
  passed: z.literal(true).optional(),
});
export type DueItem = z.output<typeof dueItemSchema>;

export const sessionSectionSchema = z.object({
  sessionId: idSchema,
  patient: z.object({ patientId: idSchema, name: z.string(), birthDate: z.string(), recordNumber: z.string() }),
  course: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  protocol: z.object({
    protocolId: z.string(),
    version: z.number().int(),
    name: z.string(),
    shortName: z.string(),
    /** What of it, and of the forms used, no clinical reviewer has signed off, in words. */
    unconfirmed: z.array(z.string()),
    /** Drawn as lines on the timeline. They never prompt. */
    referenceLines: z.array(z.object({ metric: metricIdSchema, value: z.number(), label: z.string() })),
  }),
  openedMs: utcMsSchema,
  endedMs: utcMsSchema.nullable(),
  phase: z.enum(phaseKeys),
  phases: z.array(z.object({ phase: z.enum(phaseKeys), fromMs: utcMsSchema })),
  weight: z
    .object({ grams: z.number(), entered: z.object({ value: z.number(), unit: z.enum(['kg', 'lb']) }), atMs: utcMsSchema })
    .nullable(),
  dose: doseViewSchema,
  /** What the protocol says of the dose, and what stands of the checks before it. */
  dosing: sessionDosingSchema,
  marks: z.array(markSchema),
  scoring: scoringViewSchema,
  ratings: z.array(ratingViewSchema),
  observations: z.array(observationViewSchema),
  privateMarks: z.array(privateMarkViewSchema),
  adverseEvents: z.array(adverseEventViewSchema),
  /** Rescue and comfort drugs, and what the protocol offers of them. */
  drugsGiven: z.array(drugGivenViewSchema),
  formulary: z.array(formularyViewSchema),
  controlledDrugs: sessionDrugsViewSchema,
  cuffReadings: z.array(cuffReadingSchema),
  enteredVitals: z.array(enteredVitalSchema),
  typedVitals: z.array(typedVitalsViewSchema),
  artefacts: z.array(artefactViewSchema),
  gaps: z.array(gapSchema),
  clockSteps: z.array(clockStepSchema),
  due: z.array(dueItemSchema),
  slots: z.array(slotViewSchema),
  actions: z.array(actionSchema),
  /** The pre-dose checklist of the protocol. */
  checklist: z.array(
    z.object({
      milestone: milestoneKeySchema,
      label: z.string(),
      required: z.boolean(),
      /** No reason passes it. */
      stop: z.literal(true).optional(),
      doneMs: utcMsSchema.nullable(),
      detail: z.string().nullable(),
    }),
  ),
  /** Events that may still be undone inside their button (ten seconds), newest first. */
  undoable: z.array(z.object({ eventId: idSchema, label: z.string(), atMs: utcMsSchema, enteredMs: utcMsSchema, untilMs: utcMsSchema })),
  /** Vigil was not running for a while during the dose: a nurse has to say what the pump is doing. */
  needsPumpConfirmation: z.boolean(),
  /** Whose session it is now: whoever took over last, or opened it. */
  responsible: z.string().nullable(),
  /** Going home, and handing over. */
  discharge: dischargeViewSchema,
  signed: signedStateSchema,
});
export type SessionSection = z.output<typeof sessionSectionSchema>;

// ── the board and its changes ──────────────────────────────────────────────────────────────────────────────

const sections = {
  room: roomSectionSchema,
  clock: clockSectionSchema,
  recording: recordingSectionSchema,
  monitors: z.array(monitorStatusSchema),
  vitals: vitalsSectionSchema,
  /** While a session runs. */
  waves: z.array(waveViewSchema),
  staff: staffSectionSchema,
  here: hereSectionSchema,
  /** The open session as everybody may know of it; null between sessions. */
  cover: sessionCoverSchema.nullable(),
  /** The session in this room now; null between sessions, and for a page at which nobody sits who may read records. */
  session: sessionSectionSchema.nullable(),
};
export const roomBoardSchema = z.object({ ...sections, trend: trendColumnsSchema.nullable() });
export type RoomBoard = z.output<typeof roomBoardSchema>;
export type BoardSection = keyof typeof sections;

/** First a snapshot, then changes numbered without a gap. A reader that falls behind gets a new snapshot. */
export const feedMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), number: z.number().int(), board: roomBoardSchema }),
  z.object({
    kind: z.literal('change'),
    number: z.number().int(),
    sections: z.object(sections).partial(),
    /** Seconds to append to the trend; starts exactly where the reader's columns end. */
    trendTail: trendColumnsSchema.optional(),
  }),
]);
export type FeedMessage = z.output<typeof feedMessageSchema>;
