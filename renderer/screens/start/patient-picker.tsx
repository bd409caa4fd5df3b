import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Patient } from '../../../shared/contract/room-contract.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Initials } from '../../components/initials.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { useWhoMay } from '../../live/use-who-may.ts';
import { startText } from '../../text/start.ts';
import { NewPatient } from './new-patient.tsx';
import styles from './patient-card.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

interface PatientPickerProps {
  readonly chosen: Patient | null;
  readonly onChoose: (patient: Patient | null) => void;
}

/** Find or add a patient. Nothing is recorded before the session is opened for somebody. */
export function PatientPicker({ chosen, onChoose }: PatientPickerProps) {
  const words = startText.patient;
  const [adding, setAdding] = useState<string | null>(null);
  return (
    <Card heading={words.heading} number={1} aside={words.aside}>
      {chosen !== null ? (
        <ChosenPatient patient={chosen} onChange={() => onChoose(null)} />
      ) : adding !== null ? (
        <NewPatient
          name={adding}
          onBack={() => setAdding(null)}
          onAdded={(patient) => {
            setAdding(null);
            onChoose(patient);
          }}
        />
      ) : (
        <FindPatient onChoose={onChoose} onAdd={setAdding} />
      )}
    </Card>
  );
}

function ChosenPatient({ patient, onChange }: { readonly patient: Patient; readonly onChange: () => void }) {
  const words = startText.patient;
  const clock = useClockTime();
  return (
    <>
      <div className={styles.patient}>
        <Initials name={patient.name} size="large" />
        <div>
          <p className={styles.name}>{patient.name}</p>
          <p className={styles.quiet}>
            {words.born} {clock.date(patient.birthDate)} · {words.recordNo} {patient.recordNumber}
          </p>
          <p className={styles.quiet}>
            {patient.lastVisit === null ? words.firstVisit : words.lastVisit(clock.day(patient.lastVisit.atMs))}
          </p>
        </div>
      </div>
      <div className={styles.change}>
        <Button onPress={onChange}>{words.change}</Button>
      </div>
    </>
  );
}

function FindPatient({ onChoose, onAdd }: { readonly onChoose: (patient: Patient) => void; readonly onAdd: (name: string) => void }) {
  const words = startText.patient;
  const clock = useClockTime();
  const { client } = useRoom();
  const { person } = useSeat();
  const isSomebodys = useWhoMay();
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['patients', person?.personId ?? null, query],
    queryFn: () => client.patients.find({ query }),
    enabled: person !== null,
    placeholderData: (before) => before,
    retry: false,
  });
  // What was found for somebody who has signed out since is not shown to whoever stands here now.
  const patients = person === null ? [] : (found.data ?? []);
  const add = (): void => {
    if (isSomebodys({ task: 'add-patient' })) onAdd(patients.length === 0 ? typed.trim() : '');
  };
  return (
    <div className={styles.find}>
      <TextField label={words.find} value={typed} onChange={setTyped} maxLength={120} autoFocus />
      {person === null ? null : <ReadFailed of={found} />}
      <ul className={styles.found} aria-label={words.heading}>
        {patients.map((patient) => (
          <li key={patient.patientId}>
            <button type="button" className={styles.choice} onClick={() => onChoose(patient)}>
              <Initials name={patient.name} />
              <span>
                <strong>{patient.name}</strong>
                <span>
                  {words.born} {clock.date(patient.birthDate)} · {patient.recordNumber}
                </span>
              </span>
            </button>
          </li>
        ))}
        {person === null ? <li className={styles.quiet}>{words.signInToFind}</li> : null}
        {found.isLoading ? <li className={styles.quiet}>{words.searching}</li> : null}
        {person !== null && found.isSuccess && patients.length === 0 ? (
          <li className={styles.none}>
            <strong>{query === '' ? words.noPatients : words.none}</strong>
            <span>{words.noneWords}</span>
          </li>
        ) : null}
      </ul>
      <Button isDisabled={person === null} onPress={add}>
        {patients.length === 0 && query !== '' && !/\d/.test(query) ? words.addNamed(query) : words.add}
      </Button>
    </div>
  );
}
