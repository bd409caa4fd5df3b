import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useServiceNow } from '../../live/room-context.tsx';
import { useCommand } from '../../live/use-command.ts';
import { useCompact } from '../../live/use-media.ts';
import { sessionText } from '../../text/session.ts';
import styles from './recorded-row.module.css';

const words = sessionText.milestones;
const minuteMs = 60_000;

export type Undoable = SessionSection['undoable'][number];

/** What was just recorded, with its way back for ten seconds. Undoing is an entry of its own, not a deletion. */
export function RecordedRow({ event }: { readonly event: Undoable }) {
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const { run, state } = useCommand();
  const totalMs = event.untilMs - event.enteredMs;
  // The page's second may be older than the event.
  const leftSeconds = Math.max(0, Math.ceil(Math.min(totalMs, event.untilMs - nowMs) / 1000));
  const compact = useCompact();
  const elsewhen = Math.abs(event.enteredMs - event.atMs) >= minuteMs;
  // The service takes it out of the board; until it says so, the page does not offer what would be refused.
  if (leftSeconds === 0 && state.kind === 'idle') return null;
  return (
    <div className={styles.frame}>
      <div className={styles.row}>
        <div className={styles.recorded}>
          <p className={styles.name}>
            <Icon name="check" size={22} />
            <span>{event.label}</span>
          </p>
          <p className={styles.time}>
            {compact
              ? clock.minute(event.atMs)
              : elsewhen
                ? words.entered(clock.minute(event.atMs), clock.second(event.enteredMs))
                : clock.second(event.atMs)}
          </p>
        </div>
        <button
          type="button"
          className={styles.undo}
          aria-disabled={state.kind === 'saving'}
          onClick={() => run({ type: 'undo', eventId: event.eventId })}
        >
          <span className={styles.undoName}>
            <Icon name="undo" size={22} />
            {words.undo}
            <span className="visually-hidden">{event.label}</span>
          </span>
          <span className={styles.left}>{state.kind === 'saving' ? words.undoing : words.secondsLeft(leftSeconds)}</span>
          <span className={styles.bar} style={{ width: `${Math.min(100, (leftSeconds * 100_000) / totalMs)}%` }} />
        </button>
      </div>
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
    </div>
  );
}
