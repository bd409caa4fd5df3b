import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { yearsOld } from '../../format/years-old.ts';
import { useServiceNow } from '../../live/room-context.tsx';
import { useCompact } from '../../live/use-media.ts';
import { pageText } from '../../text/page.ts';
import { Initials } from '../initials.tsx';
import { useClockTime } from '../use-clock-time.ts';
import styles from './patient-facts.module.css';

/** Who this is about. Name and birth date are never cut; the protocol's words give way first. */
export function PatientFacts({ session }: { readonly session: SessionView }) {
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const compact = useCompact();
  const { patient, course, protocol } = session;
  const born = clock.date(patient.birthDate);
  return (
    <div className={styles.facts}>
      <Initials name={patient.name} />
      <div className={styles.about}>
        <h1 className={styles.name}>{patient.name}</h1>
        <span className={styles.fact}>
          {compact ? pageText.bornShort(born) : pageText.born(born, yearsOld(patient.birthDate, nowMs, clock.offsetMin))}
        </span>
        {course === null ? null : <span className={styles.next}>{pageText.course(course.number, course.of)}</span>}
        {session.responsible === null ? null : (
          <span className={styles.responsible}>{pageText.responsible(session.responsible, session.responsibleLeft)}</span>
        )}
        <span className={styles.protocol}>
          {compact ? pageText.protocolShort(protocol.shortName, protocol.version) : pageText.protocol(protocol.name, protocol.version)}
        </span>
      </div>
    </div>
  );
}
