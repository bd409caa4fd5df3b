import { useState } from 'react';
import { isEntered, remsField, type RemsEntered, type RemsEnteredKey, type RemsForm } from '../../../shared/clinical/rems-form.ts';
import { hasWords } from '../../../shared/contract/doubt.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { SexChoice } from '../../components/fields/sex-choice.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useCommand } from '../../live/use-command.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import { recordText } from '../../text/record.ts';
import styles from './rems-answers.module.css';

const words = recordText.rems;

type Field = RemsForm['fields'][number];

/** One field of the form: what the record says, on what, and where nothing does, how a person answers it. */
export function RemsAnswerRow({ field, canAnswer }: { readonly field: Field; readonly canAnswer: boolean }) {
  const { key, label, answer } = field;
  const { entered } = remsField(key);
  const asks = canAnswer && entered !== undefined && (answer.value === null || answer.entered === true) ? entered : null;
  return (
    <div className={styles.field}>
      <dt>{label}</dt>
      {answer.value === null ? (
        <dd className={styles.absent}>{words.absent(answer.absent)}</dd>
      ) : (
        <dd>
          {isolated(answer.value)}
          <span className={styles.evidence}>{answer.evidence.map(({ at, by }) => words.evidence(at, by)).join('; ')}</span>
        </dd>
      )}
      {asks === null ? null : <Asked field={field} asks={asks} />}
    </div>
  );
}

function Asked({ field, asks }: { readonly field: Field; readonly asks: RemsEntered }) {
  const isAnswered = field.answer.value !== null;
  const [open, setOpen] = useState(false);
  const { run, state } = useCommand();
  const send = (command: SessionCommandInput): void => run(command, { onRecorded: () => setOpen(false) });
  if (isAnswered && !open) {
    return (
      <dd>
        <Button kind="quiet" className={styles.again} label={words.againName(field.label)} onPress={() => setOpen(true)}>
          {words.again}
        </Button>
      </dd>
    );
  }
  return (
    <dd>
      <Choices fieldKey={field.key} label={field.label} asks={asks} busy={state.kind === 'saving'} send={send} />
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
    </dd>
  );
}

interface ChoicesProps {
  readonly fieldKey: Field['key'];
  readonly label: string;
  readonly asks: RemsEntered;
  readonly busy: boolean;
  readonly send: (command: SessionCommandInput) => void;
}

/** One tap where the answer says it all; a field to write in where it does not. */
function Choices({ fieldKey, label, asks, busy, send }: ChoicesProps) {
  const [writes, setWrites] = useState(false);
  if (asks === 'sex') return <SexChoice busy={busy} send={send} />;
  if (!isEntered(fieldKey)) return null;
  if (writes) return <Written field={fieldKey} label={label} isYes={asks === 'yes-no'} busy={busy} send={send} />;
  const say = (answer: string): void => send({ type: 'answer-rems', field: fieldKey, answer });
  return (
    <div className={styles.choices} role="group" aria-label={words.answerTo(label)}>
      {asks === 'absent' ? (
        <Button isDisabled={busy} onPress={() => say('absent')}>
          {words.absentSaid}
        </Button>
      ) : (
        <>
          {asks === 'yes-no' ? (
            <Button isDisabled={busy} onPress={() => say('no')}>
              {words.no}
            </Button>
          ) : null}
          <Button isDisabled={busy} onPress={() => setWrites(true)}>
            {asks === 'yes-no' ? words.yes : words.write}
          </Button>
        </>
      )}
    </div>
  );
}

interface WrittenProps extends Pick<ChoicesProps, 'label' | 'busy' | 'send'> {
  readonly field: RemsEnteredKey;
  /** The words stand beside a yes; otherwise they are the answer. */
  readonly isYes: boolean;
}

function Written({ field, label, isYes, busy, send }: WrittenProps) {
  const [typed, setTyped] = useState('');
  const said = typed.trim();
  const ready = isYes || hasWords(said);
  const record = (): void => {
    if (!ready || busy) return;
    send({ type: 'answer-rems', field, ...(isYes ? { answer: 'yes', ...(said === '' ? {} : { detail: said }) } : { answer: said }) });
  };
  return (
    <div className={styles.written}>
      <TextField label={isYes ? words.which(label) : label} value={typed} onChange={setTyped} maxLength={300} autoFocus onEnter={record} />
      <Button kind="primary" isDisabled={!ready || busy} onPress={record}>
        {isYes ? words.recordYes : words.record}
      </Button>
    </div>
  );
}
