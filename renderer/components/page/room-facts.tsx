import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { pageText } from '../../text/page.ts';
import { useClockTime } from '../use-clock-time.ts';
import styles from './room-facts.module.css';

/** The left end of a banner that is about no patient: the product and the day. */
export function RoomFacts() {
  const nowMs = useServiceNow();
  const clock = useClockTime();
  return (
    <div className={styles.facts}>
      <h1 className={styles.product}>{pageText.product}</h1>
      <span className={styles.day}>{clock.longDay(nowMs)}</span>
    </div>
  );
}

/** The version, at the right of a footer. */
export function VersionWords() {
  const room = useBoard((board) => board.room);
  return <span>{pageText.version(room.version, room.demo)}</span>;
}
