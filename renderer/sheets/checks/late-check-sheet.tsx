import type { RecordedBy } from '../../../shared/clinical/milestone.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { startText } from '../../text/start.ts';
import { Identifiers } from './identifiers.tsx';
import { ReadBack } from './read-back-form.tsx';
import { readBackList } from './read-back.ts';
import styles from './late-check-sheet.module.css';

interface LateCheckSheetProps {
  readonly milestone: RecordedBy<'check'>;
  readonly session: SessionView;
  readonly onClose: () => void;
}

const words = startText.late;

/** What was to be checked before the dose: done now, it stands in the record with its own time, after the start. */
export function LateCheckSheet({ milestone, session, onClose }: LateCheckSheetProps) {
  const clock = useClockTime();
  const entry = session.checklist.find((one) => one.milestone === milestone);
  const isStale = milestone === 'double_check' && session.dosing.doubleCheck?.stale === true;
  const doneMs = isStale ? null : (entry?.doneMs ?? null);
  const list = readBackList(session, clock);
  const { startedMs } = session.dose;
  return (
    <Sheet label={words.title[milestone]} onClose={onClose}>
      <div className={styles.sheet}>
        <header>
          <h2 className={styles.title}>{words.title[milestone]}</h2>
          {startedMs === null ? null : <p className={styles.late}>{words.late(clock.minute(startedMs))}</p>}
        </header>
        {doneMs !== null ? (
          <p role="status">{words.done(clock.minute(doneMs))}</p>
        ) : milestone === 'identity' ? (
          <Identifiers session={session} />
        ) : list === null ? (
          <p>{startText.check.waits}</p>
        ) : (
          <ReadBack list={list} route={session.dosing.protocol.route} stacked />
        )}
        <footer className={styles.footer}>
          <Button onPress={onClose} size="large">
            {doneMs === null ? words.back : words.close}
          </Button>
        </footer>
      </div>
    </Sheet>
  );
}
