import { useState } from 'react';
import type { RecordFacts } from '../../../shared/contract/record-facts.ts';
import { metricIds, type MetricId } from '../../../shared/clinical/metric.ts';
import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { unconfirmedSentence } from '../../../shared/clinical/unconfirmed.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { Timeline } from '../../components/timeline/timeline.tsx';
import { RecordedWaves } from '../../components/waves/recorded-waves.tsx';
import { useRecord, useRecordHistory } from '../../live/use-record.ts';
import { looksText } from '../../text/looks.ts';
import { recordText } from '../../text/record.ts';
import type { RecordLine } from './entry-list.ts';
import { RecordActions } from './record-actions.tsx';
import { RecordEntries } from './record-entries.tsx';
import { RecordFactsStrip } from './record-facts-strip.tsx';
import { RemsAnswers } from './rems-answers.tsx';
import { useClockTimeAt } from '../../components/use-clock-time.ts';
import { Screen, Waiting } from '../../components/page/screen.tsx';
import styles from './record-screen.module.css';
import { ReadFailed, type ReadFailedProps } from '../../components/act/read-failed.tsx';

interface RecordScreenProps {
  readonly sessionId: SessionId;
  readonly onBack: () => void;
  /** To the screen where it is signed, co-signed and amended. */
  readonly onSign?: () => void;
  /** Opens the sheet that says who looked at this patient's records. */
  readonly onLooks?: () => void;
  /** Opens the sheet that corrects an entry. */
  readonly onCorrect?: (entry: RecordLine) => void;
  /** Opens the sheet that adds what was forgotten. */
  readonly onAdd?: (what: 'add' | 'vitals' | 'artefact') => void;
}

/** A session reopened, running or past: its timeline, what it comes to, and every entry with its marks. */
export function RecordScreen({ sessionId, onBack, onSign, onLooks, onCorrect, onAdd }: RecordScreenProps) {
  const record = useRecord(sessionId);
  if (record.data !== undefined) {
    return (
      <OpenRecord {...record.data} read={record} onBack={onBack} onSign={onSign} onLooks={onLooks} onCorrect={onCorrect} onAdd={onAdd} />
    );
  }
  return (
    <Waiting>
      {record.isError ? (
        <>
          <h1 className={styles.failed}>{recordText.failed}</h1>
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
    </Waiting>
  );
}

interface OpenRecordProps {
  readonly session: SessionView;
  readonly trend: TrendColumns;
  readonly facts: RecordFacts;
  readonly now: Instant;
  readonly read: ReadFailedProps['of'];
  readonly onBack: () => void;
  readonly onSign: (() => void) | undefined;
  readonly onLooks: (() => void) | undefined;
  readonly onCorrect: RecordScreenProps['onCorrect'];
  readonly onAdd: RecordScreenProps['onAdd'];
}

function OpenRecord({ session, trend, facts, now, read, onBack, onSign, onLooks, onCorrect, onAdd }: OpenRecordProps) {
  const past = useRecordHistory(session.sessionId);
  const clock = useClockTimeAt(now.offsetMin);
  const [readMs, setReadMs] = useState<number | null>(null);
  const { patient, protocol, course, signed } = session;
  const unconfirmed = unconfirmedSentence(protocol.unconfirmed);
  const ofCourse = course === null ? [] : [recordText.course(course.number, course.of)];
  return (
    <Screen
      back={recordText.back}
      onBack={onBack}
      title={patient.name}
      ofPatient
      headClass={styles.head}
      facts={
        <>
          <p className={styles.who}>
            <span>{[recordText.born(clock.date(patient.birthDate)), recordText.recordNumber(patient.recordNumber)].join(' · ')}</span>
            <span>{[...ofCourse, protocol.name, recordText.protocolVersion(protocol.version)].join(' · ')}</span>
          </p>
          <p className={styles.when}>
            <strong>{clock.longDay(session.openedMs)}</strong>
            <span>
              {session.endedMs === null
                ? recordText.running
                : recordText.span(clock.minute(session.openedMs), clock.minute(session.endedMs))}
              {' · '}
              {recordText.status(signed.status, signed.version)}
            </span>
          </p>
          <RecordActions sessionId={session.sessionId} />
          {onSign === undefined || session.endedMs === null ? null : (
            <Button onPress={onSign}>{signed.status === 'signed' ? recordText.signatures : recordText.sign}</Button>
          )}
          {onLooks === undefined ? null : <Button onPress={onLooks}>{looksText.title}</Button>}
        </>
      }
    >
      <ReadFailed of={read} words={recordText.notAgain} />
      <RemsAnswers sessionId={session.sessionId} canAnswer={onCorrect !== undefined && signed.status !== 'signed'} />
      {unconfirmed === null ? null : <p className={styles.unconfirmed}>{unconfirmed}</p>}
      <RecordFactsStrip facts={facts} session={session} />
      <div className={styles.body}>
        <section className={styles.timeline} aria-label={recordText.timeline}>
          <div className={styles.plot}>
            <Timeline
              session={session}
              trend={trend}
              vitals={noVitals}
              nowMs={session.endedMs ?? now.utcMs}
              live={false}
              clock={clock}
              onRead={setReadMs}
            />
          </div>
          <RecordedWaves sessionId={session.sessionId} atMs={readMs} second={clock.second} />
        </section>
        <RecordEntries
          session={session}
          past={past.data ?? null}
          pastRead={past}
          clock={clock}
          onCorrect={signed.status === 'signed' ? undefined : onCorrect}
          onAdd={session.endedMs === null || signed.status === 'signed' ? undefined : onAdd}
        />
      </div>
    </Screen>
  );
}

/** A record shows what was recorded, and no live figures. */
const noVitals = Object.fromEntries(metricIds.map((metric) => [metric, { state: 'not-connected' }])) as Record<MetricId, Vital>;
