import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { holdLimitSchema } from '../clinical/hold-limit.ts';
import { monitorProtocolIdSchema } from '../clinical/monitor-protocol.ts';
import { protocolRoutes, protocolShapeSchema } from '../clinical/protocol-shape.ts';
import { formatsSchema } from '../values/formats.ts';
import { idSchema } from '../values/ids.ts';
import { instantSchema, utcMsSchema } from '../values/instant.ts';
import { portPathFault } from '../values/network-path.ts';
import { stockSchema } from '../clinical/controlled-drug.ts';
import { answerSchema, answersMax } from './doubt.ts';
import { captureViewSchema } from './board/capture-view.ts';
import { doubtSchema, refusalSchema } from './contract-errors.ts';
import { detectionQuestionSchema, detectionViewSchema } from './detection.ts';
import { drugLogViewSchema } from './drug-log-view.ts';
import { looksContract } from './looks.ts';
import { monitorDetailSchema } from './monitor-detail.ts';
import { protocolVersionSchema, publicationInputSchema } from './protocol-versions.ts';
import { trendColumnsSchema } from '../clinical/measured-vitals.ts';
import { doseViewSchema } from './session-view/dose.ts';
import { feedMessageSchema } from './board/room-board.ts';
import { roleSchema } from './board/people.ts';
import { sessionViewSchema } from './session-view/session-view.ts';
import { privateNotesContract } from './private-notes.ts';
import { pinAgeSchema } from './pin-age.ts';
import { privacyCoverSchema } from './privacy-cover.ts';
import { keyCeremonySchema, recoveryKeysContract } from './recovery-keys.ts';
import { secondPersonsSchema } from './second-persons.ts';
import { sessionCommandSchema } from './session-commands.ts';
import { recordFactsSchema } from './record-facts.ts';
import { signedStateSchema, signingContract } from './signing.ts';
import { personNameSchema, staffContract } from './staff-contract.ts';
import { printContract } from './print-contract.ts';
import { textPacksContract } from './text-pack-contract.ts';
import { pinSchema, secondPersonSchema } from './typed-pin.ts';
import { typedReasonSchema } from './typed-reason.ts';
import { waveWindowMsMax, waveWindowSchema } from './board/waves.ts';

/** Every refusal travels as one declared error; its code says which. */
const base = oc.errors({ REFUSED: { status: 422, data: refusalSchema } });

const portPath = z.string().trim().min(1).max(300);

/** Which monitor is on which port, and how the line of a configured one is. */
const findMonitorsContract = {
  /** Begins to look at a port, or goes on: one look at a port at a time. `ask`: a person agreed that `detectionQuestions` are sent. */
  detect: base.input(z.object({ port: portPath, ask: z.boolean() })).output(detectionViewSchema),
  /** How that look is getting on, or what it came to; null where nobody looked. */
  detection: base.input(z.object({ port: portPath })).output(detectionViewSchema.nullable()),
  stopDetection: base.input(z.object({ port: portPath })).output(z.object({})),
  /** What would be sent, from the drivers themselves: for the consent. */
  detectionQuestions: base.output(z.array(detectionQuestionSchema)),
  monitorDetail: base.input(z.object({ monitorId: idSchema })).output(monitorDetailSchema),
  setListenOnly: base.input(z.object({ monitorId: idSchema, listenOnly: z.boolean() })).output(z.object({})),
};

/** What stands on an observation line, in the page's own form: longer than fits, too, until its author has shortened it. */
const observationDraft = z.string().max(500_000);

export const patientSchema = z.object({
  patientId: idSchema,
  name: z.string(),
  birthDate: z.iso.date(),
  recordNumber: z.string(),
  lastVisit: z.object({ atMs: utcMsSchema, weightGrams: z.number().nullable() }).nullable(),
  sessions: z.number().int(),
});
export type Patient = z.output<typeof patientSchema>;

export const sessionSummarySchema = z.object({
  sessionId: idSchema,
  /** Null, as the two below, where not even its opening can be read. */
  patientName: z.string().nullable(),
  birthDate: z.string().nullable(),
  protocolName: z.string().nullable(),
  course: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  openedMs: utcMsSchema,
  startedMs: utcMsSchema.nullable(),
  endedMs: utcMsSchema.nullable(),
  /** `unreadable`: its entries are damaged; what stands here is what its opening says, if that can be read. */
  state: z.enum(['open', 'ended', 'unreadable']),
  signed: signedStateSchema.nullable(),
});
export type SessionSummary = z.output<typeof sessionSummarySchema>;

export const protocolSummarySchema = z.object({
  protocolId: z.string(),
  version: z.number().int(),
  name: z.string(),
  status: z.string(),
  route: z.enum(protocolRoutes),
  /** What holds the dose, as the go/no-go asks it. */
  holdLimits: z.array(holdLimitSchema),
  /** Lines for the start screen: vitals, ratings, review. */
  summary: z.array(z.object({ term: z.string(), text: z.string() })),
});
export type ProtocolSummary = z.output<typeof protocolSummarySchema>;

export const monitorSetupSchema = z.object({
  name: z.string().trim().min(1).max(60),
  protocol: monitorProtocolIdSchema,
  /** A path of this computer, or `tcp://HOST:PORT`. */
  port: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .refine((path) => portPathFault(path) === null, 'a port is a path, tcp://HOST:PORT, or listen://ADDRESS:PORT?from=ADDRESS'),
  /** Another recorder asks this monitor: Vigil sends nothing. */
  listenOnly: z.boolean().optional(),
});

export const portViewSchema = z.object({
  path: z.string(),
  stableId: z.string().nullable(),
  manufacturer: z.string().nullable(),
  usedBy: z.string().nullable(),
});

/**
 * The one contract between a page and the room service: a value, validated on both ends, carried unchanged over
 * a MessagePort and a WebSocket.
 */
export const roomContract = {
  live: {
    /** A snapshot, then numbered changes, for as long as the reader acknowledges. */
    watch: base.output(eventIterator(feedMessageSchema)),
    acknowledge: base.input(z.object({ number: z.number().int() })).output(z.object({})),
  },
  staff: staffContract,
  setup: {
    /** Makes the first person, names the room and its monitors. Once. */
    room: base
      .input(
        z.object({
          roomName: z.string().trim().min(1).max(60),
          person: z.object({ name: personNameSchema, role: roleSchema, pin: pinSchema }),
          monitors: z.array(monitorSetupSchema).max(8),
          formats: formatsSchema.optional(),
        }),
      )
      .output(keyCeremonySchema),
    /** How this clinic writes dates, times and units. */
    formats: base.input(formatsSchema).output(z.object({})),
    /** Who may be the second person, act by act. */
    secondPersons: base.input(secondPersonsSchema).output(z.object({})),
    /** After how long a PIN makes way for another; what holds already changes nothing. */
    pinAge: base.input(pinAgeSchema).output(z.object({})),
    /** What a page shows at which nobody sits; what holds already changes nothing. */
    privacyCover: base.input(privacyCoverSchema).output(z.object({})),
    /** The window can be closed and files are saved, until Vigil is started again; with their own PIN. */
    leaveKiosk: base.input(z.object({ pin: pinSchema })).output(z.object({})),
    ports: base.output(z.array(portViewSchema)),
    protocols: base.output(
      z.array(z.object({ protocol: monitorProtocolIdSchema, vendor: z.string(), models: z.array(z.string()), description: z.string() })),
    ),
    ...findMonitorsContract,
    addMonitor: base.input(monitorSetupSchema).output(z.object({ monitorId: idSchema })),
    /** Switches the capture of a monitor's raw bytes on or off. */
    capture: base.input(z.object({ monitorId: idSchema, on: z.boolean() })).output(z.object({ capture: captureViewSchema.nullable() })),
    removeMonitor: base.input(z.object({ monitorId: idSchema })).output(z.object({})),
  },
  recoveryKeys: recoveryKeysContract,
  /** Versions of protocols: read, copied, edited, published. */
  protocols: {
    list: base.output(z.array(protocolVersionSchema)),
    read: base.input(z.object({ protocolId: z.string().max(60), version: z.number().int().positive() })).output(protocolShapeSchema),
    /** A prescriber puts the next version in force; refused with every problem in words. */
    publish: base.input(publicationInputSchema).output(z.object({ protocolId: z.string(), version: z.number().int() })),
  },
  /** The clinic's wording of rating instruments. */
  textPacks: textPacksContract,
  print: printContract,
  looks: looksContract,
  patients: {
    find: base.input(z.object({ query: z.string().max(120) })).output(z.array(patientSchema)),
    add: base
      .input(
        z.object({
          commandId: idSchema,
          name: z.string().trim().min(1).max(120),
          birthDate: z.iso.date(),
          recordNumber: z.string().trim().min(1).max(40),
        }),
      )
      .output(patientSchema),
  },
  private: privateNotesContract,
  /** The controlled-drug log of the room. Every entry needs a second person, who signs with a PIN of their own. */
  drugLog: {
    view: base.output(drugLogViewSchema),
    receive: base
      .input(
        z.object({
          commandId: idSchema,
          stock: stockSchema,
          units: z.number().int().min(1).max(10_000),
          lot: z.string().trim().max(40).optional(),
          detail: z.string().trim().max(200).optional(),
          witness: secondPersonSchema,
        }),
      )
      .output(drugLogViewSchema),
    /** A count that differs from the log needs a reason. */
    count: base
      .input(
        z.object({
          commandId: idSchema,
          stock: stockSchema,
          mg: z.number().min(0).max(10_000_000),
          reason: typedReasonSchema.optional(),
          witness: secondPersonSchema,
        }),
      )
      .output(drugLogViewSchema),
    /** Broken or expired, outside any session. */
    dispose: base
      .input(
        z.object({
          commandId: idSchema,
          stock: stockSchema,
          mg: z.number().positive().max(10_000_000),
          reason: typedReasonSchema,
          witness: secondPersonSchema,
        }),
      )
      .output(drugLogViewSchema),
  },
  signing: signingContract,
  session: {
    open: base
      .input(
        z.object({
          commandId: idSchema,
          patientId: idSchema,
          protocolId: z.string().max(60),
          course: z.object({ number: z.number().int().min(1).max(100), of: z.number().int().min(1).max(100) }).nullable(),
        }),
      )
      .output(z.object({ sessionId: idSchema })),
    /** Decides, writes in one transaction, answers when it is on disk. A repeated commandId answers again and writes nothing. */
    execute: base
      .input(
        z.object({
          commandId: idSchema,
          sessionId: idSchema,
          command: sessionCommandSchema,
          witness: secondPersonSchema.optional(),
          ownPin: pinSchema.optional(),
          /** To the doubts that the command raised when it was asked for without. */
          answers: z.array(answerSchema).max(answersMax).optional(),
        }),
      )
      .output(z.object({ eventIds: z.array(idSchema), seq: z.number().int(), recorded: instantSchema })),
    /** What a command would make of the dose, before somebody confirms it. Nothing is written; doubts are named, not asked. */
    preview: base.input(z.object({ sessionId: idSchema, command: sessionCommandSchema })).output(
      z.object({
        /** null where it is refused. */
        dose: doseViewSchema.nullable(),
        doubts: z.array(doubtSchema),
        refusal: refusalSchema.nullable(),
      }),
    ),
    list: base.output(z.array(sessionSummarySchema)),
    /** What its author typed on the observation line and did not record, for that author alone; null where there is nothing. */
    keepDraft: base.input(z.object({ sessionId: idSchema, personId: idSchema, draft: observationDraft.nullable() })).output(z.object({})),
    draft: base.input(z.object({ sessionId: idSchema, personId: idSchema })).output(z.object({ draft: observationDraft.nullable() })),
    /** A session, running or past, on its timeline. */
    record: base
      .input(z.object({ sessionId: idSchema }))
      // What the session comes to is worked out once, for the screen, the print and the files.
      .output(z.object({ session: sessionViewSchema, trend: trendColumnsSchema, now: instantSchema, facts: recordFactsSchema })),
    /** The waveforms of a minute at most, where the session has any. */
    waves: base
      .input(z.object({ sessionId: idSchema, fromMs: utcMsSchema, lengthMs: z.number().int().positive().max(waveWindowMsMax) }))
      .output(waveWindowSchema),
    protocols: base.output(z.array(protocolSummarySchema)),
  },
};
export type RoomContract = typeof roomContract;
