import { createPortal } from 'react-dom';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import styles from './key-page.module.css';

interface KeyPageProps {
  readonly roomName: string;
  /** Where the key will lie; null for that of set-up. */
  readonly name: string | null;
  readonly groups: readonly string[];
}

const words = recoveryKeyText.page;

/** The one thing that is printed while a recovery key is shown: a sheet for a sealed envelope, in no theme. On the screen it is not seen. */
export function KeyPage({ roomName, name, groups }: KeyPageProps) {
  return createPortal(
    <div className={styles.page} aria-hidden="true">
      <h1>{words.title(roomName)}</h1>
      {name === null ? null : <p>{words.place(name)}</p>}
      <ol className={styles.groups}>
        {groups.map((group, index) => (
          <li key={`${index}-${group}`}>
            <span>{index + 1}</span> {group}
          </li>
        ))}
      </ol>
      {words.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className={styles.seal}>{words.seal}</p>
    </div>,
    document.body,
  );
}
