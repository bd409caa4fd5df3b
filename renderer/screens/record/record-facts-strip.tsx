import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { SessionSection, TrendColumns } from '../../../shared/contract/room-board.ts';
import { showDecimal, showShort } from '../../../shared/values/quantity.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { minuteFrom, minutesAndSeconds } from '../../format/durations.ts';
import { Subscript } from '../../components/subscript.tsx';
import { recordText } from '../../text/record.ts';
import { recordFacts, type RecordFacts } from './record-facts.ts';
import styles from './record-facts.module.css';

export interface RecordFactsStripProps {
  readonly session: SessionSection;
  readonly trend: TrendColumns;
  readonly nowMs: number;
  readonly clock: ClockTime;
}

interface Fact {
  readonly term: string;
  readonly figure: string;
  readonly unit: string;
  readonly under: string;
  readonly series: 'dose' | 'bp' | 'spo2' | 'rating' | 'plain';
}

export function RecordFactsStrip({ session, trend, nowMs, clock }: RecordFactsStripProps) {
  const startMs = session.dose.startedMs;
  const when = (ms: number): string => (startMs === null ? clock.minute(ms) : recordText.facts.at(minuteFrom(startMs, ms)));
  const facts = factsOf(recordFacts(session, trend, nowMs), when);
  return (
    <dl className={styles.facts} aria-label={recordText.facts.heading}>
      {facts.map((fact) => (
        <div key={fact.term} className={styles.fact} data-series={fact.series}>
          <dt>
            <Subscript>{fact.term}</Subscript>
          </dt>
          <dd>
            <strong>{fact.figure}</strong> {fact.unit}
          </dd>
          <dd className={styles.under}>{fact.under}</dd>
        </div>
      ))}
    </dl>
  );
}

const none = '–';

function factsOf(facts: RecordFacts, when: (ms: number) => string): readonly Fact[] {
  return [...doseFacts(facts), ...vitalsFacts(facts, when), ratingFact(facts, when), gapFact(facts)];
}

function doseFacts({ dose }: RecordFacts): Fact[] {
  const words = recordText.facts;
  if (dose === null)
    return [
      { term: words.dose, figure: none, unit: '', under: words.noDose, series: 'dose' },
      { term: words.duration, figure: none, unit: '', under: words.notStarted, series: 'plain' },
    ];
  const left =
    dose.left === null || dose.left.ug < 1
      ? dose.ugPerKg === null
        ? ''
        : words.perKg(showShort(dose.ugPerKg / 1000, 2))
      : words.left(mg(dose.left.ug), mg(dose.left.ul));
  return [
    { term: words.dose, figure: mg(dose.givenUg), unit: words.ofOrdered(mg(dose.orderedUg)), under: left, series: 'dose' },
    {
      term: words.duration,
      figure: minutesAndSeconds(dose.elapsedMs),
      unit: words.durationUnit,
      under: dose.pausedMs === 0 ? words.notPaused : words.paused(minutesAndSeconds(dose.pausedMs)),
      series: 'plain',
    },
  ];
}

function vitalsFacts({ pressure, lowestSpo2 }: RecordFacts, when: (ms: number) => string): Fact[] {
  const words = recordText.facts;
  return [
    pressure === null
      ? { term: words.pressure, figure: none, unit: '', under: words.noPressure, series: 'bp' }
      : {
          term: words.pressure,
          figure: `${pressure.peak.sys}/${pressure.peak.dia}`,
          unit: 'mmHg',
          under: words.pressureAt(when(pressure.peak.atMs), `${pressure.first.sys}/${pressure.first.dia}`),
          series: 'bp',
        },
    lowestSpo2 === null
      ? { term: words.spo2, figure: none, unit: '', under: words.noSpo2, series: 'spo2' }
      : { term: words.spo2, figure: showDecimal(lowestSpo2.value, 0), unit: '%', under: when(lowestSpo2.atMs), series: 'spo2' },
  ];
}

function ratingFact({ peakCadss }: RecordFacts, when: (ms: number) => string): Fact {
  const words = recordText.facts;
  if (peakCadss === null || peakCadss.total === null)
    return { term: words.rating, figure: none, unit: '', under: words.noRating, series: 'rating' };
  const under = `${instruments[peakCadss.instrument].name} · ${when(peakCadss.atMs)}`;
  return { term: words.rating, figure: String(peakCadss.total), unit: `/ ${peakCadss.max}`, under, series: 'rating' };
}

function gapFact({ gaps }: RecordFacts): Fact {
  const words = recordText.facts;
  if (gaps.count === 0) return { term: words.gaps, figure: none, unit: '', under: words.noGaps, series: 'plain' };
  return {
    term: words.gaps,
    figure: minutesAndSeconds(gaps.totalMs),
    unit: words.durationUnit,
    under: words.gapCount(gaps.count),
    series: 'plain',
  };
}

function mg(thousandths: number): string {
  return showShort(thousandths / 1000, 2);
}
