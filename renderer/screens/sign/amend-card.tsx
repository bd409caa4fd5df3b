import { useState } from 'react';
import { hasWords } from '../../../shared/contract/doubt.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SigningView } from '../../../shared/contract/signing.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { FieldsOf, useFitting } from '../../components/act/fitting.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { reasonProblem } from '../../components/fields/typed-reason.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useCommand } from '../../live/use-command.ts';
import { signText } from '../../text/sign.ts';
import { recordedMarks } from '../../components/recorded-marks.ts';
import styles from './signature-card.module.css';

const words = signText.amend;

/** A signed record stays as it is: an amendment is begun with its reason, and signed as the next version. */
export function AmendCard({ view }: { readonly view: SigningView }) {
  const [reason, setReason] = useState('');
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const { amendment } = view;
  const fitting = useFitting();
  const ready = fitting.waits === null && hasWords(reason) && !saving;
  return (
    <Card heading={words.heading} aside={amendment === null ? undefined : words.changes(amendment.changes)}>
      <div className={styles.body}>
        {amendment === null ? (
          <>
            <p className={styles.quiet}>{words.words}</p>
            <FieldsOf fitting={fitting}>
              <TextField label={words.reason} value={reason} onChange={setReason} problem={reasonProblem(reason)} maxLength={300} />
            </FieldsOf>
            <Button onPress={() => run({ type: 'begin-amendment', reason: reason.trim() })} isDisabled={!ready}>
              {fitting.waits ?? words.begin}
            </Button>
          </>
        ) : (
          <>
            <p>{words.open(amendment.reason, amendment.by)}</p>
            {amendment.changes > 0 ? null : (
              <Button kind="tool" onPress={() => run({ type: 'close-amendment', reason: words.closeReason })} isDisabled={saving}>
                {words.close}
              </Button>
            )}
          </>
        )}
        {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      </div>
    </Card>
  );
}

interface CorrectCardProps {
  readonly session: SessionView;
  readonly view: SigningView;
  readonly onCorrect: (eventId: string) => void;
}

/** Before a signature, and in an amendment: the entries, each with the way to put it right. */
export function CorrectCard({ session, view, onCorrect }: CorrectCardProps) {
  const clock = useClockTime();
  const { run, state } = useCommand();
  const { correct } = signText;
  const { endedEventId } = view;
  return (
    <Card heading={correct.heading}>
      <div className={styles.body}>
        <p className={styles.quiet}>{correct.words}</p>
        {view.status === 'ended' && endedEventId !== null ? (
          <Button kind="tool" onPress={() => run({ type: 'undo', eventId: endedEventId, reason: correct.reopenReason })}>
            {correct.reopen}
          </Button>
        ) : null}
        {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
        <ul className={styles.entries}>
          {recordedMarks(session).map((mark) => (
            <li key={mark.eventId} className={styles.entry}>
              <span className={styles.when}>{clock.minute(mark.atMs)}</span>
              <span>{mark.label}</span>
              <Button kind="tool" label={correct.buttonName(mark.label, clock.minute(mark.atMs))} onPress={() => onCorrect(mark.eventId)}>
                {correct.button}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
