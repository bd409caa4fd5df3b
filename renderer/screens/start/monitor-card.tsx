import type { MetricId } from '../../../shared/clinical/metric.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { showDecimal } from '../../../shared/values/quantity.ts';
import { Card } from '../../components/card.tsx';
import { agoWords } from '../../format/durations.ts';
import { Subscript } from '../../components/subscript.tsx';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { startText } from '../../text/start.ts';
import { homeText } from '../../text/home.ts';
import styles from './monitor-card.module.css';

/** The live figures, to be compared with the bedside before anything starts. */
export function MonitorCard() {
  const words = startText.monitor;
  const monitors = useBoard((board) => board.monitors);
  const vitals = useBoard((board) => board.vitals);
  const nowMs = useServiceNow();
  // The first monitor that needs attention, or else the first.
  const first = monitors.find((monitor) => monitor.advice !== null) ?? monitors[0];
  const aside =
    first === undefined
      ? ''
      : first.state === 'live'
        ? words.live(first.port, showDecimal(first.framesPerSecond, 1))
        : `${homeText.linkState[first.state]} · ${first.port}`;
  const missing = missingNames(vitals);
  return (
    <Card heading={words.heading} number={6} aside={aside}>
      {first === undefined ? (
        <p className={styles.note}>{words.none}</p>
      ) : (
        <>
          <div className={styles.figures}>
            <Figure name={words.pulse} series="pulse" vital={vitals['pulse-rate']} nowMs={nowMs} />
            <Figure name={words.spo2} series="spo2" vital={vitals.spo2} nowMs={nowMs} />
            <Pressure sys={vitals['nibp-sys']} dia={vitals['nibp-dia']} nowMs={nowMs} />
            <Figure name={words.resp} series="resp" vital={vitals['resp-rate']} nowMs={nowMs} />
          </div>
          <p className={styles.note} data-waits={first.advice !== null}>
            <Subscript>{first.advice ?? [words.match, ...(missing === '' ? [] : [words.notConnected(missing)])].join(' ')}</Subscript>
          </p>
        </>
      )}
    </Card>
  );
}

function missingNames(vitals: Readonly<Record<MetricId, Vital>>): string {
  const words = startText.monitor;
  const named: readonly (readonly [MetricId, string])[] = [
    ['pulse-rate', words.pulse],
    ['nibp-sys', words.pressure],
    ['resp-rate', words.resp],
    ['etco2', 'CO₂'],
  ];
  return named.flatMap(([metric, name]) => (vitals[metric].state === 'not-connected' ? [name] : [])).join(', ');
}

interface FigureProps {
  readonly name: string;
  readonly series: 'pulse' | 'spo2' | 'resp';
  readonly vital: Vital;
  readonly nowMs: number;
}

function Figure({ name, series, vital, nowMs }: FigureProps) {
  return (
    <div className={styles.figure} data-series={series} data-state={vital.state}>
      <span className={styles.name}>
        <Subscript>{name}</Subscript>
      </span>
      <span className={styles.value}>{vital.state === 'live' || vital.state === 'late' ? showDecimal(vital.value, 0) : '– –'}</span>
      <span className={styles.age}>{ageOf(vital, nowMs)}</span>
    </div>
  );
}

function Pressure({ sys, dia, nowMs }: { readonly sys: Vital; readonly dia: Vital; readonly nowMs: number }) {
  const known = (sys.state === 'live' || sys.state === 'late') && (dia.state === 'live' || dia.state === 'late');
  return (
    <div className={styles.figure} data-series="bp" data-state={sys.state}>
      <span className={styles.name}>{startText.monitor.pressureUnit}</span>
      <span className={styles.value} data-pair="true">
        {known ? `${showDecimal(sys.value, 0)}/${showDecimal(dia.value, 0)}` : '– –'}
      </span>
      <span className={styles.age}>{ageOf(sys, nowMs)}</span>
    </div>
  );
}

function ageOf(vital: Vital, nowMs: number): string {
  if (vital.state === 'live' || vital.state === 'late') return agoWords(nowMs - vital.atMs);
  return vital.state === 'lost' ? startText.monitor.noValue : startText.monitor.missing;
}
