import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasWords } from '../../../shared/contract/doubt.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { Initials } from '../../components/initials.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { useAct } from '../../components/act/use-act.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { Identifiers } from '../../sheets/checks/identifiers.tsx';
import { startText } from '../../text/start.ts';
import styles from './patient-card.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

/** Who this is, and that two identifiers were heard and read. */
export function PatientCard({ session }: { readonly session: SessionView }) {
  const words = startText.patient;
  const clock = useClockTime();
  const { patient, course } = session;
  const { known, read } = useKnownPatient(patient.recordNumber);
  const [closing, setClosing] = useState(false);
  const facts = [
    ...(course === null ? [] : [words.courseOf(course.number, course.of)]),
    ...(known === null ? [] : [known.lastVisit === null ? words.firstVisit : words.lastVisit(clock.day(known.lastVisit.atMs))]),
  ];
  return (
    <Card heading={words.heading} number={1} aside={words.aside}>
      <div className={styles.patient}>
        <Initials name={patient.name} size="large" />
        <div className={styles.who}>
          <div className={styles.nameRow}>
            <p className={styles.name}>{patient.name}</p>
            {closing || session.dose.startedMs !== null ? null : (
              <button type="button" className={styles.quietButton} onClick={() => setClosing(true)}>
                {startText.closing.open}
              </button>
            )}
          </div>
          <p className={styles.quiet}>{facts.join(' · ')}</p>
        </div>
      </div>
      <ReadFailed of={read} words={words.lastVisitFailed} />
      {closing ? (
        <WhoMay asked={{ type: 'end-session' }}>
          <CloseSession onCancel={() => setClosing(false)} />
        </WhoMay>
      ) : (
        <Identifiers session={session} />
      )}
    </Card>
  );
}

/** The patient as the room knows them, with the last visit before this one and its weight; null where nobody may ask. */
export function useKnownPatient(recordNumber: string) {
  const { client } = useRoom();
  const { person } = useSeat();
  const read = useQuery({
    queryKey: ['patient', person?.personId ?? null, recordNumber],
    queryFn: () => client.patients.find({ query: recordNumber }),
    enabled: person !== null,
    retry: false,
  });
  return { known: read.data?.find((patient) => patient.recordNumber === recordNumber) ?? null, read };
}

/** The way out when the wrong patient was chosen. It stays in the record, with the reason. */
function CloseSession({ onCancel }: { readonly onCancel: () => void }) {
  const words = startText.closing;
  const [reason, setReason] = useState('');
  const act = useAct(hasWords(reason) ? { type: 'end-session', reason: reason.trim() } : null, () => undefined);
  return (
    <div className={styles.closing}>
      <p className={styles.quiet}>{words.words}</p>
      <FieldsOf fitting={act.fitting}>
        <TextField
          label={words.reason}
          value={reason}
          onChange={setReason}
          problem={reasonProblem(reason)}
          maxLength={300}
          autoFocus
          onEnter={act.send}
        />
      </FieldsOf>
      <DoubtsForm act={act} />
      <div className={styles.pair}>
        <Button onPress={onCancel}>{words.cancel}</Button>
        <Button onPress={act.send} isDisabled={!hasWords(reason) || act.waits !== null}>
          {act.waits ?? words.confirm}
        </Button>
      </div>
    </div>
  );
}
