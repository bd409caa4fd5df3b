import type { Stock } from '../../../../shared/clinical/controlled-drug.ts';
import type { SignedState } from '../../../../shared/contract/signing.ts';
import type { PatientId, SessionId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { doseAccount, type DrugAccount } from '../state/controlled-drug-state.ts';
import type { SessionState } from '../state/session-state.ts';
import { signedState } from './signed-state.ts';

/**
 * What lists over many sessions need of one: who was treated, when, by what, and what became of the drug. It follows
 * from the session's events alone and is small enough to be kept of thousands.
 */
export interface SessionFacts {
  readonly sessionId: SessionId;
  readonly patientId: PatientId;
  readonly patientName: string;
  readonly birthDate: string;
  readonly recordNumber: string;
  readonly protocolId: string;
  readonly protocolVersion: number;
  readonly course: SessionState['opened']['course'];
  readonly openedMs: UtcMs;
  readonly startedMs: UtcMs | null;
  readonly endedMs: UtcMs | null;
  readonly signed: SignedState;
  readonly weightGrams: number | null;
  /** What the dose gave, once it is over, of a stock that was drawn for it. Whole micrograms. */
  readonly given: { readonly stock: Stock; readonly ug: number; readonly atMs: UtcMs } | null;
  /** Of a session that is over: drug neither given nor wasted, or more of it than was drawn. */
  readonly unaccounted: Pick<DrugAccount, 'drawnUg' | 'givenUg' | 'wastedUg' | 'openUg'> | null;
}

export function sessionFacts(state: SessionState): SessionFacts {
  const { opened, dose, ended, weight } = state;
  const { patientId, patientName, birthDate, recordNumber, protocolId, protocolVersion, course } = opened;
  return {
    sessionId: state.sessionId,
    patientId,
    patientName,
    birthDate,
    recordNumber,
    protocolId,
    protocolVersion,
    course,
    openedMs: state.openedMs,
    startedMs: dose.startedMs,
    endedMs: ended?.atMs ?? null,
    signed: signedState(state),
    weightGrams: weight?.grams ?? null,
    given: givenOf(state),
    unaccounted: unaccountedOf(state),
  };
}

function givenOf({ controlledDrugs, dose }: SessionState): SessionFacts['given'] {
  const stock = controlledDrugs.drawn.find((entry) => entry.forDose)?.stock;
  if (stock === undefined || dose.endedMs === null) return null;
  return { stock, ug: doseAccount(controlledDrugs, dose, dose.endedMs).givenUg, atMs: dose.endedMs };
}

function unaccountedOf({ controlledDrugs, dose, ended }: SessionState): SessionFacts['unaccounted'] {
  if (ended === null) return null;
  const { drawnUg, givenUg, wastedUg, openUg } = doseAccount(controlledDrugs, dose, dose.endedMs ?? ended.atMs);
  return drawnUg === 0 || openUg === 0 ? null : { drawnUg, givenUg, wastedUg, openUg };
}
