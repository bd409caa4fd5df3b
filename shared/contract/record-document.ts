import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { recordDocument1Schema } from './record-document-1.ts';
import { recordProofSchema } from './record-proof.ts';

/**
 * One session as a document of its own: what `vigil export --format json` writes, and what is printed. It holds what
 * the shared record holds and nothing of the private notes, not even that there are any.
 *
 * Times are ISO 8601 with the room's offset. `minute` counts from the start of the dose; null where none was given.
 * What is absent is null with a reason beside it, never 0.
 *
 * Ids are those of the log, for ever the same: of the room, the patient, people, monitors and events. A name beside an id is
 * the name of then.
 */
export const recordFormat = 'vigil-session-record';
export const recordFormatVersion = 2;

const one = recordDocument1Schema.shape;
const { session, dose, discharge } = { session: one.session.shape, dose: one.dose.shape, discharge: one.discharge.shape };
const criterion = discharge.criteria.element;

const ofEvent = { eventId: idSchema };
/** null: the room service, or nobody. */
const personId = idSchema.nullable();
/** Beside `by`, which is how they were called. */
const ofPerson = { byId: personId };

export const recordDocumentSchema = recordDocument1Schema.extend({
  formatVersion: z.literal(recordFormatVersion),
  room: one.room.extend({ roomId: idSchema }),
  session: one.session.extend({ patient: session.patient.extend({ patientId: idSchema }) }),
  milestones: z.array(one.milestones.element.extend(ofPerson)),
  dose: one.dose.extend({
    order: dose.order.unwrap().extend(ofEvent).nullable(),
    segments: z.array(dose.segments.element.extend(ofEvent)),
    boluses: z.array(dose.boluses.element.extend(ofEvent)),
    steps: z.array(dose.steps.element.extend(ofEvent)),
  }),
  vitals: z.array(
    one.vitals.element.extend({
      ...ofPerson,
      /** Of what a person typed; null for a monitor's reading, which is no event. */
      eventId: idSchema.nullable(),
      /** The monitor whose pressure it is; null for what a person typed. */
      monitorId: idSchema.nullable(),
    }),
  ),
  ratings: z.array(one.ratings.element.extend(ofPerson)),
  observations: z.array(one.observations.element.extend(ofPerson)),
  adverseEvents: z.array(
    one.adverseEvents.element.extend({
      ...ofPerson,
      /** Of the list of `shared/clinical/adverse-event.ts`; `label` is it in words. */
      category: z.string(),
    }),
  ),
  drugsGiven: z.array(one.drugsGiven.element.extend(ofPerson)),
  controlledDrugs: z.array(one.controlledDrugs.element.extend({ ...ofEvent, ...ofPerson, witnessId: idSchema })),
  discharge: one.discharge.extend({
    criteria: z.array(
      criterion.extend({
        /** Of the protocol's list. */
        criterion: z.string(),
        override: criterion.shape.override.unwrap().extend({ prescriberId: idSchema }).nullable(),
      }),
    ),
    assessedBy: z.object({ ...ofEvent, ...ofPerson }).nullable(),
    againstAdvice: discharge.againstAdvice
      .unwrap()
      .unwrap()
      .extend({ ...ofEvent, ...ofPerson })
      .nullable(),
    handovers: z.array(discharge.handovers.element.extend({ ...ofEvent, fromId: idSchema, toId: idSchema })),
  }),
  withReason: z.array(one.withReason.unwrap().element.extend(ofPerson)),
  signatures: z.array(one.signatures.element.extend({ ...ofEvent, personId: idSchema })),
  amendments: z.array(one.amendments.element.extend(ofPerson)),
  gaps: z.array(
    one.gaps.element.extend({
      /** null: nothing was recorded at all. */
      monitorId: idSchema.nullable(),
    }),
  ),
  history: z.array(one.history.element.extend(ofPerson)),
});
export type RecordDocument = z.output<typeof recordDocumentSchema>;

/** As a file: with what proves its entries, and the SHA-256 of everything before it, so that it can be checked where there is no room. */
const asFile = {
  /** Absent from files that were written before there was any. */
  proof: recordProofSchema.optional(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 hash'),
};

/** A file of any version that was ever written. */
export const recordFileSchema = z.discriminatedUnion('formatVersion', [
  recordDocument1Schema.extend(asFile),
  recordDocumentSchema.extend(asFile),
]);
