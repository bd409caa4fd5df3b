import { useEffect } from 'react';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import styles from './recovery-key.module.css';

interface PrintedKeyProps {
  /** Six groups, parted by dashes. */
  readonly recoveryKey: string;
}

/** A recovery key as it is read, copied by hand and printed: each group with its number, by which it is asked for. */
export function PrintedKey({ recoveryKey }: PrintedKeyProps) {
  usePaperColours();
  return (
    <ol className={styles.key} aria-label={recoveryKeyText.keyLabel}>
      {recoveryKey.split('-').map((group, index) => (
        <li key={`${index}-${group}`} className={styles.keyGroup}>
          <span className={styles.keyNumber}>{index + 1}</span>
          <span>{group}</span>
        </li>
      ))}
    </ol>
  );
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
