import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { setupText } from '../../text/setup.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './setup-screen.module.css';

interface RecoveryKeyProps {
  readonly roomName: string;
  /** null where the key is one the clinic already has. */
  readonly recoveryKey: string | null;
  readonly onDone: () => void;
}

/** Printed in the light theme: in the dark one the key would be pale on white paper. */
function usePaperColours(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | undefined;
    const toPaper = (): void => {
      before = root.dataset['theme'];
      root.dataset['theme'] = 'day';
    };
    const back = (): void => {
      if (before === undefined) delete root.dataset['theme'];
      else root.dataset['theme'] = before;
    };
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', back);
    return () => {
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', back);
    };
  }, []);
}

/** Shown once. The next step opens only after a person says that the key is kept, because it cannot be shown again. */
export function RecoveryKey({ roomName, recoveryKey, onDone }: RecoveryKeyProps) {
  const words = setupText.key;
  const [kept, setKept] = useState(recoveryKey === null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  usePaperColours();
  return (
    <main className={styles.screen}>
      <section className={styles.card} aria-labelledby="recovery-key">
        <header className={styles.head}>
          <h1 id="recovery-key" ref={heading} tabIndex={-1} className={styles.title}>
            {words.heading}
          </h1>
          {recoveryKey === null ? <p className={styles.quiet}>{words.none}</p> : <p className={styles.once}>{words.once}</p>}
        </header>
        {recoveryKey === null ? null : (
          <div className={styles.body}>
            <p className={styles.quiet}>{words.words}</p>
            <p className={styles.printTitle}>{words.printedTitle(roomName)}</p>
            <p className={styles.key}>
              {recoveryKey.split('-').map((group, index) => (
                <span key={`${index}-${group}`}>{group}</span>
              ))}
            </p>
            <p className={styles.quiet}>{words.where}</p>
            <label className={styles.written}>
              <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
              {words.written}
            </label>
          </div>
        )}
        <p className={styles.after}>{words.others}</p>
        <footer className={styles.footer}>
          {recoveryKey === null ? <span /> : <Button onPress={() => window.print()}>{words.print}</Button>}
          <RecordButton
            label={words.go}
            waits={kept ? null : words.goWaits}
            isDisabled={!kept}
            onPress={() => {
              if (kept) onDone();
            }}
            size="large"
            className={styles.next}
          />
        </footer>
      </section>
    </main>
  );
}
