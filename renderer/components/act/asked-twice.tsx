import { useState } from 'react';
import { Button } from '../button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import styles from './asked-twice.module.css';

interface AskedTwiceProps {
  readonly words: {
    readonly ask: string;
    /** What it does, and what it cannot undo. */
    readonly says: string;
    readonly back: string;
    readonly confirm: string;
  };
  readonly kind?: 'primary' | 'plain';
  /** Rejects with the refusal. */
  readonly act: () => Promise<void>;
  readonly onDone?: () => void;
}

/** An act with no way back: says what it does, then asks once more. */
export function AskedTwice({ words, kind = 'plain', act, onDone }: AskedTwiceProps) {
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!asks) {
    return (
      <div className={styles.ask}>
        <Button onPress={() => setAsks(true)}>{words.ask}</Button>
      </div>
    );
  }
  const confirm = (): void => {
    if (busy) return;
    setBusy(true);
    act().then(
      () => {
        setAsks(false);
        onDone?.();
      },
      (error: unknown) => {
        setProblem(wordsOfFailure(error));
        setBusy(false);
      },
    );
  };
  return (
    <div className={styles.confirm}>
      <p>{words.says}</p>
      {problem === null ? null : <RefusalNote words={problem} />}
      <Button onPress={() => setAsks(false)}>{words.back}</Button>
      <Button onPress={confirm} kind={kind} isDisabled={busy}>
        {words.confirm}
      </Button>
    </div>
  );
}
