import type { RoomAction } from '../../../../shared/contract/session-view/actions.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../../components/button.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { artefactText } from '../../../text/artefact.ts';
import { dischargeText, handoverText } from '../../../text/discharge.ts';
import { leftText } from '../../../text/left.ts';
import { sessionText } from '../../../text/session.ts';
import { MilestoneButton } from './milestone-button.tsx';
import { keyOfAction } from './milestones-panel.tsx';
import { recordedMarks } from '../../../components/recorded-marks.ts';
import { RecordedList } from './recorded-list.tsx';
import { UndoSlots } from './undo-slots.tsx';
import type { SessionSheet } from '../session-sheet.ts';
import styles from './milestones-sheet.module.css';

const words = sessionText.milestones;

interface MilestonesSheetProps {
  readonly session: SessionView;
  /** The recorded entry a person comes back from; it takes the focus. */
  readonly cameFrom: string | null;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
}

/** Everything that can be recorded, what cannot yet and why, and what was recorded. */
export function MilestonesSheet({ session, cameFrom, onSheet, onClose }: MilestonesSheetProps) {
  const possible = session.actions.filter((action) => !isWaiting(action));
  const waiting = session.actions.filter(isWaiting);
  const isOfDose = ({ sheet }: RoomAction): boolean => sheet === 'dose' || sheet === 'end';
  return (
    <SheetView title={words.all} aside={words.aside} close={words.close} onClose={onClose}>
      <UndoSlots undoable={session.undoable} />
      <Group heading={words.groups.dose} actions={possible.filter(isOfDose)} onSheet={onSheet} />
      <Group heading={words.groups.now} actions={possible.filter((action) => !isOfDose(action))} onSheet={onSheet} />
      <div className={styles.tools}>
        <Button onPress={() => onSheet({ kind: 'discharge' })}>{dischargeText.open}</Button>
        <Button onPress={() => onSheet({ kind: 'left' })}>{leftText.open}</Button>
        <Button onPress={() => onSheet({ kind: 'handover' })}>{handoverText.open}</Button>
        <Button onPress={() => onSheet({ kind: 'artefact' })}>{artefactText.open}</Button>
      </div>
      <RecordedList marks={recordedMarks(session)} cameFrom={cameFrom} onSheet={onSheet} />
      <Group heading={words.groups.waiting} actions={waiting} onSheet={onSheet} />
    </SheetView>
  );
}

/** It cannot be recorded yet, whatever the reason. */
function isWaiting({ waitsFor, doubtful }: RoomAction): boolean {
  return waitsFor !== null && doubtful !== true;
}

interface GroupProps {
  readonly heading: string;
  readonly actions: readonly RoomAction[];
  readonly onSheet: (sheet: SessionSheet) => void;
}

function Group({ heading, actions, onSheet }: GroupProps) {
  if (actions.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{heading}</h3>
      <div className={styles.grid}>
        {actions.map((action) => (
          <MilestoneButton key={keyOfAction(action)} action={action} onSheet={onSheet} />
        ))}
      </div>
    </section>
  );
}
