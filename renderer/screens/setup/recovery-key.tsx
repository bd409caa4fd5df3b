import { useEffect, useRef, useState } from 'react';
import type { KeyCeremony } from '../../../shared/contract/recovery-keys.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { Button } from '../../components/button.tsx';
import { PrintedKey } from '../../sheets/room/printed-key.tsx';
import { TypedGroups } from '../../sheets/room/typed-groups.tsx';
import { useTypeBack } from '../../sheets/room/use-type-back.ts';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { setupText } from '../../text/setup.ts';
import styles from './setup-screen.module.css';

interface RecoveryKeyProps {
  readonly roomName: string;
  readonly ceremony: KeyCeremony;
  readonly onDone: () => void;
}

const words = setupText.key;

/** Shown once, then typed back in part from the paper: what was not kept is noticed while it can be shown again. */
export function RecoveryKey({ roomName, ceremony, onDone }: RecoveryKeyProps) {
  const [at, setAt] = useState<'paper' | 'typing'>('paper');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (at === 'paper') heading.current?.focus();
  }, [at]);
  return (
    <main className={styles.screen}>
      <section className={styles.card} aria-labelledby="recovery-key">
        <header className={styles.head}>
          <h1 id="recovery-key" ref={heading} tabIndex={-1} className={styles.title}>
            {words.heading}
          </h1>
          <p className={styles.once}>{at === 'paper' ? words.once : recoveryKeyText.typing}</p>
        </header>
        {at === 'paper' ? (
          <Paper roomName={roomName} recoveryKey={ceremony.recoveryKey} onGoOn={() => setAt('typing')} />
        ) : (
          <Typing ceremony={ceremony} onBack={() => setAt('paper')} onDone={onDone} />
        )}
      </section>
    </main>
  );
}

interface PaperProps {
  readonly roomName: string;
  readonly recoveryKey: string;
  readonly onGoOn: () => void;
}

function Paper({ roomName, recoveryKey, onGoOn }: PaperProps) {
  return (
    <>
      <div className={styles.body}>
        <p className={styles.quiet}>{words.words}</p>
        <PrintedKey recoveryKey={recoveryKey} roomName={roomName} name={null} />
        <p className={styles.quiet}>{words.where}</p>
      </div>
      <footer className={styles.footer}>
        <Button onPress={() => window.print()}>{recoveryKeyText.print}</Button>
        <RecordButton label={recoveryKeyText.toTyping} isDisabled={false} onPress={onGoOn} size="large" className={styles.next} />
      </footer>
    </>
  );
}

interface TypingProps {
  readonly ceremony: KeyCeremony;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

function Typing({ ceremony, onBack, onDone }: TypingProps) {
  const typing = useTypeBack(ceremony, onDone);
  const { refusal, busy, isFull } = typing;
  const gone = refusal?.gone === true;
  return (
    <>
      <div className={styles.body}>
        <p className={styles.quiet}>{recoveryKeyText.typingWords}</p>
        <TypedGroups asked={ceremony.asked} typing={typing} />
      </div>
      <p className={styles.after}>{words.others}</p>
      {refusal === null || refusal.group !== null ? null : <RefusalNote words={gone ? words.gone : refusal.words} />}
      <footer className={styles.footer}>
        <Button onPress={onBack}>{recoveryKeyText.toPaper}</Button>
        <RecordButton
          label={busy ? recoveryKeyText.checking : words.go}
          waits={isFull || gone ? null : recoveryKeyText.waits}
          isDisabled={busy || (!isFull && !gone)}
          onPress={gone ? onDone : typing.check}
          size="large"
          className={styles.next}
        />
      </footer>
    </>
  );
}
