import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import { Button } from '../../components/button.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { monitorsText } from '../../text/monitors.ts';
import { rawRows } from './line-words.ts';
import styles from './monitors-screen.module.css';

interface RawBytesProps {
  readonly name: string;
  /** As they were when they were asked for: bytes that run by cannot be read. */
  readonly recent: MonitorDetail['recent'];
  readonly onRefresh: () => void;
}

/** The last bytes of a line, in hex and as text. */
export function RawBytes({ name, recent, onRefresh }: RawBytesProps) {
  const clock = useClockTime();
  const rows = rawRows(recent.bytes);
  return (
    <section className={styles.raw}>
      <div className={styles.rawHead}>
        <h3>{monitorsText.raw}</h3>
        <span className={styles.quiet}>{recent.lastMs === null ? '' : monitorsText.rawAt(clock.second(recent.lastMs))}</span>
        <Button onPress={onRefresh} label={`${monitorsText.refresh}: ${monitorsText.rawLabel(name)}`}>
          {monitorsText.refresh}
        </Button>
      </div>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{monitorsText.rawNone}</p>
      ) : (
        // Longer than its place on a laptop: the keyboard has to be able to scroll it.
        <div className={styles.bytes} role="region" aria-label={monitorsText.rawLabel(name)} tabIndex={0}>
          <table>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  <td>{row.hex}</td>
                  <td>{row.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
