import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SessionCover } from '../../../shared/contract/board/session-cover.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { signedElapsed } from '../../format/durations.ts';
import { Icon } from '../../components/icon.tsx';
import { Initials } from '../../components/initials.tsx';
import { FormatsSetting } from './settings/formats-setting.tsx';
import { PinAgeSetting } from './settings/pin-age-setting.tsx';
import { PrivacyCoverSetting } from './settings/privacy-cover-setting.tsx';
import { PrivateSideSetting } from './settings/private-side-setting.tsx';
import { SecondPersonsSetting } from './settings/second-persons-setting.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { homeText } from '../../text/home.ts';
import styles from './home-screen.module.css';

interface ThisRoomProps {
  readonly onStart: () => void;
  readonly onReturn: () => void;
  readonly onSetUp: () => void;
}

/** The one thing most people came for: start a session, or go back to the one that is open. */
export function ThisRoom({ onStart, onReturn, onSetUp }: ThisRoomProps) {
  const session = useBoard((board) => board.session);
  const cover = useBoard((board) => board.cover);
  const demo = useBoard((board) => board.room.demo);
  const words = homeText.room;
  const open = session !== null && session.endedMs === null ? session : null;
  return (
    <Card heading={words.heading} className={styles.room}>
      {open !== null ? (
        <OpenSession session={open} onStart={onStart} onReturn={onReturn} />
      ) : cover === null ? (
        <Invitation onStart={onStart} />
      ) : (
        <CoveredSession cover={cover} onReturn={onReturn} />
      )}
      <PrivateSideSetting />
      <PrivacyCoverSetting />
      <FormatsSetting />
      <SecondPersonsSetting />
      <PinAgeSetting />
      {demo ? (
        <section className={styles.setUp} aria-labelledby="set-up">
          <h3 id="set-up" className={styles.subheading}>
            {homeText.setUp.heading}
          </h3>
          <p className={styles.quiet}>{homeText.setUp.words}</p>
          <Button onPress={onSetUp}>{homeText.setUp.button}</Button>
        </section>
      ) : null}
    </Card>
  );
}

function Invitation({ onStart }: { readonly onStart: () => void }) {
  const words = homeText.room;
  return (
    <>
      <div className={styles.hero}>
        <p className={styles.heroTitle}>{words.free}</p>
        <p className={styles.quiet}>{words.freeWords}</p>
        <button type="button" className={styles.start} onClick={onStart}>
          <Icon name="plus" size={26} /> {words.start}
        </button>
      </div>
      <h3 className={styles.subheading}>{words.howHeading}</h3>
      <ol className={styles.how}>
        {words.how.map(([name, text]) => (
          <li key={name}>
            <strong>{name}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The session of a page at which nobody sits who may read it. */
function CoveredSession({ cover, onReturn }: { readonly cover: SessionCover; readonly onReturn: () => void }) {
  const words = homeText.room;
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const { startedMs, openedMs } = cover;
  return (
    <div className={styles.hero}>
      <p className={styles.heroKind}>{words.open}</p>
      <p className={styles.quiet}>
        {words.opened(clock.minute(openedMs))} · {words.covered}
      </p>
      <p className={styles.elapsed}>{startedMs === null ? words.notStarted : words.sinceStart(signedElapsed(nowMs - startedMs))}</p>
      <button type="button" className={styles.start} onClick={onReturn}>
        {words.toSession}
      </button>
    </div>
  );
}

interface OpenSessionProps {
  readonly session: SessionView;
  readonly onStart: () => void;
  readonly onReturn: () => void;
}

function OpenSession({ session, onStart, onReturn }: OpenSessionProps) {
  const words = homeText.room;
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const { startedMs } = session.dose;
  const facts = [
    session.protocol.name,
    ...(session.course === null ? [] : [words.course(session.course.number, session.course.of)]),
    words.opened(clock.minute(session.openedMs)),
  ];
  return (
    <div className={styles.hero}>
      <p className={styles.heroKind}>{words.open}</p>
      <div className={styles.patient}>
        <Initials name={session.patient.name} size="large" />
        <div>
          <p className={styles.heroTitle}>{session.patient.name}</p>
          <p className={styles.quiet}>{homeText.room.born(clock.date(session.patient.birthDate))}</p>
        </div>
      </div>
      <p className={styles.quiet}>{facts.join(' · ')}</p>
      <p className={styles.elapsed}>{startedMs === null ? words.notStarted : words.sinceStart(signedElapsed(nowMs - startedMs))}</p>
      <button type="button" className={styles.start} onClick={startedMs === null ? onStart : onReturn}>
        {startedMs === null ? words.goOn : words.back}
      </button>
      {startedMs === null ? <Button onPress={onReturn}>{words.toSession}</Button> : null}
    </div>
  );
}
