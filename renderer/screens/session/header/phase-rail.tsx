import { minutesAndSeconds } from '../../../../shared/values/clock-time.ts';
import { phaseKeys, type PhaseKey } from '../../../../shared/clinical/milestone.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { bagEmptySinceMs } from '../../../components/bag-empty.ts';
import { classNames } from '../../../components/class-names.ts';
import { Icon } from '../../../components/icon.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { mgGiven } from '../../../format/amounts.ts';
import { signedElapsed } from '../../../format/durations.ts';
import { useServiceNow } from '../../../live/room-context.tsx';
import { sessionText } from '../../../text/session.ts';
import { doseProgress, flowWords, type DoseProgress } from './dose-progress.ts';
import styles from './phase-rail.module.css';
import { showMilli } from '../../../../shared/values/quantity.ts';

const words = sessionText.rail;

/** Where the session stands, how much has gone in, and for how long. */
export function PhaseRail({ session }: { readonly session: SessionView }) {
  return (
    <section className={styles.rail} aria-label={words.name} data-dose={session.dose.state}>
      <ol className={styles.steps}>
        {phaseKeys.map((phase) => (
          <Step key={phase} phase={phase} session={session} />
        ))}
      </ol>
      <span className={styles.spring} />
      <Figures session={session} />
    </section>
  );
}

function Step({ phase, session }: { readonly phase: PhaseKey; readonly session: SessionView }) {
  const clock = useClockTime();
  const order = phaseKeys.indexOf(phase) - phaseKeys.indexOf(session.phase);
  const began = session.phases.findLast((entry) => entry.phase === phase);
  const nowMs = useServiceNow();
  // The phase of the dose says whether anything flows.
  const stands = phase === 'infusing' && order === 0 ? flowWords(session.dose, nowMs) : null;
  return (
    <li
      className={classNames(styles.step, order === 0 && styles.current, order < 0 && styles.done, stands !== null && styles.stands)}
      aria-current={order === 0 ? 'step' : undefined}
    >
      {order < 0 ? <Icon name="check" size={20} /> : null}
      <span className={styles.phase}>{stands ?? session.dosing.phaseLabels[phase] ?? words.phases[phase]}</span>
      {began === undefined || order > 0 ? null : <time className={styles.began}>{clock.minute(began.fromMs)}</time>}
      {order < 0 ? <span className="visually-hidden">{words.done}</span> : null}
    </li>
  );
}

function Figures({ session }: { readonly session: SessionView }) {
  const nowMs = useServiceNow();
  const { dose } = session;
  const progress = doseProgress(dose, nowMs);
  const { startedMs } = dose;
  // Its words need the room.
  const isEmpty = bagEmptySinceMs(dose, nowMs) !== null;
  return (
    <div className={styles.figures}>
      {progress === null ? <span className={styles.quiet}>{words.notOrdered}</span> : null}
      {progress === null ? null : startedMs === null ? (
        <p className={styles.pair}>
          <strong className={styles.figure}>{showMilli(progress.totalUg)} mg</strong> <span>{words.ordered}</span>
        </p>
      ) : (
        <>
          <p className={styles.pair}>
            <strong className={styles.figure}>{mgGiven(progress.givenUg, dose)}</strong>{' '}
            <span>{words.ofMg(showMilli(progress.totalUg))}</span>
          </p>
          {isEmpty ? null : <Bar share={progress.share} />}
          <Ends session={session} />
          {isEmpty ? null : <Pauses progress={progress} />}
        </>
      )}
      <p className={classNames(styles.pair, styles.parted)}>
        {startedMs === null ? (
          <span className={styles.quiet}>{words.notStarted}</span>
        ) : (
          <>
            <strong className={styles.elapsed}>{signedElapsed((session.endedMs ?? nowMs) - startedMs)}</strong>{' '}
            <span>{words.sinceStart}</span>
          </>
        )}
      </p>
    </div>
  );
}

/** The pause under way is what is read from across the room; the sum of all stands small beside it. */
function Pauses({ progress: { pausedMs, pausedNowMs } }: { readonly progress: DoseProgress }) {
  if (pausedMs === 0 && pausedNowMs === null) return null;
  if (pausedNowMs === null) {
    return <p className={classNames(styles.pair, styles.parted, styles.sum)}>{words.pausedInAll(minutesAndSeconds(pausedMs))}</p>;
  }
  return (
    <p className={classNames(styles.pair, styles.pauseNow)}>
      <strong className={styles.pauseWord}>{words.pausedNow}</strong>
      <strong className={styles.elapsed}>{minutesAndSeconds(pausedNowMs)}</strong>
      {pausedMs - pausedNowMs < 1000 ? null : <span className={styles.sum}>{words.inAll(minutesAndSeconds(pausedMs))}</span>}
    </p>
  );
}

function Bar({ share }: { readonly share: number }) {
  return (
    <span
      className={styles.bar}
      role="progressbar"
      aria-label={words.given}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <span className={styles.fill} style={{ width: `${share * 100}%` }} />
    </span>
  );
}

function Ends({ session: { dose, dosing } }: { readonly session: SessionView }) {
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const lastMs = dose.administrations.at(-1)?.atMs;
  if (dosing.protocol.route === 'im' && lastMs !== undefined) return <span className={styles.quiet}>{words.noWithhold}</span>;
  // Which of the two the form means is the protocol's word; both are always in sight.
  if (dose.monitoring !== null && dose.administrations.length > 1) {
    return <span className={styles.quiet}>{words.sinceLast(signedElapsed(nowMs - dose.monitoring.lastMs))}</span>;
  }
  if (lastMs !== undefined && dose.endedMs === null) return <span className={styles.ends}>{words.lastGiven(clock.minute(lastMs))}</span>;
  if (dose.endedMs !== null) return <span className={styles.ends}>{words.ended(clock.minute(dose.endedMs))}</span>;
  const emptyMs = bagEmptySinceMs(dose, nowMs);
  if (emptyMs !== null) return <strong className={styles.empty}>{words.bagEmptySince(clock.minute(emptyMs))}</strong>;
  return dose.predictedEndMs === null ? null : <span className={styles.ends}>{words.endsAbout(clock.minute(dose.predictedEndMs))}</span>;
}
