import type { Patient } from '../../../shared/contract/room-contract.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

export type LastVisit = NonNullable<Patient['lastVisit']>;

/**
 * The visit before the session that opened at `openedMs`; null where this is the first one, and undefined where
 * nobody can say: the newest visit known may be this very session, and a weight is never compared with itself.
 */
export function visitBefore(patient: Pick<Patient, 'lastVisit' | 'sessions'> | null, openedMs: UtcMs): LastVisit | null | undefined {
  if (patient === null) return undefined;
  if (patient.lastVisit === null || patient.lastVisit.atMs < openedMs) return patient.lastVisit;
  return patient.sessions > 1 ? undefined : null;
}
