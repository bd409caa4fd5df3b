import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import { showDecimal } from '../../../shared/values/quantity.ts';
import { Card } from '../../components/card.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { agoWords } from '../../format/durations.ts';
import { useBoard, useRoom, useServiceNow } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { homeText } from '../../text/home.ts';
import { monitorsText } from '../../text/monitors.ts';
import { clockWords, discardedWords, parameterRow, senderWords, unreadWords } from './line-words.ts';
import { MonitorActions } from './monitor-actions.tsx';
import { MonitorCapture } from './monitor-capture.tsx';
import { RawBytes } from './raw-bytes.tsx';
import styles from './monitors-screen.module.css';

const everyMs = 1000;
const words = monitorsText.facts;

interface MonitorPanelProps {
  readonly monitor: MonitorStatus;
  /** The person may change monitors here. */
  readonly mayChange: boolean;
  readonly onRemoved: (name: string) => void;
}

/** One monitor: how its line is, what it gives, and the bytes themselves. */
export function MonitorPanel({ monitor, mayChange, onRemoved }: MonitorPanelProps) {
  const { client } = useRoom();
  const { person } = useSeat();
  const demo = useBoard((board) => board.room.demo);
  const clock = useClockTime();
  const { monitorId } = monitor;
  const detail = useQuery({
    queryKey: ['monitor-detail', monitorId, person?.personId ?? null],
    queryFn: () => client.setup.monitorDetail({ monitorId }),
    enabled: person !== null || demo,
    refetchInterval: everyMs,
    retry: false,
  });
  // Bytes are read again only when asked for, so that they stand still while somebody reads them.
  const [held, setHeld] = useState<MonitorDetail['recent'] | null>(null);
  const known = detail.data ?? null;
  if (held === null && known !== null && known.recent.bytes.length > 0) setHeld(known.recent);
  return (
    <Card heading={monitor.name} aside={monitorsText.since(homeText.linkState[monitor.state], clock.second(monitor.sinceMs))}>
      {monitor.advice === null ? null : <p className={styles.advice}>{monitor.advice}</p>}
      <div className={styles.tags}>
        <span>{known === null ? monitor.protocol : `${known.vendor} · ${known.models.join(', ')}`}</span>
        {monitor.simulated ? <Tag kind="demo">{monitorsText.simulated}</Tag> : null}
        {known?.description.endsWith('Not validated on hardware.') === true ? <Tag>{monitorsText.notValidated}</Tag> : null}
      </div>
      <Facts monitor={monitor} detail={known} />
      {known === null ? (
        <p className={styles.quiet}>{person === null && !demo ? monitorsText.signInForMore : ''}</p>
      ) : (
        <div className={styles.halves}>
          <Parameters detail={known} />
          <RawBytes name={monitor.name} recent={held ?? known.recent} onRefresh={() => setHeld(known.recent)} />
        </div>
      )}
      {known === null ? null : <Senders detail={known} />}
      {known === null ? null : <Unmapped detail={known} />}
      {detail.isError ? <RefusalNote words={monitorsText.detailFailed} /> : null}
      <MonitorCapture monitor={monitor} mayChange={mayChange} />
      {mayChange && known !== null ? <MonitorActions monitor={monitor} detail={known} onRemoved={onRemoved} /> : null}
    </Card>
  );
}

function Facts({ monitor, detail }: { readonly monitor: MonitorStatus; readonly detail: MonitorDetail | null }) {
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const rates = detail ?? { bytesPerSecond: 0, framesPerSecond: monitor.framesPerSecond };
  const facts: readonly (readonly [string, string])[] = [
    [words.port, monitor.port],
    [words.settings, detail?.settings ?? '–'],
    [words.adapter, detail === null ? '–' : (detail.stableId ?? words.noAdapter)],
    [words.driver, monitor.protocol],
    [words.rate, words.rateOf(detail === null ? '–' : showDecimal(rates.bytesPerSecond, 0), showDecimal(rates.framesPerSecond, 1))],
    [words.last, monitor.lastByteMs === null ? words.never : agoWords(nowMs - monitor.lastByteMs)],
    [words.discarded, detail === null ? String(monitor.discardedBytes) : discardedWords(detail.discarded)],
    [words.unread, detail === null ? '–' : unreadWords(detail.unread)],
    [words.clock, detail === null ? '–' : clockWords(detail.deviceClock, clock.second)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Senders({ detail }: { readonly detail: MonitorDetail }) {
  const clock = useClockTime();
  const { senders: text } = monitorsText;
  if (detail.senders === null || detail.senders.length === 0) return null;
  return (
    <section className={styles.parameters}>
      <h3>{text.heading}</h3>
      <table>
        <thead>
          <tr>
            {[text.address, text.state, text.connections, text.bytes, text.since].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {detail.senders.map((sender) => (
            <tr key={sender.address} data-stale={!sender.isConnected}>
              <th scope="row">{sender.address}</th>
              <td>{senderWords(sender)}</td>
              <td>{sender.connections}</td>
              <td>{sender.bytes}</td>
              <td>{clock.second(sender.sinceMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Unmapped({ detail }: { readonly detail: MonitorDetail }) {
  const { unmapped } = monitorsText;
  if (detail.unmapped.length === 0) return null;
  return (
    <section className={styles.parameters}>
      <h3>{unmapped.heading}</h3>
      <p className={styles.quiet}>{detail.mapsCodes ? unmapped.words : unmapped.fixed}</p>
      <ul className={styles.quiet}>
        {detail.unmapped.map(({ code, value, unit }) => (
          <li key={code}>{value === null ? unmapped.noValue(code) : unmapped.value(code, String(value), unit)}</li>
        ))}
      </ul>
    </section>
  );
}

function Parameters({ detail }: { readonly detail: MonitorDetail }) {
  const nowMs = useServiceNow();
  const temperature = useBoard((board) => board.room.formats.temperature);
  return (
    <section className={styles.parameters}>
      <h3>{monitorsText.parameters}</h3>
      <table>
        <thead>
          <tr>
            {[monitorsText.parameter, monitorsText.value, monitorsText.state, monitorsText.age].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {detail.parameters.map(({ metric, vital }) => {
            const row = parameterRow(metric, vital, nowMs, temperature);
            return (
              <tr key={metric} data-stale={row.isStale}>
                <th scope="row">{row.name}</th>
                <td>{row.value}</td>
                <td>{row.state}</td>
                <td>{row.age}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
