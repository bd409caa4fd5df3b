import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { Icon } from '../../components/icon.tsx';
import { KeyCap } from '../../components/key-cap.tsx';
import { Panel } from '../../components/panel.tsx';
import { sessionText } from '../../text/session.ts';
import { EventButtons } from './event-buttons.tsx';
import { MilestoneButton } from './milestone-button.tsx';
import { RecordedRow } from './recorded-row.tsx';
import type { SessionSheet } from './session-sheet.ts';
import styles from './milestones-panel.module.css';

const words = sessionText.milestones;
const largeButtons = 4;
/** More recorded rows than this would push the buttons away under a finger. */
const recordedMax = 2;

/** What can be recorded now, large; what was just recorded, with its undo; and the way to all the rest. */
export function MilestonesPanel({
  session,
  onSheet,
}: {
  readonly session: SessionSection;
  readonly onSheet: (sheet: SessionSheet) => void;
}) {
  return (
    <Panel heading={words.heading} aside={words.aside} className={styles.panel}>
      <div className={styles.grid}>
        {session.undoable.slice(0, recordedMax).map((event) => (
          <RecordedRow key={event.eventId} event={event} />
        ))}
        {session.actions.slice(0, largeButtons).map((action) => (
          <MilestoneButton key={keyOfAction(action)} action={action} onSheet={onSheet} />
        ))}
        {session.actions.length === 0 ? <p className={styles.quiet}>{words.none}</p> : null}
      </div>
      <EventButtons session={session} onSheet={onSheet} />
      <button type="button" className={styles.all} onClick={() => onSheet({ kind: 'milestones' })} aria-keyshortcuts="m">
        <Icon name="list" size={24} />
        <span>{words.all}</span>
        <KeyCap>m</KeyCap>
      </button>
    </Panel>
  );
}

export function keyOfAction({ action }: SessionSection['actions'][number]): string {
  return action.type === 'milestone' ? action.milestone : action.type;
}
