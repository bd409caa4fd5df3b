import type { TrendColumns, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { trendRange } from '../../../shared/clinical/trend.ts';
import type { Band } from './value-domains.ts';

/** A line of the chart: which metric it draws, in which band. */
export interface VitalLine {
  readonly metric: TrendMetric;
  readonly band: Exclude<Band, 'bp'>;
}

/**
 * The bands in the order of the tiles. Pulse and heart rate are different series: the heart rate takes the band
 * only where no monitor ever gave a pulse (one that was typed must not take the line away). CO2 has a band when it is connected or was.
 */
export function vitalLines(vitals: RoomBoard['vitals'], trend: TrendColumns | null): readonly VitalLine[] {
  const has = (metric: TrendMetric): boolean => isFromMonitor(vitals[metric]) || (trend !== null && trendRange(trend, metric) !== null);
  const pulse: VitalLine = { metric: !has('pulse-rate') && has('heart-rate') ? 'heart-rate' : 'pulse-rate', band: 'pulse' };
  const always: VitalLine[] = [pulse, { metric: 'spo2', band: 'spo2' }, { metric: 'resp-rate', band: 'resp' }];
  return has('etco2') ? [...always, { metric: 'etco2', band: 'co2' }] : always;
}

function isFromMonitor(vital: Vital | undefined): boolean {
  if (vital === undefined || vital.state === 'not-connected' || vital.state === 'covered') return false;
  return vital.state === 'lost' || vital.source.by === 'monitor';
}

export function bandsOf(lines: readonly VitalLine[]): readonly Band[] {
  const drawn = new Set<Band>([...lines.map((line) => line.band), 'bp']);
  return (['pulse', 'spo2', 'bp', 'resp', 'co2'] as const).filter((band) => drawn.has(band));
}
