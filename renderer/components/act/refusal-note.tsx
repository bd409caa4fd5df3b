import { useEffect, useRef } from 'react';
import { Icon } from '../icon.tsx';
import { bringIntoSight } from '../into-sight.ts';
import styles from './refusal-note.module.css';

interface RefusalNoteProps {
  /** The sentence that says what is wrong and what to do. */
  readonly words: string;
}

/** Why something was not recorded. Stays until the next try, so that it can be read late. */
export function RefusalNote({ words }: RefusalNoteProps) {
  const note = useRef<HTMLDivElement>(null);
  // It may have come below the fold of its column.
  useEffect(() => {
    bringIntoSight(note.current);
  }, [words]);
  return (
    <div ref={note} className={styles.note} role="alert">
      <p className={styles.words}>
        <Icon name="note" size={22} />
        <span>{words}</span>
      </p>
    </div>
  );
}
