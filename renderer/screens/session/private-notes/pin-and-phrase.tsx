import { useState } from 'react';
import { privatePhraseMin } from '../../../../shared/contract/private-notes.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { PinPad } from '../../../components/fields/pin-pad.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { refusalOf, wordsOfFailure } from '../../../connection/failure.ts';
import { observationText } from '../../../text/observation.ts';
import styles from './private-sheet.module.css';

const words = observationText.private;

interface PinAndPhraseProps {
  readonly pinLabel: string;
  /** null: none is asked for. */
  readonly phrase: { readonly label: string; readonly hint?: string } | null;
  readonly hint: string;
  /** Rejects with the service's refusal, which is shown, and the PIN is typed again. */
  readonly act: (pin: string, phrase: string | null) => Promise<void>;
  /** Told of the code of a refusal. */
  readonly onRefused?: (code: string) => void;
}

/** What opens private notes, typed. */
export function PinAndPhrase({ pinLabel, phrase: asked, hint, act, onRefused }: PinAndPhraseProps) {
  const [pin, setPin] = useState('');
  const [phrase, setPhrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const tooShort = phrase !== '' && phrase.length < privatePhraseMin;
  const enter = (): void => {
    if (busy || pin.length < 6 || tooShort) return;
    setBusy(true);
    setProblem(null);
    act(pin, phrase === '' ? null : phrase).catch((error: unknown) => {
      setProblem(wordsOfFailure(error));
      setPin('');
      setBusy(false);
      const code = refusalOf(error)?.code;
      if (code !== undefined) onRefused?.(code);
    });
  };
  return (
    <section className={styles.entry}>
      {problem === null ? null : <RefusalNote words={problem} />}
      {asked === null ? null : (
        <TextField
          label={asked.label}
          value={phrase}
          onChange={setPhrase}
          type="password"
          maxLength={200}
          autoComplete="off"
          hint={asked.hint}
          problem={tooShort ? words.phraseShort : null}
        />
      )}
      <PinPad label={pinLabel} value={pin} onChange={setPin} onEnter={enter} busy={busy} />
      <p className={styles.quiet} role="status">
        {busy ? words.opening : hint}
      </p>
    </section>
  );
}
