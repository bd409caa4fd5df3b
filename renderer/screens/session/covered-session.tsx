import type { SessionCover } from '../../../shared/contract/board/session-cover.ts';
import { signedElapsed } from '../../format/durations.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { sessionText } from '../../text/session.ts';
import { LinkBanner } from './header/link-banner.tsx';
import { linkBanner } from './header/link-view.ts';
import { VitalsColumn } from './vitals/vitals-column.tsx';
import styles from './covered-session.module.css';

interface CoveredSessionProps {
  readonly cover: SessionCover;
  readonly onSignIn: () => void;
}

/** A session for eyes that may not read it: the figures stay in sight, nothing names or describes the patient. */
export function CoveredSession({ cover, onSignIn }: CoveredSessionProps) {
  const words = sessionText.covered;
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const { person } = useSeat();
  const { startedMs, openedMs, fromAfar } = cover;
  const monitors = useBoard((board) => board.monitors);
  const lost = fromAfar ? null : linkBanner(monitors, { nowMs, second: clock.second }, startedMs !== null);
  return (
    <div className={styles.screen}>
      <VitalsColumn remote={fromAfar} />
      <section className={styles.card} aria-label={words.title}>
        {lost === null ? null : <LinkBanner view={lost} />}
        <Icon name="lock" size={40} />
        <h2 className={styles.title}>{words.title}</h2>
        <p className={styles.clock}>{startedMs === null ? words.preparing : words.sinceStart(signedElapsed(nowMs - startedMs))}</p>
        <p className={styles.quiet}>
          {words.opened(clock.minute(openedMs))} {words.goesOn}
        </p>
        <p className={styles.quiet}>{person === null ? words.signIn : words.notFor(person.name)}</p>
        <Button kind="primary" onPress={onSignIn}>
          {words.button}
        </Button>
      </section>
    </div>
  );
}
