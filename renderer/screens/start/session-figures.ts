import type { CuffReading } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';

/**
 * A tile mirrors the monitor, which does not know whose arm it is on: a figure of before the session was opened may be
 * that of the patient before, and is none of this one.
 */

type Shown = Extract<Vital, { readonly state: 'live' | 'late' }>;

/** A reading bears the whole second in which it came, and the opening its millisecond. */
const secondMs = 1000;

/** The figure on the tile, where it was measured or typed in this session; null where there is none. */
export function ofThisSession(vital: Vital, { openedMs }: Pick<SessionView, 'openedMs'>): Shown | null {
  if (vital.state !== 'live' && vital.state !== 'late') return null;
  return vital.atMs > openedMs - secondMs ? vital : null;
}

/** The newest pressure of the record that nobody marked as an artefact; null where there is none. */
export function newestCuff({ cuffReadings }: Pick<SessionView, 'cuffReadings'>): CuffReading | null {
  return cuffReadings.findLast(({ artefact }) => artefact !== true) ?? null;
}
