import type { SessionCommandInput } from '../../../../shared/contract/session-commands.ts';
import type { RoomAction } from '../../../../shared/contract/room-board.ts';
import { bringIntoSight } from '../../../components/into-sight.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { serviceNowMs, useRoom } from '../../../live/room-context.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { sessionText } from '../../../text/session.ts';
import { anotherTimeOf, tapOf, type SessionSheet } from '../session-sheet.ts';
import { useHold } from './use-hold.ts';
import styles from './milestone-button.module.css';

const words = sessionText.milestones;

export interface MilestoneButtonProps {
  readonly action: RoomAction;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/**
 * A tap is a record: the time is the tap's. What needs an amount or a reason opens its sheet. While it is on its
 * way to the disk it says so, and why it was not recorded stands right under it.
 */
export function MilestoneButton({ action, onSheet }: MilestoneButtonProps) {
  const { run, state } = useCommand();
  const { store } = useRoom();
  const saving = state.kind === 'saving';
  // What is only doubtful is asked about in its sheet.
  const blocked = action.waitsFor !== null && action.doubtful !== true;
  const hold = useHold(
    () => {
      const live = store.getState();
      const dose = live.board?.session?.dose;
      if (saving || blocked || dose === undefined) return;
      const tap = tapOf(action.action, dose, serviceNowMs(live), action.doubtful);
      if (tap.records) run(commandOf(action.action));
      else onSheet(tap.sheet);
    },
    () => {
      if (!saving && !blocked) onSheet(anotherTimeOf(action));
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

function commandOf(action: RoomAction['action']): SessionCommandInput {
  if (action.type === 'milestone') return { type: 'reach-milestone', milestone: action.milestone };
  return { type: action.type === 'start-dose' || action.type === 'expel-lozenge' ? action.type : 'complete-dose' };
}
