import type { SessionSummary } from '../../../shared/contract/room-contract.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import { Button } from '../../components/button.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { homeText } from '../../text/home.ts';
import styles from './session-panels.module.css';

const words = homeText.unsigned;

interface UnsignedRecordsProps {
  readonly sessions: readonly SessionSummary[];
  readonly onSign: (sessionId: SessionId) => void;
}

/** Records that wait for a signature, the oldest first: the one that has waited longest is the one to do. */
export function UnsignedRecords({ sessions, onSign }: UnsignedRecordsProps) {
  const clock = useClockTime();
  const waiting = sessions
    .flatMap(({ signed, ...session }) => (signed?.status === 'ended' || signed?.status === 'amending' ? [{ ...session, signed }] : []))
    .toSorted((a, b) => a.openedMs - b.openedMs);
  if (waiting.length === 0) return null;
  return (
    <section aria-label={words.heading}>
      <header className={styles.second}>
        <h2>{words.heading}</h2>
        <span>{words.order}</span>
      </header>
      <ul className={styles.rows}>
        {waiting.map((session) => {
          const { signed } = session;
          const ended = session.endedMs === null ? '' : words.ended(clock.day(session.endedMs), clock.minute(session.endedMs));
          return (
            <li key={session.sessionId} className={styles.row}>
              <span className={styles.when} data-day>
                {clock.day(session.openedMs)}
              </span>
              <span className={styles.who}>
                <strong>{homeText.list.patient(session.patientName)}</strong>
                <span>{session.protocolName}</span>
              </span>
              <span className={styles.state}>
                <strong>{signed.status === 'amending' ? words.amending : words.waiting}</strong>
                <span>{signed.status === 'amending' && signed.by !== null ? words.signedBy(signed.version, signed.by) : ended}</span>
              </span>
              <Button wide onPress={() => onSign(session.sessionId)} label={words.signOf(session.patientName, ended)}>
                {words.sign}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
