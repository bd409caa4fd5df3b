import { useState } from 'react';
import type { Patient } from '../../../shared/contract/room-contract.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { wordsOfFailure } from '../../components/refusal-of.ts';
import { TextField } from '../../components/text-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { startText } from '../../text/start.ts';
import styles from './patient-card.module.css';

export interface NewPatientProps {
  readonly name: string;
  readonly onBack: () => void;
  readonly onAdded: (patient: Patient) => void;
}

export function NewPatient({ name: nameTyped, onBack, onAdded }: NewPatientProps) {
  const words = startText.patient;
  const { client } = useRoom();
  const [name, setName] = useState(nameTyped);
  const [birthDate, setBirthDate] = useState('');
  const [recordNumber, setRecordNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const complete = name.trim() !== '' && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) && recordNumber.trim() !== '';
  const save = (): void => {
    if (!complete || busy) return;
    setBusy(true);
    setFailure(null);
    client.patients
      .add({ commandId: crypto.randomUUID(), name: name.trim(), birthDate, recordNumber: recordNumber.trim() })
      .then(onAdded, (error: unknown) => setFailure(wordsOfFailure(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField label={words.name} value={name} onChange={setName} maxLength={120} autoFocus />
      <div className={styles.pair}>
        <TextField label={words.birthDate} value={birthDate} onChange={setBirthDate} type="date" />
        <TextField label={words.recordNumber} value={recordNumber} onChange={setRecordNumber} maxLength={40} />
      </div>
      {failure === null ? null : <RefusalNote words={failure} />}
      <div className={styles.pair}>
        <Button onPress={onBack}>{words.back}</Button>
        <button type="submit" className={styles.save} aria-disabled={!complete || busy}>
          {busy ? words.saving : words.save}
        </button>
      </div>
    </form>
  );
}
