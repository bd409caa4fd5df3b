import type { PersonId } from '../../../../shared/values/ids.ts';
import type { SessionState } from '../state/session-state.ts';

/** Whoever took over last; before any handover whoever opened the session. null where the service opened it. */
export function personInCharge({ log, discharge }: SessionState): PersonId | null {
  const opener = log.find((event) => event.kind === 'session-opened')?.actor ?? 'service';
  return discharge.handovers.at(-1)?.to.personId ?? (opener === 'service' ? null : opener.personId);
}
