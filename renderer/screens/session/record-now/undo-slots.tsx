import { useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useServiceNow } from '../../../live/room-context.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { useCompact } from '../../../live/use-media.ts';
import { sessionText } from '../../../text/session.ts';
import { labelParts } from './label-parts.ts';
import { noSlots, slotsFor, type Undoable } from './undo-places.ts';
import styles from './undo-slots.module.css';

const words = sessionText.milestones;
const minuteMs = 60_000;

/**
 * What was just recorded, with its way back for ten seconds. The two places are always there, so that nothing below
 * them moves when a way back opens or runs out; and what stands in one stays in it.
 */
export function UndoSlots({ undoable }: { readonly undoable: readonly Undoable[] }) {
  const [kept, setKept] = useState(noSlots);
  const slots = slotsFor(kept, undoable);
  if (slots !== kept) setKept(slots);
  return (
    <div className={styles.slots}>
      {slots.map((eventId, place) => {
        const event = undoable.find((one) => one.eventId === eventId);
        return event === undefined ? <span key={place} className={styles.free} /> : <UndoSlot key={event.eventId} event={event} />;
      })}
    </div>
  );
}

/** Undoing is an entry of its own, not a deletion. */
function UndoSlot({ event }: { readonly event: Undoable }) {
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const compact = useCompact();
  const { run, state } = useCommand();
  const totalMs = event.untilMs - event.enteredMs;
  // The page's second may be older than the event.
  const leftSeconds = Math.max(0, Math.ceil(Math.min(totalMs, event.untilMs - nowMs) / 1000));
  const label = labelParts(event.label);
  const elsewhen = Math.abs(event.enteredMs - event.atMs) >= minuteMs;
  // The service takes it out of the board; until it says so, the page does not offer what would be refused.
  if (leftSeconds === 0 && state.kind === 'idle') return <span className={styles.free} />;
  return (
    <>
      <button
        type="button"
        className={styles.undo}
        aria-disabled={state.kind === 'saving'}
        onClick={() => run({ type: 'undo', eventId: event.eventId })}
      >
        <span className={styles.name}>
          <Icon name="undo" size={20} />
          {words.undo}
          <span className="visually-hidden">{event.label}</span>
          <span className={styles.left}>{state.kind === 'saving' ? words.undoing : words.secondsLeft(leftSeconds)}</span>
        </span>
        <span className={styles.what} aria-hidden="true">
          <span className={styles.label}>{label.words}</span>
          {label.figure === '' ? null : <span className={styles.figure}>{label.figure}</span>}
          {compact && label.figure !== '' ? null : (
            <span className={styles.time}>{compact || elsewhen ? clock.minute(event.atMs) : clock.second(event.atMs)}</span>
          )}
        </span>
        <span className={styles.bar} style={{ width: `${Math.min(100, (leftSeconds * 100_000) / totalMs)}%` }} />
      </button>
      {state.kind === 'refused' ? (
        <div className={styles.refusal}>
          <RefusalNote words={state.message} />
        </div>
      ) : null}
    </>
  );
}
