import type { Mark } from '../../../../shared/contract/session-view/entries.ts';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { sessionText } from '../../../text/session.ts';
import { markNotes } from '../../../sheets/entries/correction.ts';
import type { SessionSheet } from '../session-sheet.ts';
import styles from './recorded-list.module.css';

const words = sessionText.milestones;

interface RecordedListProps {
  readonly marks: readonly Mark[];
  /** The entry a person comes back from; it takes the focus. */
  readonly cameFrom: string | null;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/** What was recorded, newest first. Each entry leads to its correction, however long ago it was made. */
export function RecordedList({ marks, cameFrom, onSheet }: RecordedListProps) {
  const clock = useClockTime();
  if (marks.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>
        {words.recorded} <span className={styles.aside}>{words.recordedAside}</span>
      </h3>
      <ol className={styles.list}>
        {marks.toReversed().map((mark) => {
          const notes = markNotes(mark, clock);
          return (
            <li key={mark.eventId}>
              <button
                type="button"
                className={styles.row}
                autoFocus={mark.eventId === cameFrom}
                onClick={() => onSheet({ kind: 'correct', eventId: mark.eventId })}
              >
                <time className={styles.time}>{clock.minute(mark.atMs)}</time>
                <span className={styles.words}>
                  <span className={styles.label}>{mark.label}</span>
                  <span className={styles.about}>
                    {notes.amended === null ? null : <span className={styles.amended}>{notes.amended}</span>}
                    {notes.amended === null || notes.about === '' ? null : ' · '}
                    {notes.about}
                  </span>
                </span>
                <span className={styles.correct}>{words.correct}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
