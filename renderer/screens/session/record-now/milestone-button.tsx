import type { RoomAction } from '../../../../shared/contract/session-view/actions.ts';
import { bringIntoSight } from '../../../components/into-sight.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { sessionText } from '../../../text/session.ts';
import { sheetOf, type SessionSheet } from '../session-sheet.ts';
import { useHold } from './use-hold.ts';
import styles from './milestone-button.module.css';

const words = sessionText.milestones;

interface MilestoneButtonProps {
  readonly action: RoomAction;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/**
 * A tap is a record: the time is the tap's. What needs an amount or a reason opens its sheet. While it is on its
 * way to the disk it says so, and why it was not recorded stands right under it.
 */
export function MilestoneButton({ action, onSheet }: MilestoneButtonProps) {
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  // What is only doubtful is asked about in its sheet.
  const blocked = action.waitsFor !== null && action.doubtful !== true;
  const hold = useHold(
    () => {
      if (saving || blocked) return;
      if (action.tap === null) onSheet(sheetOf(action, 'record'));
      else run(action.tap);
    },
    () => {
      if (!saving && !blocked) onSheet(sheetOf(action, 'another-time'));
    },
  );
  return (
    <>
      <button
        type="button"
        className={styles.button}
        data-state={saving ? 'saving' : blocked ? 'waiting' : 'idle'}
        aria-disabled={saving || blocked}
        title={blocked ? undefined : words.holdHint}
        {...hold}
      >
        <span className={styles.name}>{action.label}</span>
        <Hint saving={saving} action={action} />
      </button>
      {state.kind === 'refused' ? (
        <div className={styles.refusal} ref={bringIntoSight}>
          <RefusalNote words={state.message} />
        </div>
      ) : null}
    </>
  );
}

function Hint({ saving, action }: { readonly saving: boolean; readonly action: RoomAction }) {
  if (saving) {
    return (
      <span className={styles.hint} role="status">
        {words.saving}
      </span>
    );
  }
  if (action.waitsFor !== null) {
    return <span className={styles.hint}>{action.doubtful === true ? words.asks : words.waitsFor(action.waitsFor)}</span>;
  }
  return action.hint === '' ? null : <span className={styles.hint}>{action.hint}</span>;
}
