import type { SessionCover } from '../../../shared/contract/board/session-cover.ts';
import { signedElapsed } from '../../format/durations.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { useKeys } from '../../components/keys/key-layer.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { sessionText } from '../../text/session.ts';
import { LinkBanner } from './header/link-banner.tsx';
import { linkBanner } from './header/link-view.ts';
import { VitalsColumn } from './vitals/vitals-column.tsx';
import styles from './covered-screen.module.css';

interface CoveredScreenProps {
  /** The session in this room; null where none is open. */
  readonly cover: SessionCover | null;
  readonly onSignIn: () => void;
}

/** For eyes that may not read: nothing names or describes anybody, and the figures stay in sight where the clinic shows them. */
export function CoveredScreen({ cover, onSignIn }: CoveredScreenProps) {
  const { covered, people } = useSeat();
  const [front] = covered;
  const isChosen = useBoard((board) => board.room.privacyCover.figures);
  // Somebody sits here who works with the room and not with patients.
  const figures = isChosen || people.length > 0;
  // The pad was closed: whoever types wants it back.
  useKeys((event) => {
    if (front === undefined || !/^(\d|Enter)$/.test(event.key)) return;
    event.preventDefault();
    onSignIn();
  });
  const title = front === undefined ? sessionText.covered.title : sessionText.coveredPage.title;
  const hasFigures = cover !== null && figures;
  return (
    <div className={classNames(styles.screen, !hasFigures && styles.bare)}>
      {hasFigures ? <VitalsColumn remote={cover.fromAfar} /> : null}
      <section className={classNames(styles.card, front !== undefined && styles.beside)} aria-label={title}>
        {cover === null ? null : <LostLine cover={cover} />}
        <Icon name="lock" size={40} />
        <h2 className={styles.title}>{title}</h2>
        {cover === null ? <p className={styles.quiet}>{sessionText.coveredPage.noSession}</p> : <SessionLines cover={cover} />}
        {cover === null || figures ? null : <p className={styles.quiet}>{sessionText.coveredPage.noFigures}</p>}
        {front === undefined ? <WhoMay /> : <p className={styles.quiet}>{sessionText.coveredPage.goOn(front.name)}</p>}
        <Button kind="primary" onPress={onSignIn}>
          {front === undefined ? sessionText.covered.button : sessionText.coveredPage.button}
        </Button>
      </section>
    </div>
  );
}

function LostLine({ cover }: { readonly cover: SessionCover }) {
  const monitors = useBoard((board) => board.monitors);
  const nowMs = useServiceNow();
  const { second } = useClockTime();
  const lost = cover.fromAfar ? null : linkBanner(monitors, { nowMs, second }, cover.startedMs !== null);
  return lost === null ? null : <LinkBanner view={lost} />;
}

function SessionLines({ cover: { startedMs, openedMs } }: { readonly cover: SessionCover }) {
  const words = sessionText.covered;
  const nowMs = useServiceNow();
  const clock = useClockTime();
  return (
    <>
      <p className={styles.clock}>{startedMs === null ? words.preparing : words.sinceStart(signedElapsed(nowMs - startedMs))}</p>
      <p className={styles.quiet}>
        {words.opened(clock.minute(openedMs))} {words.goesOn}
      </p>
    </>
  );
}

function WhoMay() {
  const words = sessionText.covered;
  const { person } = useSeat();
  return <p className={styles.quiet}>{person === null ? words.signIn : words.notFor(person.name)}</p>;
}
