import { useState } from 'react';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { Segmented } from '../../components/fields/segmented.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useRoom } from '../../live/room-context.tsx';
import { monitorsText } from '../../text/monitors.ts';
import { captureFacts } from './capture-words.ts';
import styles from './monitors-screen.module.css';

const words = monitorsText.capture;

interface MonitorCaptureProps {
  readonly monitor: MonitorStatus;
  /** The person may switch it here; what it has come to is said to all. */
  readonly mayChange: boolean;
}

/** The capture of a monitor's bytes: its switch, and what it has come to since the service started. */
export function MonitorCapture({ monitor, mayChange }: MonitorCaptureProps) {
  const { client } = useRoom();
  const clock = useClockTime();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { monitorId, name, capture } = monitor;
  if (!mayChange && capture === undefined) return null;
  const turn = (on: boolean): void => {
    setRefusal(null);
    client.setup.capture({ monitorId, on }).catch((error: unknown) => setRefusal(wordsOfFailure(error)));
  };
  return (
    <div className={styles.capture}>
      {mayChange ? (
        <div className={styles.listen}>
          <Segmented
            label={words.label(name)}
            value={capture?.state === 'on' ? 'on' : 'off'}
            onChange={(value) => turn(value === 'on')}
            options={[
              { value: 'off', label: words.off },
              { value: 'on', label: words.on },
            ]}
          />
          <p className={styles.quiet}>{words.words}</p>
        </div>
      ) : null}
      {capture === undefined ? null : (
        <dl className={styles.facts}>
          {captureFacts(capture, clock).map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {refusal === null ? null : <RefusalNote words={refusal} />}
    </div>
  );
}
