import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { KeyCap } from '../../../components/keys/key-cap.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ratingText } from '../../../text/rating.ts';
import { sessionText } from '../../../text/session.ts';
import { EventButtons } from './event-buttons.tsx';
import { MilestoneButton } from './milestone-button.tsx';
import type { SessionSheet } from '../session-sheet.ts';
import { UndoSlots } from './undo-slots.tsx';
import styles from './milestones-panel.module.css';

const words = sessionText.milestones;
const largeButtons = 4;

/** What can be recorded now, large; what was just recorded, with its undo; and the way to all the rest. */
export function MilestonesPanel({ session, onSheet }: { readonly session: SessionView; readonly onSheet: (sheet: SessionSheet) => void }) {
  return (
    <Panel heading={words.heading} aside={words.aside} className={styles.panel}>
      <UndoSlots undoable={session.undoable} />
      <div className={styles.grid}>
        {session.actions.slice(0, largeButtons).map((action) => (
          <MilestoneButton key={keyOfAction(action)} action={action} onSheet={onSheet} />
        ))}
        {session.actions.length === 0 ? <p className={styles.quiet}>{words.none}</p> : null}
      </div>
      <EventButtons session={session} onSheet={onSheet} />
      <div className={styles.ways}>
        <button type="button" className={styles.all} onClick={() => onSheet({ kind: 'milestones' })} aria-keyshortcuts="m">
          <span>{words.all}</span>
          <KeyCap>m</KeyCap>
        </button>
        <button type="button" className={styles.all} onClick={() => onSheet({ kind: 'ratings' })} aria-keyshortcuts="Shift+R">
          <span>{ratingText.choose.another}</span>
          <KeyCap>R</KeyCap>
        </button>
      </div>
    </Panel>
  );
}

export function keyOfAction({ action, tap }: SessionView['actions'][number]): string {
  if (action.type === 'milestone') return action.milestone;
  return action.type === 'tap' ? JSON.stringify(tap) : action.type;
}
