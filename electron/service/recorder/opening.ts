import type { PatientId } from '../../../shared/values/ids.ts';

/** What a session is opened with. */
export interface Opening {
  readonly patientId: PatientId;
  readonly protocolId: string;
  readonly course: { readonly number: number; readonly of: number } | null;
}
