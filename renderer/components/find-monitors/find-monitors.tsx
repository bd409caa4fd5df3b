import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DetectionCandidate } from '../../../shared/contract/detection.ts';
import { useRoom } from '../../live/room-context.tsx';
import { monitorsText } from '../../text/monitors.ts';
import { Button } from '../button.tsx';
import { PortRow } from './port-row.tsx';
import styles from './find-monitors.module.css';
import { ReadFailed } from '../act/read-failed.tsx';

const words = monitorsText.find;
const portsEveryMs = 3000;

interface FindMonitorsProps {
  /** Resolves when the monitor is added; rejects with what is to be said. */
  readonly onAdd: (candidate: DetectionCandidate, port: string) => Promise<void>;
  /** Ports that are taken here already, though the service does not know it yet. */
  readonly taken?: readonly string[];
  /** Why nothing can be added now; null where it can. */
  readonly full: string | null;
}

/** Ports with what answers there: listen to all, ask on one after consent, add with one tap. */
export function FindMonitors({ onAdd, taken = [], full }: FindMonitorsProps) {
  const { client } = useRoom();
  const ports = useQuery({
    queryKey: ['setup', 'ports'],
    queryFn: () => client.setup.ports(),
    refetchInterval: portsEveryMs,
    retry: false,
  });
  // Every row begins a look when this number grows.
  const [round, setRound] = useState(0);
  const free = (ports.data ?? []).filter((port) => port.usedBy === null && !taken.includes(port.path));
  return (
    <div className={styles.find}>
      <p className={styles.quiet}>{words.words}</p>
      <Button kind="primary" onPress={() => setRound((count) => count + 1)} isDisabled={free.length === 0} wide>
        {words.start}
      </Button>
      <ReadFailed of={ports} words={words.portsFailed} />
      {ports.isPending ? <p className={styles.quiet}>{words.portsLoading}</p> : null}
      {ports.data?.length === 0 ? <p className={styles.quiet}>{words.noPorts}</p> : null}
      <ul className={styles.ports}>
        {(ports.data ?? []).map((port) => (
          <PortRow
            key={port.path}
            port={port}
            round={round}
            full={full}
            isTaken={port.usedBy !== null || taken.includes(port.path)}
            onAdd={(candidate) => onAdd(candidate, port.path)}
          />
        ))}
      </ul>
    </div>
  );
}
