import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { Vital } from '../../../shared/contract/room-board.ts';
import { startText } from '../../text/start.ts';

/**
 * The figures that are live now, in one line for the baseline entry: `124/78, pulse 73, SpO₂ 98 %, resp 14`.
 * A late or lost one is left out: a baseline is what was measured, not what was remembered. null: nothing is live.
 */
export function baselineWords(vitals: Readonly<Record<MetricId, Vital>>): string | null {
  const live = (metric: MetricId): number | null => {
    const vital = vitals[metric];
    return vital.state === 'live' ? vital.value : null;
  };
  const [sys, dia] = [live('nibp-sys'), live('nibp-dia')];
  const [pulse, spo2, resp] = [live('pulse-rate') ?? live('heart-rate'), live('spo2'), live('resp-rate')];
  const words = startText.baseline;
  const parts = [
    ...(sys === null || dia === null ? [] : [words.pressure(String(sys), String(dia))]),
    ...(pulse === null ? [] : [words.pulse(String(pulse))]),
    ...(spo2 === null ? [] : [words.spo2(String(spo2))]),
    ...(resp === null ? [] : [words.resp(String(resp))]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
