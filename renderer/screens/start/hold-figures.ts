import {
  figureWithUnit,
  holdEvidenceMsMax,
  holdVerdict,
  limitWords,
  type HoldLimit,
  type HoldVerdict,
} from '../../../shared/clinical/hold-limit.ts';
import type { LimitParameter } from '../../../shared/clinical/protocol-limits.ts';
import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { agoWords } from '../../format/durations.ts';
import type { TemperatureUnit } from '../../../shared/values/quantity.ts';
import { startText } from '../../text/start.ts';
import { newestCuff, ofThisSession } from './session-figures.ts';

/** One line of the go/no-go: the protocol's limit, and what there is to hold against it. */
interface HoldRow {
  readonly parameter: LimitParameter;
  readonly label: string;
  /** With its unit, or that there is none. */
  readonly value: string;
  /** How old, and by whom where a person typed or rated it; empty where there is no figure. */
  readonly source: string;
  readonly limits: string;
  readonly verdict: HoldVerdict;
}

const words = startText.goNoGo;

/** When it is read, and how its clinic writes a temperature. */
interface Reader {
  readonly nowMs: number;
  readonly temperature: TemperatureUnit;
}

interface Latest {
  readonly value: number;
  readonly atMs: number;
  readonly by: string | null;
}

/**
 * The latest figure of each parameter that holds the dose, as it stands on this page. What counts is decided where it is
 * recorded; this is what whoever answers has in front of them.
 */
export function holdRows(
  session: SessionView,
  vitals: Readonly<Record<MetricId, Vital>>,
  { nowMs, temperature }: Reader,
): readonly HoldRow[] {
  return session.dosing.holdLimits.map((limit) => rowOf(limit, latestOf(limit.parameter, session, vitals), { nowMs, temperature }));
}

function rowOf(limit: HoldLimit, latest: Latest | null, { nowMs, temperature }: Reader): HoldRow {
  const { parameter, label } = limit;
  const isNew = latest !== null && nowMs - latest.atMs <= holdEvidenceMsMax;
  const verdict = holdVerdict(limit, isNew ? latest.value : null);
  const base = { parameter, label, limits: limitWords(limit, temperature), verdict };
  if (latest === null) return { ...base, value: words.none, source: '' };
  const value = figureWithUnit(limit, latest.value, temperature);
  const age = agoWords(nowMs - latest.atMs);
  return { ...base, value: isNew ? value : words.old(value), source: latest.by === null ? age : `${age}, ${latest.by}` };
}

const rated: readonly LimitParameter[] = ['moaa-s', 'suds', 'rass'];

function latestOf(parameter: LimitParameter, session: SessionView, vitals: Readonly<Record<MetricId, Vital>>): Latest | null {
  if (rated.includes(parameter)) {
    const rating = session.ratings.findLast(
      ({ instrument, state, total }) => instrument === parameter && state === 'finished' && total !== null,
    );
    return rating === undefined || rating.total === null ? null : { value: rating.total, atMs: rating.atMs, by: rating.by };
  }
  if (parameter === 'nibp-sys' || parameter === 'nibp-dia') return latestPressure(parameter, session);
  const vital = ofThisSession(vitals[parameter as MetricId], session);
  if (vital === null) return null;
  return { value: vital.value, atMs: vital.atMs, by: vital.source.by === 'person' ? vital.source.name : null };
}

/** From the record and not from the tile: a pressure that somebody marked as an artefact is none to start by. */
function latestPressure(parameter: 'nibp-sys' | 'nibp-dia', session: SessionView): Latest | null {
  const cuff = newestCuff(session);
  if (cuff === null) return null;
  const typed = cuff.byHand
    ? session.typedVitals.findLast(({ values, atMs }) => values[parameter] !== undefined && atMs === cuff.atMs)
    : undefined;
  return { value: parameter === 'nibp-sys' ? cuff.sys : cuff.dia, atMs: cuff.atMs, by: typed?.by ?? null };
}
