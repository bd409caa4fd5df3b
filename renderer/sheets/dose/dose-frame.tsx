import type { ReactNode } from 'react';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { RecordButton } from '../../components/act/record-button.tsx';
import type { ActForm } from '../../components/act/use-act.ts';
import { Button } from '../../components/button.tsx';
import { doseText } from '../../text/dose.ts';
import { doubtsText } from '../../text/doubts.ts';
import { fieldText } from '../../text/field.ts';
import styles from './dose-sheet.module.css';

interface DoseFrameProps {
  readonly title: string;
  readonly instruction: string;
  /** What was given so far, and the fields. */
  readonly children: ReactNode;
  readonly act: ActForm;
  /** In sight above the button that does it. */
  readonly effect: ReactNode;
  readonly record: string;
  /** What the form lacks; null when it is complete. */
  readonly waitsFor: string | null;
  readonly onClose: () => void;
}

/**
 * The form of one act of the dose: what it is, its fields, what is doubtful about it, what it does, and one button. It
 * records, or asks; once that is answered, it records with the answers.
 */
export function DoseFrame({ title, instruction, children, act, effect, record, waitsFor, onClose }: DoseFrameProps) {
  const waits = waitsFor ?? act.waits;
  return (
    <form
      className={styles.sheet}
      onSubmit={(event) => {
        event.preventDefault();
        act.send();
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.quiet}>{instruction}</p>
      </header>
      {children}
      <DoubtsForm act={act} />
      <footer className={styles.footer}>
        {effect}
        <div className={styles.buttons}>
          <Button onPress={onClose}>{doseText.cancel}</Button>
          <RecordButton
            label={act.busy ? fieldText.saving : act.asks === null ? record : doubtsText.record(act.asks.doubts.length)}
            waits={waits}
            isDisabled={waits !== null || act.busy}
            size="large"
            className={styles.confirm}
          />
        </div>
      </footer>
    </form>
  );
}

/** What recording it does, in sentences. */
export function WhatItDoes({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <section className={styles.effect} aria-label={doseText.whatItDoes}>
      <h3 className={styles.heading}>{doseText.whatItDoes}</h3>
      <p>{sentences.join(' ')}</p>
    </section>
  );
}
