import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { writtenLength } from '../../../shared/values/clock-time.ts';
import { Icon } from '../../components/icon.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useServiceNow } from '../../live/room-context.tsx';
import { sessionText } from '../../text/session.ts';
import styles from './clock-banner.module.css';

const words = sessionText.clockBanner;
/** Closer than this both clocks read the same for a person. */
const apartMsMin = 5000;

/** The computer's clock was set while this session runs: both times, for as long as they differ. */
export function ClockBanner({ session }: { readonly session: SessionSection }) {
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const last = session.clockSteps.at(-1);
  if (last === undefined || Math.abs(last.aheadMs) < apartMsMin) return null;
  const length = writtenLength(Math.abs(last.byMs));
  return (
    <section className={styles.banner} data-banner="clock" aria-label={words.name}>
      <Icon name="clock" size={22} className={styles.icon} />
      <p>
        <strong>{last.byMs < 0 ? words.back(length, clock.minute(last.atMs)) : words.ahead(length, clock.minute(last.atMs))}</strong>{' '}
        {words.ownTime(clock.second(nowMs), clock.second(nowMs + last.aheadMs))}
      </p>
    </section>
  );
}
