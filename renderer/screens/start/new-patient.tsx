import { useState } from 'react';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import type { Patient } from '../../../shared/contract/room-contract.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { dateTyped, yearIsShort } from '../../format/date-typed.ts';
import { yearsOld } from '../../format/years-old.ts';
import { useRoom, useServiceNow } from '../../live/room-context.tsx';
import { startText } from '../../text/start.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './patient-card.module.css';

interface NewPatientProps {
  readonly name: string;
  readonly onBack: () => void;
  readonly onAdded: (patient: Patient) => void;
}

export function NewPatient({ name: nameTyped, onBack, onAdded }: NewPatientProps) {
  const words = startText.patient;
  const { client } = useRoom();
  const [name, setName] = useState(nameTyped);
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const [born, setBorn] = useState('');
  const [recordNumber, setRecordNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const birth = birthOf(born, clock, nowMs);
  const complete = name.trim() !== '' && birth.isoDate !== null && recordNumber.trim() !== '';
  const save = (): void => {
    if (!complete || birth.isoDate === null || busy) return;
    setBusy(true);
    setFailure(null);
    client.patients
      .add({ commandId: crypto.randomUUID(), name: name.trim(), birthDate: birth.isoDate, recordNumber: recordNumber.trim() })
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
        <TextField
          label={words.birthDate[clock.formats.dates]}
          value={born}
          onChange={setBorn}
          maxLength={20}
          hint={birth.hint}
          problem={birth.problem}
        />
        <TextField label={words.recordNumber} value={recordNumber} onChange={setRecordNumber} maxLength={40} />
      </div>
      {failure === null ? null : <RefusalNote words={failure} />}
      <div className={styles.pair}>
        <Button onPress={onBack}>{words.back}</Button>
        <RecordButton label={busy ? words.saving : words.save} isDisabled={!complete || busy} />
      </div>
    </form>
  );
}

interface Birth {
  readonly isoDate: string | null;
  readonly hint?: string;
  readonly problem?: string;
}

/** Said back with the month in letters and the age, so that day and month cannot be taken for one another. */
function birthOf(typed: string, clock: ClockTime, nowMs: number): Birth {
  const { birth } = startText.patient;
  const isoDate = dateTyped(typed, clock.formats.dates);
  // Said while it is typed, too, so quietly: a hint.
  if (isoDate === null && yearIsShort(typed)) return { isoDate, hint: birth.shortYear };
  if (isoDate === null)
    return typed.trim().length < 8 ? { isoDate, hint: birth.form[clock.formats.dates] } : { isoDate, problem: birth.noDate };
  const years = yearsOld(isoDate, nowMs, clock.offsetMin);
  if (years < 0 || years > 130) return { isoDate: null, problem: birth.notSoOld };
  return { isoDate, hint: birth.readAs(clock.date(isoDate), years) };
}
