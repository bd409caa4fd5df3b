import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { KeyPage } from './key-page.tsx';
import styles from './recovery-key.module.css';

interface PrintedKeyProps {
  /** Six groups, parted by dashes. */
  readonly recoveryKey: string;
  readonly roomName: string;
  /** Where it will lie; null for that of set-up. */
  readonly name: string | null;
}

/** A recovery key as it is read, copied by hand and printed: each group with its number, by which it is asked for. */
export function PrintedKey({ recoveryKey, roomName, name }: PrintedKeyProps) {
  const groups = recoveryKey.split('-');
  return (
    <>
      <ol className={styles.key} aria-label={recoveryKeyText.keyLabel}>
        {groups.map((group, index) => (
          <li key={`${index}-${group}`} className={styles.keyGroup}>
            <span className={styles.keyNumber}>{index + 1}</span>
            <span>{group}</span>
          </li>
        ))}
      </ol>
      <KeyPage roomName={roomName} name={name} groups={groups} />
    </>
  );
}
