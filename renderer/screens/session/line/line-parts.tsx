import type { KeyboardEvent, ReactNode } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Icon } from '../../../components/icon.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { minuteFrom } from '../../../format/durations.ts';
import styles from '../observations/observation-line.module.css';

export function FirstKeyTime({ session, begunAtMs }: { readonly session: SessionView; readonly begunAtMs: number | null }) {
  const clock = useClockTime();
  if (begunAtMs === null) return null;
  const { startedMs } = session.dose;
  return (
    <time className={styles.time}>
      {clock.second(begunAtMs)}
      {startedMs === null ? '' : ` · ${minuteFrom(startedMs, begunAtMs)}`}
    </time>
  );
}

/** Back to the room, where letters are keys again. */
export function leaveOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}

/** More than a note takes: it stays in the line whole, and is not recorded. */
export function Excess({ words }: { readonly words: string }) {
  return (
    <AboveLine isAlert>
      <p>{words}</p>
    </AboveLine>
  );
}

/** Above the strip, so that nothing moves under the hands. */
export function AboveLine({ isAlert = false, children }: { readonly isAlert?: boolean; readonly children: ReactNode }) {
  return (
    <div className={styles.aboveLine} role={isAlert ? 'alert' : 'status'}>
      <Icon name="note" size={22} />
      {children}
    </div>
  );
}
