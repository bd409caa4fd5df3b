import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { metricIds, type MetricId } from '../../../shared/clinical/metric.ts';
import type { SessionSection, TrendColumns, Vital } from '../../../shared/contract/room-board.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { Button } from '../../components/button.tsx';
import { clockTimeAt, writtenDate } from '../../format/clock-time.ts';
import { Initials } from '../../components/initials.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { wordsOfFailure } from '../../components/refusal-of.ts';
import { Timeline } from '../../components/timeline/timeline.tsx';
import { RecordedWaves } from '../../components/waves/recorded-waves.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { recordText } from '../../text/record.ts';
import { RecordActions } from './record-actions.tsx';
import { RecordEntries } from './record-entries.tsx';
import { RecordFactsStrip } from './record-facts-strip.tsx';
import { RemsAnswers } from './rems-answers.tsx';
import styles from './record-screen.module.css';

export interface RecordScreenProps {
  readonly sessionId: SessionId;
  readonly onBack: () => void;
  /** To the screen where it is signed, co-signed and amended. */
  readonly onSign?: () => void;
}

/** A session reopened, running or past: its timeline, what it comes to, and every entry with its marks. */
export function RecordScreen({ sessionId, onBack, onSign }: RecordScreenProps) {
  const { client } = useRoom();
  const record = useQuery({
    queryKey: ['record', sessionId],
    queryFn: () => client.session.record({ sessionId }),
    retry: false,
    gcTime: 0,
  });
  return (
    <div className={styles.screen}>
      {record.isSuccess ? (
        <OpenRecord session={record.data.session} trend={record.data.trend} now={record.data.now} onBack={onBack} onSign={onSign} />
      ) : (
        <div className={styles.waiting}>
          {record.isError ? (
            <>
              <h1 className={styles.name}>{recordText.failed}</h1>
              <RefusalNote words={wordsOfFailure(record.error)} />
              <div className={styles.waitingButtons}>
                <Button onPress={onBack}>{recordText.back}</Button>
                <Button kind="primary" onPress={() => void record.refetch()}>
                  {recordText.again}
                </Button>
              </div>
            </>
          ) : (
            <>
              <p role="status">{recordText.loading}</p>
              <Button onPress={onBack}>{recordText.back}</Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

interface OpenRecordProps {
  readonly session: SessionSection;
  readonly trend: TrendColumns;
  readonly now: Instant;
  readonly onBack: () => void;
  readonly onSign: (() => void) | undefined;
}

function OpenRecord({ session, trend, now, onBack, onSign }: OpenRecordProps) {
  const clock = useMemo(() => clockTimeAt(now.offsetMin), [now.offsetMin]);
  const [readMs, setReadMs] = useState<number | null>(null);
  const { patient, protocol, course } = session;
  const facts = [
    recordText.recordNumber(patient.recordNumber),
    ...(course === null ? [] : [recordText.course(course.number, course.of)]),
    `${protocol.name} · ${recordText.protocolVersion(protocol.version)}`,
  ];
  return (
    <>
      <header className={styles.head}>
        <Button onPress={onBack}>{recordText.back}</Button>
        <Initials name={patient.name} />
        <h1 className={styles.name}>{patient.name}</h1>
        <p className={styles.born}>{recordText.born(writtenDate(patient.birthDate))}</p>
        <p className={styles.who}>{facts.join(' · ')}</p>
        <p className={styles.when}>
          <strong>{clock.longDay(session.openedMs)}</strong>
          <span>
            {session.endedMs === null ? recordText.running : recordText.span(clock.minute(session.openedMs), clock.minute(session.endedMs))}
          </span>
        </p>
        {onSign === undefined || session.endedMs === null ? null : (
          <Button onPress={onSign}>{session.signed.standing === 'signed' ? recordText.signatures : recordText.sign}</Button>
        )}
      </header>
      <RecordActions sessionId={session.sessionId} />
      <RemsAnswers sessionId={session.sessionId} />
      <RecordFactsStrip session={session} trend={trend} nowMs={now.utcMs} clock={clock} />
      <div className={styles.body}>
        <section className={styles.timeline} aria-label={recordText.timeline}>
          <div className={styles.plot}>
            <Timeline
              session={session}
              trend={trend}
              vitals={noVitals}
              nowMs={session.endedMs ?? now.utcMs}
              live={false}
              offsetMin={now.offsetMin}
              onRead={setReadMs}
            />
          </div>
          <RecordedWaves sessionId={session.sessionId} atMs={readMs} second={clock.second} />
        </section>
        <RecordEntries session={session} clock={clock} />
      </div>
    </>
  );
}

/** A record has no figures of now. */
const noVitals = Object.fromEntries(metricIds.map((metric) => [metric, { state: 'not-connected' }])) as Record<MetricId, Vital>;
