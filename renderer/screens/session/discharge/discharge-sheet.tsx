import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { SessionSection } from '../../../../shared/contract/room-board.ts';
import { Button } from '../../../components/button.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Sheet } from '../../../components/sheet/sheet.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useCommand } from '../../../live/use-command.ts';
import { dischargeText as words } from '../../../text/discharge.ts';
import { leftText } from '../../../text/left.ts';
import { CriterionRow } from './criterion-row.tsx';
import styles from './discharge-sheet.module.css';

export interface DischargeSheetProps {
  readonly session: SessionSection;
  readonly onLeft: () => void;
  readonly onRate: (instrument: InstrumentId) => void;
  readonly onClose: () => void;
}

/** Each criterion with what it rests on. The vitals stay in sight on the left. */
export function DischargeSheet({ session, onRate, onLeft, onClose }: DischargeSheetProps) {
  const { discharge } = session;
  const ended = session.dose.endedMs !== null;
  const athome = discharge.ending === 'with-sitter';
  const title = athome ? words.sitterTitle : words.title;
  return (
    <Sheet label={title} onClose={onClose}>
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          <Button onPress={onLeft}>{leftText.open}</Button>
          <Button onPress={onClose}>{words.close}</Button>
          <p className={styles.words}>{athome ? words.sitterWords : ended ? words.words : words.notEnded}</p>
        </header>
        <ul className={styles.lines}>
          {discharge.lines.map((line) => (
            <CriterionRow key={line.criterion} line={line} escort={discharge.escort} ended={ended} onRate={onRate} />
          ))}
        </ul>
        {athome ? null : <Assess session={session} onClose={onClose} />}
      </div>
    </Sheet>
  );
}

function Assess({ session, onClose }: { readonly session: SessionSection; readonly onClose: () => void }) {
  const { run, state } = useCommand();
  const { minute } = useClockTime();
  const { open, assessed } = session.discharge;
  const saving = state.kind === 'saving';
  const waits = open.length > 0;
  return (
    <footer className={styles.footer}>
      {assessed === null ? null : (
        <p className={styles.assessed} role="status">
          {words.recordedBy(assessed.by ?? '', minute(assessed.atMs))}
        </p>
      )}
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <button
        type="button"
        className={styles.confirm}
        aria-disabled={waits || saving}
        onClick={() => {
          if (!waits && !saving) run({ type: 'assess-discharge' }, { onRecorded: onClose });
        }}
      >
        <strong>{saving ? words.saving : assessed === null ? words.record : words.again}</strong>
        {waits ? <span>{words.waits(open.length)}</span> : null}
      </button>
    </footer>
  );
}
