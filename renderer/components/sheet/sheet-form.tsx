import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { RecordButton } from '../act/record-button.tsx';
import { RefusalNote } from '../act/refusal-note.tsx';
import { SheetHead } from './sheet-head.tsx';
import styles from './sheet-form.module.css';

interface SheetFormProps {
  readonly title: string;
  readonly words: string;
  readonly children: ReactNode;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly confirm: string;
  /** What the confirming button still waits for; null when it can be pressed. */
  readonly waitsFor: string | null;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  /** Why it was not recorded, right above the button that caused it. */
  readonly refusal: string | null;
}

/** Something that asks a few things before it is recorded. */
export function SheetForm(props: SheetFormProps) {
  const { title, words, children, cancel, onCancel, confirm, waitsFor, busy, onConfirm, refusal } = props;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (waitsFor === null && !busy) onConfirm();
      }}
    >
      <SheetHead title={title} words={words} />
      <div className={styles.body}>{children}</div>
      {refusal === null ? null : <RefusalNote words={refusal} />}
      <footer className={styles.footer}>
        <Button onPress={onCancel} size="large">
          {cancel}
        </Button>
        <RecordButton label={confirm} waits={waitsFor} isDisabled={waitsFor !== null || busy} />
      </footer>
    </form>
  );
}
