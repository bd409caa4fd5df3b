import { Icon } from '../../components/icon.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { useCompact } from '../../live/use-media.ts';
import { useRoute } from '../../live/use-route.ts';
import { remoteText } from '../../text/remote.ts';
import { vitalsText } from '../../text/vitals.ts';
import { linkLine } from './link-view.ts';
import { VitalTile } from './vital-tile.tsx';
import { vitalViews } from './vital-view.ts';
import styles from './vitals-column.module.css';

/** The figures of now, each with its age, and the link they came over. */
export function VitalsColumn({ remote }: { readonly remote: boolean }) {
  const vitals = useBoard((board) => board.vitals);
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const compact = useCompact();
  return (
    <section className={styles.column} aria-label={vitalsText.column}>
      {vitalViews(vitals, { nowMs, minute: clock.minute }).map((view) => (
        <VitalTile key={view.series} view={view} compact={compact} remote={remote} />
      ))}
      {remote ? <RemoteLine /> : <LinkLine compact={compact} />}
    </section>
  );
}

/** The room's monitors say nothing of somebody at home. */
function RemoteLine() {
  return (
    <p className={styles.link} data-live="false">
      <span className={styles.words}>
        <strong>{remoteText.link}</strong>
        <span>{remoteText.linkWords}</span>
      </span>
    </p>
  );
}

function LinkLine({ compact }: { readonly compact: boolean }) {
  const monitors = useBoard((board) => board.monitors);
  const nowMs = useServiceNow();
  const { second } = useClockTime();
  const { go } = useRoute();
  const line = linkLine(monitors, { nowMs, second });
  return (
    <button type="button" className={styles.link} data-live={line.live} onClick={() => go({ at: 'monitors' })}>
      <Icon name={line.live ? 'plug' : 'cable-out'} size={compact ? 20 : 24} className={styles.icon} />
      <span className={styles.words}>
        <strong>{line.title}</strong>
        {compact && line.live ? null : <span>{line.detail}</span>}
        <span className="visually-hidden">{vitalsText.toMonitors}</span>
      </span>
    </button>
  );
}
