import { useQuery } from '@tanstack/react-query';
import type { DetectionCandidate } from '../../../shared/contract/detection.ts';
import { Button } from '../../components/button.tsx';
import { FindMonitors } from '../../components/find-monitors/find-monitors.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { monitorsText } from '../../text/monitors.ts';
import { setupText } from '../../text/setup.ts';
import { MonitorCard } from '../../sheets/room/monitor-card.tsx';
import type { MonitorDraft } from '../../sheets/room/setup-draft.ts';
import type { StepProps } from './step-props.ts';
import formStyles from '../../sheets/room/room-form.module.css';
import styles from './setup-screen.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

const monitorsMax = 8;

export function MonitorStep({ draft, put, problemOf }: StepProps) {
  const { client } = useRoom();
  const words = setupText.monitors;
  const protocols = useQuery({ queryKey: ['setup', 'protocols'], queryFn: () => client.setup.protocols() });
  const ports = useQuery({ queryKey: ['setup', 'ports'], queryFn: () => client.setup.ports() });
  const { monitors } = draft;
  const change = (key: number, part: Partial<MonitorDraft>): void =>
    put({ monitors: monitors.map((monitor) => (monitor.key === key ? { ...monitor, ...part } : monitor)) });
  const add = (): void => {
    const key = Math.max(0, ...monitors.map((monitor) => monitor.key)) + 1;
    put({ monitors: [...monitors, { key, name: words.nameOf(key), protocol: null, port: '' }] });
  };
  const addFound = async ({ protocol, vendor, askedByOther }: DetectionCandidate, port: string): Promise<void> => {
    const key = Math.max(0, ...monitors.map((monitor) => monitor.key)) + 1;
    const isTaken = monitors.some((monitor) => monitor.name === vendor);
    const name = isTaken ? `${vendor} ${key}` : vendor;
    put({ monitors: [...monitors, { key, name, protocol, port, ...(askedByOther ? { listenOnly: true } : {}) }] });
  };
  return (
    <>
      <p className={styles.quiet}>{words.words}</p>
      <ReadFailed of={ports} words={words.portsFailed} />
      <ReadFailed of={protocols} words={setupText.monitors.protocolsFailed} />
      <section className={formStyles.monitor} aria-label={monitorsText.find.heading}>
        <h3 className={formStyles.label}>{monitorsText.find.heading}</h3>
        <FindMonitors
          onAdd={addFound}
          taken={monitors.map((monitor) => monitor.port)}
          full={monitors.length < monitorsMax ? null : monitorsText.find.full}
        />
      </section>
      {monitors.length === 0 ? (
        <div className={styles.empty}>
          <strong>{words.none}</strong>
          <p className={styles.quiet}>{words.noneWords}</p>
        </div>
      ) : (
        monitors.map((monitor) => (
          <MonitorCard
            key={monitor.key}
            monitor={monitor}
            protocols={protocols.data ?? []}
            ports={ports.data ?? null}
            onLookAgain={() => void ports.refetch()}
            onChange={(part) => change(monitor.key, part)}
            onRemove={() => put({ monitors: monitors.filter((other) => other.key !== monitor.key) })}
            problemOf={problemOf}
          />
        ))
      )}
      {monitors.length < monitorsMax ? <Button onPress={add}>{monitors.length === 0 ? words.add : words.addAnother}</Button> : null}
    </>
  );
}
