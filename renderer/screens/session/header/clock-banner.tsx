import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { clockTimeAt, writtenLength } from '../../../../shared/values/clock-time.ts';
import { Icon } from '../../../components/icon.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../../live/room-context.tsx';
import { sessionText } from '../../../text/session.ts';
import styles from './clock-banner.module.css';

const words = sessionText.clockBanner;
/** Closer than this both clocks read the same for a person. */
const apartMsMin = 5000;

/** The computer's clock or its zone was set while this session runs: both times, for as long as they differ. */
export function ClockBanner({ session }: { readonly session: SessionView }) {
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const computer = clockTimeAt(
    useBoard((board) => board.clock.computerOffsetMin),
    clock.formats,
  );
  const last = session.clockSteps.at(-1);
  const aheadMs = last?.aheadMs ?? 0;
  const isSet = Math.abs(aheadMs) >= apartMsMin;
  if (!isSet && computer.offsetMin === clock.offsetMin) return null;
  const what = [];
  if (last !== undefined && isSet) {
    const length = writtenLength(Math.abs(last.byMs));
    what.push(last.byMs < 0 ? words.back(length, clock.minute(last.atMs)) : words.ahead(length, clock.minute(last.atMs)));
  }
  if (computer.offsetMin !== clock.offsetMin) what.push(words.zone(clock.offsetText, computer.offsetText));
  return (
    <section className={styles.banner} data-banner="clock" aria-label={words.name}>
      <Icon name="clock" size={22} className={styles.icon} />
      <p>
        <strong>{what.join(' ')}</strong> {words.ownTime(clock.second(nowMs), computer.second(nowMs + aheadMs))}
      </p>
    </section>
  );
}
