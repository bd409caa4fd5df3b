import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { SexForClinicalUse } from '../../../../shared/clinical/sex.ts';
import type { PatientId } from '../../../../shared/values/ids.ts';
import { accept, refuse, withoutAbsent, type Decision } from '../decide/decision.ts';

export interface SessionOpening {
  /** As the room knows the patient; null when it does not. */
  readonly patient: {
    readonly patientId: PatientId;
    readonly name: string;
    readonly birthDate: string;
    readonly recordNumber: string;
  } | null;
  readonly protocol: Protocol | null;
  readonly course: { readonly number: number; readonly of: number } | null;
  /** As it was said last; null where nobody has. */
  readonly sex?: SexForClinicalUse | null;
  /** Whose session runs in this room now; null between sessions. */
  readonly openFor: string | null;
}

/** A room has one open session at a time, so that the readings of a second patient cannot get into the record of the first. */
export function decideOpening(opening: SessionOpening): Decision {
  const { patient, protocol, course, openFor, sex } = opening;
  if (openFor !== null) {
    return refuse('SESSION_ALREADY_OPEN', `The session of ${openFor} is still open in this room. End it first.`);
  }
  if (patient === null) return refuse('PATIENT_NOT_FOUND', 'This patient is not known in this room. Add the patient first.', 'patientId');
  if (protocol === null) return refuse('PROTOCOL_NOT_FOUND', 'There is no such protocol here. Choose one from the list.', 'protocolId');
  if (course !== null && course.number > course.of) {
    return refuse('SESSION_WRONG_STATE', `Session ${course.number} of ${course.of} cannot be. Check the course.`, 'course');
  }
  return accept({
    kind: 'session-opened',
    body: withoutAbsent({
      patientId: patient.patientId,
      patientName: patient.name,
      birthDate: patient.birthDate,
      recordNumber: patient.recordNumber,
      protocolId: protocol.id,
      protocolVersion: protocol.version,
      course,
      sex: sex ?? undefined,
    }),
  });
}
