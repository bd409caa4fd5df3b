import { useState } from 'react';
import { hasWords } from '../../../../shared/contract/doubt.ts';
import type { DischargeLineView } from '../../../../shared/contract/session-view/discharge.ts';
import { Button } from '../../../components/button.tsx';
import { FieldsOf, useFitting } from '../../../components/act/fitting.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { reasonProblem } from '../../../components/fields/typed-reason.ts';
import { saidBesidePad, useSecondPerson } from '../../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../../components/fields/second-person-field.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { useActor } from '../../../live/use-seat.ts';
import { dischargeText } from '../../../text/discharge.ts';
import styles from './criterion-row.module.css';

const words = dischargeText.override;

/** A prescriber lets an unmet criterion pass, with a reason that stays with it. */
export function OverrideForm({ line, onClose }: { readonly line: DischargeLineView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const actor = useActor({ type: 'override-criterion' });
  const fitting = useFitting();
  const draft = useSecondPerson(['prescriber'], actor);
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const isPrescriber = actor?.role === 'prescriber';
  const waits = fitting.waits !== null ? fitting.waits : !hasWords(reason) ? words.waitsReason : isPrescriber ? null : draft.waits;
  const record = (): void => {
    if (waits !== null || saving) return;
    const witness = isPrescriber || draft.secondPerson === null ? {} : { witness: draft.secondPerson };
    run(
      { type: 'override-criterion', criterion: line.criterion, reason: reason.trim() },
      { ...witness, onRecorded: onClose, onRefused: (code, why) => saidBesidePad(isPrescriber ? null : draft, code, why) },
    );
    draft.forgetPin();
  };
  return (
    <div className={styles.form}>
      <p className={styles.formTitle}>{words.title(line.label)}</p>
      <p className={styles.evidence}>{words.words}</p>
      <FieldsOf fitting={fitting}>
        <TextField label={words.reason} value={reason} onChange={setReason} problem={reasonProblem(reason)} maxLength={300} autoFocus />
      </FieldsOf>
      {isPrescriber ? (
        <p className={styles.evidence}>{words.asYou(actor.name)}</p>
      ) : (
        <SecondPersonField draft={draft} label={words.prescriber} onEnter={record} busy={saving} />
      )}
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <div className={styles.formButtons}>
        <Button onPress={onClose}>{dischargeText.cancel}</Button>
        <Button kind="primary" onPress={record} isDisabled={waits !== null || saving}>
          {saving ? dischargeText.saving : (waits ?? words.record)}
        </Button>
      </div>
    </div>
  );
}
