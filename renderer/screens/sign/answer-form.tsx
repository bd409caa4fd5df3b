import { useState } from 'react';
import { hasWords } from '../../../shared/contract/doubt.ts';
import { Button } from '../../components/button.tsx';
import { FieldsOf, useFitting } from '../../components/act/fitting.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { useCommand } from '../../live/use-command.ts';
import { signText } from '../../text/sign.ts';
import styles from './check-card.module.css';

const words = signText.check;

interface AnswerFormProps {
  readonly label: string;
  readonly keys: readonly string[];
  readonly first?: string;
  readonly title?: string;
  readonly onClose: () => void;
}

/** Why something is missing, or what was done: an entry of its own, so that the signature covers it. */
export function AnswerForm({ label, keys, first = '', title, onClose }: AnswerFormProps) {
  const [reason, setReason] = useState(first);
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const fitting = useFitting();
  const ready = fitting.waits === null && hasWords(reason) && !saving;
  const record = (): void => {
    if (ready) run({ type: 'close-item', keys: [...keys], reason: reason.trim() }, { onRecorded: onClose });
  };
  return (
    <div className={styles.form}>
      {title === undefined ? null : <p className={styles.heading}>{title}</p>}
      <FieldsOf fitting={fitting}>
        <TextField
          label={label}
          value={reason}
          onChange={setReason}
          problem={reasonProblem(reason)}
          maxLength={300}
          autoFocus
          onEnter={record}
        />
      </FieldsOf>
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <div className={styles.buttons}>
        <Button onPress={onClose}>{words.cancel}</Button>
        <Button kind="primary" onPress={record} isDisabled={!ready}>
          {saving ? words.saving : (fitting.waits ?? words.record)}
        </Button>
      </div>
    </div>
  );
}
