import { z } from 'zod';
import { slotEnds } from '../clinical/due.ts';
import { gapCauses } from '../clinical/gap-cause.ts';
import { remsFormSchema } from '../clinical/rems-form.ts';
import { idSchema } from '../values/ids.ts';
import { recordFactsSchema, recordTimeSchema } from './record-facts.ts';

/**
 * The record's document as it was written before its ids had a place in it. It is read for ever and written no more: what is
 * written is `record-document.ts`, which is this and the ids. What of it is not in version 2 has not changed since.
 */
const entry = {
  eventId: idSchema,
  at: recordTimeSchema,
  entered: z.iso.datetime({ offset: true }),
  late: z.boolean(),
  /** The first clinical time, where a correction moved it. */
  amendedFrom: z.iso.datetime({ offset: true }).nullable(),
  by: z.string().nullable(),
};

/** Every reason that a person gave with an entry. Absent from files that were written before reasons had a place. */
const said = z.array(z.string()).default([]);

const signature = z.object({
  name: z.string(),
  role: z.string(),
  meaning: z.string(),
  at: z.iso.datetime({ offset: true }),
  version: z.number().int(),
  recordHash: z.string(),
});

const vitalValue = z.union([z.number(), z.object({ absent: z.string() })]);

export const recordDocument1Schema = z.object({
  format: z.literal('vigil-session-record'),
  formatVersion: z.literal(1),
  room: z.object({ name: z.string(), demo: z.boolean() }),
  session: z.object({
    sessionId: idSchema,
    patient: z.object({ name: z.string(), birthDate: z.string(), recordNumber: z.string() }),
    course: z.object({ number: z.number(), of: z.number() }).nullable(),
    protocol: z.object({
      protocolId: z.string(),
      version: z.number(),
      name: z.string(),
      /** What of it, and of the forms used, no clinical reviewer has signed off, in words. */
      unconfirmed: z.array(z.string()),
    }),
    opened: recordTimeSchema,
    ended: recordTimeSchema.nullable(),
    /** The time that `minute` counts from. */
    doseStarted: z.iso.datetime({ offset: true }).nullable(),
    weight: z.object({ kg: z.number(), entered: z.string() }).nullable(),
    /** Where help has to go, of a session that is watched from afar; null in the clinic's own room. */
    remote: z
      .object({
        locationAddress: z.string(),
        emergencyContact: z.string(),
        sitterName: z.string(),
        callBackNumber: z.string(),
        videoOn: z.boolean(),
      })
      .nullable()
      .default(null),
  }),
  record: z.object({
    /** The last signed version; null while nobody signed. */
    version: z.number().int().nullable(),
    state: z.enum(['running', 'unsigned', 'signed', 'being-amended']),
    amended: z.boolean(),
    /** Of the version as signed; of the record as it stands where it is not signed. */
    hash: z.string(),
    throughSeq: z.number().int(),
  }),
  facts: recordFactsSchema,
  milestones: z.array(z.object({ ...entry, kind: z.string(), label: z.string(), detail: z.string().nullable(), reasons: said })),
  dose: z.object({
    state: z.string(),
    order: z
      .object({
        mg: z.number(),
        mgPerKg: z.number().nullable(),
        detail: z.string(),
        /** Of a second injection, given if wanted. */
        second: z.object({ mg: z.number(), mgPerKg: z.number() }).nullable().default(null),
      })
      .nullable(),
    segments: z.array(z.object({ from: recordTimeSchema, mlPerHour: z.number(), bagMg: z.number(), bagMl: z.number() })),
    boluses: z.array(z.object({ at: recordTimeSchema, mg: z.number() })),
    steps: z.array(z.object({ at: recordTimeSchema, mg: z.number() })),
  }),
  /** One row for each cuff reading and for each set that a person typed, with the other values of that moment. */
  vitals: z.array(
    z.object({
      at: recordTimeSchema,
      source: z.enum(['monitor', 'person']),
      by: z.string().nullable(),
      sysMmHg: vitalValue,
      diaMmHg: vitalValue,
      meanMmHg: vitalValue,
      pulsePerMin: vitalValue,
      spo2Percent: vitalValue,
      respPerMin: vitalValue,
      tempCelsius: vitalValue,
      deliveredMg: z.number(),
      /** A person marked the pressure as no value of the patient. */
      artefact: z.literal(true).optional(),
    }),
  ),
  /** What the protocol's schedule asked for, and how each of it ended; `open` where nobody has said why not. */
  schedule: z.array(
    z.object({
      key: z.string(),
      due: recordTimeSchema,
      label: z.string(),
      end: z.enum(slotEnds),
      at: recordTimeSchema.nullable(),
      reason: z.string().nullable(),
    }),
  ),
  ratings: z.array(
    z.object({
      eventId: idSchema,
      at: recordTimeSchema,
      instrument: z.string(),
      name: z.string(),
      mode: z.string(),
      by: z.string().nullable(),
      state: z.string(),
      notAssessable: z.string().nullable(),
      /** null is an item that was not answered. */
      items: z.array(z.number().nullable()),
      /** null unless every item that it needs was answered. */
      total: z.number().nullable(),
      max: z.number(),
      answered: z.number(),
      of: z.number(),
      band: z.string().nullable(),
      subscales: z.record(z.string(), z.number().nullable()),
      textPackHash: z.string().nullable(),
    }),
  ),
  observations: z.array(
    z.object({
      ...entry,
      text: z.string(),
      chips: z.array(z.string()),
      details: z.record(z.string(), z.unknown()),
      amendedWords: z.object({ reason: z.string(), firstText: z.string() }).nullable(),
    }),
  ),
  adverseEvents: z.array(
    z.object({
      ...entry,
      label: z.string(),
      severity: z.string(),
      serious: z.array(z.string()).nullable(),
      actions: z.array(z.string()),
      outcome: z.string().nullable(),
      relatedness: z.string().nullable(),
      detail: z.string().nullable(),
      ended: recordTimeSchema.nullable(),
    }),
  ),
  drugsGiven: z.array(z.object({ ...entry, drug: z.string(), dose: z.string(), route: z.string(), reason: z.string().nullable() })),
  controlledDrugs: z.array(
    z.object({ at: recordTimeSchema, kind: z.string(), mg: z.number(), by: z.string().nullable(), witness: z.string() }),
  ),
  discharge: z.object({
    criteria: z.array(
      z.object({
        label: z.string(),
        verdict: z.string(),
        evidence: z.string(),
        by: z.string().nullable(),
        override: z.object({ prescriber: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    /** null: nobody assessed them together; what was confirmed or passed over singly stands in `criteria` all the same. */
    assessed: recordTimeSchema.nullable(),
    /** The patient left before the criteria were met: who was told, how they left, and what was short. */
    againstAdvice: z
      .object({ at: recordTimeSchema, words: z.string(), short: z.array(z.string()), by: z.string().nullable() })
      .nullable()
      .default(null),
    /** `name` null: confirmed, and nobody said who. `present` null: nobody recorded whether they came. */
    escort: z
      .object({ name: z.string().nullable(), phone: z.string().nullable().default(null), present: z.boolean().nullable() })
      .nullable(),
    handovers: z.array(
      z.object({
        at: recordTimeSchema,
        from: z.string(),
        to: z.string(),
        note: z.string().nullable(),
        card: z.array(z.object({ heading: z.string(), lines: z.array(z.string()) })).default([]),
      }),
    ),
  }),
  /** Values beyond the protocol, and what people recorded about them. */
  beyondProtocol: z.array(z.object({ label: z.string(), detail: z.string(), closed: z.string().nullable() })),
  /** What was done although something spoke against it, and why. */
  withReason: z
    .array(z.object({ eventId: idSchema, at: recordTimeSchema, label: z.string(), reasons: said, by: z.string().nullable() }))
    .default([]),
  /** What the record was found to lack or to hold against the protocol, and what people said to it before signing. */
  openPoints: z
    .array(
      z.object({
        kind: z.string(),
        label: z.string(),
        detail: z.string(),
        at: recordTimeSchema.nullable(),
        /** Whether a signature waits for words about it. */
        asked: z.boolean(),
        closed: z.object({ reason: z.string(), at: z.iso.datetime({ offset: true }), by: z.string().nullable() }).nullable(),
      }),
    )
    .default([]),
  signatures: z.array(signature),
  amendments: z.array(
    z.object({ version: z.number().int(), reason: z.string(), begun: z.iso.datetime({ offset: true }), by: z.string().nullable() }),
  ),
  gaps: z.array(
    z.object({ from: recordTimeSchema, to: recordTimeSchema.nullable(), monitor: z.string().nullable(), cause: z.enum(gapCauses) }),
  ),
  /** Every entry as it was made, the undone and the corrected ones too, in the sequence of recording. */
  history: z.array(
    z.object({
      seq: z.number().int(),
      eventId: idSchema,
      kind: z.string(),
      label: z.string(),
      /** What it said beyond its label, with every reason given for it, in words. */
      detail: z.string().nullable().default(null),
      /** What an undo, a correction or other words are about. */
      about: z.string().nullable().default(null),
      /** The version that it was added in by an amendment. */
      addedIn: z.number().int().nullable().default(null),
      occurred: z.iso.datetime({ offset: true }),
      recorded: z.iso.datetime({ offset: true }),
      by: z.string().nullable(),
      holds: z.enum(['holds', 'undone', 'moved', 'corrected', 'is-correction']),
      reason: z.string().nullable(),
      body: z.unknown(),
    }),
  ),
  /** Esketamine only. */
  rems: remsFormSchema.nullable(),
});
