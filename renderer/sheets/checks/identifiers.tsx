import { useState } from 'react';
import { isWatchedFromAfar } from '../../../shared/clinical/remote.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { Icon } from '../../components/icon.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { startText } from '../../text/start.ts';
import styles from './identifiers.module.css';

/**
 * The birth date as the patient says it, ticked; the record number as the wristband shows it, typed. The number is not
 * shown until it was typed, because it would be copied from the screen and not read from the wristband.
 */
export function Identifiers({ session }: { readonly session: SessionView }) {
  const words = startText.patient;
  const clock = useClockTime();
  const remote = isWatchedFromAfar(session.dosing.protocol);
  const isDone = (session.checklist.find((entry) => entry.milestone === 'identity')?.doneMs ?? null) !== null;
  const [said, setSaid] = useState(false);
  const [number, setNumber] = useState('');
  const [saidWaits, setSaidWaits] = useState(false);
  const recordNumber = number.trim();
  const { birthDate } = session.patient;
  const act = useAct(recordNumber === '' ? null : { type: 'check-identity', birthDate, recordNumber }, () => undefined);
  const waits = recordNumber === '' || act.busy || act.waits !== null;
  const check = (): void => {
    if (waits) return;
    setSaidWaits(!said);
    if (said) act.send();
  };
  return (
    <>
      <div className={styles.identifier}>
        <span className={styles.term}>{words.born}</span>
        <strong className={styles.value}>{clock.date(session.patient.birthDate)}</strong>
        {isDone || said ? (
          <Ticked words={words.saidByPatient} />
        ) : (
          <button
            type="button"
            className={styles.tick}
            data-identifier="open"
            aria-label={`${words.confirmBirth}: ${words.askSaid}`}
            onClick={() => setSaid(true)}
          >
            <span className={styles.box} /> {words.askSaid}
          </button>
        )}
      </div>
      {isDone ? (
        <div className={styles.identifier}>
          <span className={styles.term}>{words.recordNo}</span>
          <strong className={styles.value}>{session.patient.recordNumber}</strong>
          <Ticked words={remote ? words.numberSaid : words.wristbandRead} />
        </div>
      ) : (
        <WhoMay asked={{ type: 'check-identity' }}>
          <div className={styles.wristband}>
            <FieldsOf fitting={act.fitting}>
              <TextField
                label={`${words.confirmNumber}: ${remote ? words.askSaidNumber : words.askRead}`}
                value={number}
                onChange={setNumber}
                maxLength={40}
                onEnter={check}
              />
            </FieldsOf>
            <Button onPress={check} isDisabled={waits}>
              {words.checkNumber}
            </Button>
          </div>
        </WhoMay>
      )}
      {saidWaits && !said ? <RefusalNote words={words.numberWaits} /> : null}
      <DoubtsForm act={act} />
    </>
  );
}

function Ticked({ words }: { readonly words: string }) {
  return (
    <span className={styles.ticked}>
      <Icon name="check" size={20} /> {words}
    </span>
  );
}
