import { Icon } from '../../../components/icon.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../../live/room-context.tsx';
import { useCompact } from '../../../live/use-media.ts';
import { useAddress } from '../../../live/use-address.ts';
import { useSeat } from '../../../live/use-seat.ts';
import { remoteText } from '../../../text/remote.ts';
import { vitalsText } from '../../../text/vitals.ts';
import type { EnteredKey } from '../../../sheets/vitals/entered-vitals.ts';
import { linkLine } from '../header/link-view.ts';
import { VitalTile } from './vital-tile.tsx';
import { vitalViews } from './vital-view.ts';
import styles from './vitals-column.module.css';

interface VitalsColumnProps {
  readonly remote: boolean;
  /** A tile that no monitor fills was touched; left out where nobody types here. */
  readonly onByHand?: (field: EnteredKey) => void;
}

/** The figures of now, each with its age, and the link they came over. */
export function VitalsColumn({ remote, onByHand }: VitalsColumnProps) {
  const vitals = useBoard((board) => board.vitals);
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const compact = useCompact();
  const views = vitalViews(vitals, { nowMs, minute: clock.minute });
  // Without a monitor every tile that can be typed has its place from the beginning, and none moves when it is.
  const allTyped = views.every(({ typedAs, state }) => typedAs !== null || state === 'not-connected');
  return (
    <section className={styles.column} aria-label={vitalsText.column}>
      {views.map((view) => (
        <VitalTile
          key={view.series}
          view={view}
          compact={compact}
          remote={remote}
          large={allTyped && view.typedAs !== null}
          onByHand={onByHand}
        />
      ))}
      {remote ? <RemoteLine /> : <LinkLine compact={compact} />}
    </section>
  );
}

/** In the place of the line's state where the patient is at home, and no monitor of the room is connected to them. */
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
  const { go } = useAddress();
  const { covered } = useSeat();
  const line = linkLine(monitors, { nowMs, second });
  const content = (
    <>
      <Icon name={line.live ? 'plug' : 'cable-out'} size={compact ? 20 : 24} className={styles.icon} />
      <span className={styles.words}>
        <strong>{line.title}</strong>
        {compact && line.live ? null : <span>{line.detail}</span>}
      </span>
    </>
  );
  // A covered page leads nowhere.
  if (covered.length > 0) {
    return (
      <p className={styles.link} data-live={line.live}>
        {content}
      </p>
    );
  }
  return (
    <button type="button" className={styles.link} data-live={line.live} onClick={() => go({ at: 'monitors' })}>
      {content}
      <span className="visually-hidden">{vitalsText.toMonitors}</span>
    </button>
  );
}
