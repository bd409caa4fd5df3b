import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import type { RecordFacts } from '../../../shared/contract/record-facts.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { orderedWords, type OrderedAmounts } from '../../../shared/clinical/ordered-words.ts';
import { showDecimal, showShort } from '../../../shared/values/quantity.ts';
import { signedMinutes } from '../../../shared/values/minutes.ts';
import { recordText } from '../../text/record.ts';

/** One figure of the strip over a record, as it is written. */
export interface Fact {
  readonly term: string;
  readonly figure: string;
  readonly unit: string;
  readonly under: string;
  readonly series: 'dose' | 'bp' | 'spo2' | 'rating' | 'plain';
}

type Route = SessionView['dosing']['protocol']['route'];
type Figure = RecordFacts[keyof RecordFacts];

const words = recordText.facts;
const noFigure = '–';

/** What the service worked out, in words, by the route of the dose; what is absent says why. */
export function factsOf(facts: RecordFacts, route: Route, ordered: OrderedAmounts | null): readonly Fact[] {
  return [
    doseFact(facts, ordered),
    route === 'iv' ? infusionFact(facts) : administrationsFact(facts, route),
    pressureFact(facts),
    spo2Fact(facts),
    ratingFact(facts),
    vitalsFact(facts),
  ];
}

function doseFact({ delivered, left, gifts, 'delivered-per-kg': perKg }: RecordFacts, ordered: OrderedAmounts | null): Fact {
  const base = { term: words.dose, series: 'dose' } as const;
  if (delivered.value === null) return { ...base, figure: noFigure, unit: '', under: delivered.absent };
  const under =
    left.value !== null && left.value > 0
      ? words.left(showShort(left.value, 2))
      : perKg.value === null
        ? ''
        : words.perKg(showShort(perKg.value, 3));
  const figure = showShort(delivered.value, gifts.value === null ? 2 : 3);
  if (ordered === null) return { ...base, figure, unit: words.mg, under };
  // Two injections are ordered one after the other: nothing is said to be part of their sum.
  const isTwo = (ordered.second ?? null) !== null;
  const unit = isTwo ? words.mg : words.ofOrdered(orderedWords(ordered));
  return {
    ...base,
    figure,
    unit,
    under: isTwo ? [words.orderedBoth(orderedWords(ordered)), under].filter((part) => part !== '').join(' · ') : under,
  };
}

function infusionFact({ 'infusion-elapsed': elapsed, 'infusion-paused': paused, 'infusion-empty': empty }: RecordFacts): Fact {
  const base = { term: words.duration, series: 'plain' } as const;
  if (elapsed.value === null) return { ...base, figure: noFigure, unit: '', under: elapsed.absent };
  const under = paused.value === null || paused.value === 0 ? words.notPaused : words.paused(span(paused.value));
  const ranEmpty = empty.value ? [words.bagEmpty(span(empty.value))] : [];
  return { ...base, figure: span(elapsed.value), unit: words.durationUnit, under: [under, ...ranEmpty].join(' · ') };
}

function administrationsFact({ gifts }: RecordFacts, route: Exclude<Route, 'iv'>): Fact {
  const base = { term: words.administrations[route], series: 'plain' } as const;
  if (gifts.value === null) return { ...base, figure: noFigure, unit: '', under: gifts.absent };
  return { ...base, figure: String(gifts.value), unit: '', under: gifts.value === 1 ? '' : words.lastAt(when(gifts)) };
}

function pressureFact(facts: RecordFacts): Fact {
  const base = { term: words.pressure, series: 'bp' } as const;
  const [sys, dia] = [facts['peak-sys'], facts['peak-dia']];
  if (sys.value === null) return { ...base, figure: noFigure, unit: '', under: sys.absent };
  const [baseSys, baseDia] = [facts['baseline-sys'].value, facts['baseline-dia'].value];
  const baseline = baseSys === null || baseDia === null ? words.noBaseline : words.baseline(`${baseSys}/${baseDia}`);
  // Each is the highest of its own: they need not be of one reading.
  const diaWhen = dia.value === null || when(dia) === when(sys) ? '' : words.diaAt(when(dia));
  return {
    ...base,
    figure: `${sys.value}/${dia.value ?? noFigure}`,
    unit: 'mmHg',
    under: [when(sys), diaWhen, baseline].filter((part) => part !== '').join(' · '),
  };
}

function spo2Fact({ 'lowest-spo2': spo2 }: RecordFacts): Fact {
  const base = { term: words.spo2, series: 'spo2' } as const;
  if (spo2.value === null) return { ...base, figure: noFigure, unit: '', under: spo2.absent };
  return { ...base, figure: showDecimal(spo2.value, 0), unit: '%', under: when(spo2) };
}

function ratingFact({ 'cadss-peak': peak }: RecordFacts): Fact {
  const base = { term: words.rating, series: 'rating' } as const;
  if (peak.value === null) return { ...base, figure: noFigure, unit: '', under: peak.absent };
  return { ...base, figure: String(peak.value), unit: peak.unit, under: when(peak) };
}

/** Counted by the protocol's schedule: a monitor that nobody connected leaves no gap, and no vitals either. */
function vitalsFact({ 'vitals-kept': kept, 'without-data': without }: RecordFacts): Fact {
  const base = { term: words.vitals, series: 'plain' } as const;
  const gap = without.value === null ? without.absent : without.value === 0 ? words.noGaps : words.gaps(span(without.value));
  if (kept.value === null) return { ...base, figure: noFigure, unit: '', under: [kept.absent, gap].join(' · ') };
  return { ...base, figure: String(kept.value), unit: `${kept.unit} ${words.due}`, under: gap };
}

function when(figure: Figure): string {
  return figure.value === null || figure.at === null || figure.at.minute === null ? '' : words.at(signedMinutes(figure.at.minute));
}

function span(minutes: number): string {
  return minutesAndSeconds(Math.round(minutes * 60) * 1000);
}
