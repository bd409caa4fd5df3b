import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { adverseEventText } from '../../../text/adverse-events.ts';
import type { SessionSheet } from '../session-sheet.ts';
import styles from './event-buttons.module.css';

const words = adverseEventText.buttons;
/** More rows would push the buttons away; the others are under Recorded. */
const shownMax = 2;

interface EventButtonsProps {
  readonly session: SessionView;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/** Adverse events that are not over, and the way to record another, a drug, or waste. Always at the same place. */
export function EventButtons({ session, onSheet }: EventButtonsProps) {
  const clock = useClockTime();
  const open = session.adverseEvents.filter((event) => event.open).toSorted((a, b) => b.atMs - a.atMs);
  return (
    <div className={styles.events}>
      {open.length === 0 ? null : (
        <ul className={styles.open} aria-label={adverseEventText.open.heading}>
          {open.slice(0, shownMax).map((event) => (
            <li key={event.adverseEventId}>
              <button
                type="button"
                className={styles.row}
                onClick={() => onSheet({ kind: 'adverse-event', adverseEventId: event.adverseEventId })}
              >
                <span className={styles.name}>{event.label}</span>
                <span className={styles.about}>
                  {`${event.severity} · ${adverseEventText.open.since(clock.minute(event.atMs))} · ${adverseEventText.open.goOn}`}
                </span>
              </button>
            </li>
          ))}
          {open.length > shownMax ? <li className={styles.more}>{adverseEventText.open.more(open.length - shownMax)}</li> : null}
        </ul>
      )}
      <div className={styles.buttons} role="group" aria-label={words.name}>
        <button type="button" onClick={() => onSheet({ kind: 'adverse-event', adverseEventId: null })} aria-keyshortcuts="a">
          {words.adverseEvent}
        </button>
        <button type="button" onClick={() => onSheet({ kind: 'drug', adverseEventId: null })} aria-keyshortcuts="g">
          {words.drug}
        </button>
        <button type="button" onClick={() => onSheet({ kind: 'waste' })} aria-keyshortcuts="w">
          {words.waste}
        </button>
      </div>
    </div>
  );
}
