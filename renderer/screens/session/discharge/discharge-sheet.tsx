import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../../components/button.tsx';
import { RecordButton } from '../../../components/act/record-button.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useCommand } from '../../../live/use-command.ts';
import { dischargeText as words } from '../../../text/discharge.ts';
import { leftText } from '../../../text/left.ts';
import { CriterionRow } from './criterion-row.tsx';
import styles from './discharge-sheet.module.css';

interface DischargeSheetProps {
  readonly session: SessionView;
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
    <SheetView
      title={title}
      words={athome ? words.sitterWords : ended ? words.words : words.notEnded}
      tools={<Button onPress={onLeft}>{leftText.open}</Button>}
      close={words.close}
      onClose={onClose}
    >
      <ul className={styles.lines}>
        {discharge.lines.map((line) => (
          <CriterionRow key={line.criterion} line={line} escort={discharge.escort} ended={ended} onRate={onRate} />
        ))}
      </ul>
      {athome ? null : <Assess session={session} onClose={onClose} />}
    </SheetView>
  );
}

function Assess({ session, onClose }: { readonly session: SessionView; readonly onClose: () => void }) {
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
      <RecordButton
        label={saving ? words.saving : assessed === null ? words.record : words.again}
        waits={waits ? words.waits(open.length) : null}
        isDisabled={waits || saving}
        onPress={() => {
          if (!waits && !saving) run({ type: 'assess-discharge' }, { onRecorded: onClose });
        }}
      />
    </footer>
  );
}
