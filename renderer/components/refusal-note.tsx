import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { TextField } from './text-field.tsx';
import styles from './refusal-note.module.css';

export interface RefusalNoteProps {
  /** The sentence that says what is wrong and what to do. */
  readonly words: string;
  /** The way out, where a person may go on with a reason. */
  readonly override?: {
    readonly label: string;
    readonly button: string;
    readonly busy: boolean;
    readonly onOverride: (reason: string) => void;
  };
}

/** Why something was not recorded. Stays until the next try: nothing a person needs disappears by itself. */
export function RefusalNote({ words, override }: RefusalNoteProps) {
  const [reason, setReason] = useState('');
  const note = useRef<HTMLDivElement>(null);
  // It may have come below the fold of its column.
  useEffect(() => {
    note.current?.scrollIntoView({ block: 'nearest' });
  }, [words]);
  const go = (): void => {
    if (override !== undefined && !override.busy && reason.trim() !== '') override.onOverride(reason.trim());
  };
  return (
    <div ref={note} className={styles.note} role="alert">
      <p className={styles.words}>
        <Icon name="note" size={22} />
        <span>{words}</span>
      </p>
      {override === undefined ? null : (
        <div className={styles.override}>
          <TextField label={override.label} value={reason} onChange={setReason} maxLength={300} onEnter={go} />
          <Button onPress={go} isDisabled={override.busy || reason.trim() === ''}>
            {override.button}
          </Button>
        </div>
      )}
    </div>
  );
}
