import type { EnteredVital } from '../../../shared/contract/session-view/entries.ts';
import type { TrendColumns, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { lastTrendValue } from '../../../shared/clinical/trend.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { bandOfMetric, type Band } from './value-domains.ts';
import type { VitalLine } from './vital-lines.ts';

interface PlacedEntry {
  readonly entry: EnteredVital;
  readonly band: Band;
}

/** The typed values that have a lane, each with its band. Blood pressure by hand is not among them: it is a cuff reading. */
export function placeEntries(entries: readonly EnteredVital[]): readonly PlacedEntry[] {
  return entries.flatMap((entry) => {
    const band = bandOfMetric[entry.metric];
    return band === null ? [] : [{ entry, band }];
  });
}

/**
 * What stands for a line at an instant at which its monitor gives nothing: the last value typed at or before it.
 * null when nobody typed one, or when the monitor has given a value since: what was typed is then no longer the latest.
 */
export function enteredAt(session: SessionView, trend: TrendColumns | null, line: VitalLine, atMs: UtcMs): EnteredVital | null {
  const typed = placeEntries(session.enteredVitals)
    .filter(({ entry, band }) => band === line.band && entry.atMs <= atMs)
    .reduce<EnteredVital | null>((latest, { entry }) => (latest === null || entry.atMs >= latest.atMs ? entry : latest), null);
  if (typed === null) return null;
  const measured = trend === null ? null : lastTrendValue<TrendMetric>(trend, line.metric, atMs);
  return measured !== null && measured.atMs > typed.atMs ? null : typed;
}
