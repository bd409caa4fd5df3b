import type { ObservationView } from '../../../../shared/contract/session-view/observations.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../../components/button.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { minuteFrom } from '../../../format/durations.ts';
import { detailLines } from '../../../../shared/clinical/observation-words.ts';
import { observationText } from '../../../text/observation.ts';
import { sessionText } from '../../../text/session.ts';
import type { SessionSheet } from '../session-sheet.ts';
import styles from './observations-sheet.module.css';

const words = observationText.list;

interface ObservationsSheetProps {
  readonly session: SessionView;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
}

/** Every shared observation in full, to be read back and put right. */
export function ObservationsSheet({ session, onSheet, onClose }: ObservationsSheetProps) {
  return (
    <SheetView title={words.title} aside={words.aside} close={words.close} onClose={onClose}>
      {session.observations.length === 0 ? <p className={styles.none}>{words.none}</p> : null}
      <ol className={styles.list}>
        {session.observations.toReversed().map((observation) => (
          <li key={observation.eventId} className={styles.row}>
            <Observation observation={observation} startedMs={session.dose.startedMs} />
            <Button onPress={() => onSheet({ kind: 'correct-observation', eventId: observation.eventId })}>{words.correct}</Button>
          </li>
        ))}
      </ol>
    </SheetView>
  );
}

function Observation({ observation, startedMs }: { readonly observation: ObservationView; readonly startedMs: number | null }) {
  const clock = useClockTime();
  const { text, chips, details, amended, atMs, amendedFromMs, late, enteredMs, by } = observation;
  const from = startedMs === null ? null : minuteFrom(startedMs, atMs);
  const entered = late ? `${sessionText.milestones.enteredAt(clock.minute(enteredMs))} ${sessionText.milestones.late}` : null;
  return (
    <div className={styles.entry}>
      <p className={styles.about}>
        <time>{clock.second(atMs)}</time>
        {[from, by, entered].filter((part) => part !== null).map((part) => ` · ${part}`)}
        {amendedFromMs === null ? null : (
          <span className={styles.amended}> · {sessionText.milestones.amended(clock.second(amendedFromMs))}</span>
        )}
      </p>
      <p className={styles.text}>{text === '' ? null : text}</p>
      {chips.length === 0 ? null : <p className={styles.chips}>{chips.map(({ chip }) => chip).join(' · ')}</p>}
      {detailLines(details).map((line) => (
        <p key={line} className={styles.chips}>
          {line}
        </p>
      ))}
      {amended === null ? null : (
        <p className={styles.amended}>{words.amended(amended.firstText === '' ? words.noWords : amended.firstText)}</p>
      )}
    </div>
  );
}
