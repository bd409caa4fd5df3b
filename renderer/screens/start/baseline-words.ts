import { holdEvidenceMsMax } from '../../../shared/clinical/hold-limit.ts';
import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { CuffReading } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { startText } from '../../text/start.ts';
import { newestCuff, ofThisSession } from './session-figures.ts';

type Vitals = Readonly<Record<MetricId, Vital>>;

/**
 * The figures that are live now, in one line for the baseline entry: `124/78, pulse 73, SpO₂ 98 %, resp 14`. A late or
 * lost one is left out, because a baseline is measured at its time. One of before this session was opened is left out
 * as well. null: nothing is live.
 */
export function baselineWords(vitals: Vitals, session: Pick<SessionView, 'openedMs' | 'cuffReadings'>): string | null {
  const live = (metric: MetricId): number | null => {
    const vital = ofThisSession(vitals[metric], session);
    return vital?.state === 'live' ? vital.value : null;
  };
  const cuff = liveCuff(vitals['nibp-sys'], session);
  const [pulse, spo2, resp] = [live('pulse-rate') ?? live('heart-rate'), live('spo2'), live('resp-rate')];
  const words = startText.baseline;
  const parts = [
    ...(cuff === null ? [] : [words.pressure(String(cuff.sys), String(cuff.dia))]),
    ...(pulse === null ? [] : [words.pulse(String(pulse))]),
    ...(spo2 === null ? [] : [words.spo2(String(spo2))]),
    ...(resp === null ? [] : [words.resp(String(resp))]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** As the record has it: without one that was marked as an artefact, where the one before it is no older than a figure may be. */
function liveCuff(systolic: Vital, session: Pick<SessionView, 'openedMs' | 'cuffReadings'>): CuffReading | null {
  const tile = ofThisSession(systolic, session);
  const cuff = newestCuff(session);
  return tile?.state === 'live' && cuff !== null && tile.atMs - cuff.atMs <= holdEvidenceMsMax ? cuff : null;
}
