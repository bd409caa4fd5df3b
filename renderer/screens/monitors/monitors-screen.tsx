import { useState } from 'react';
import type { Role } from '../../../shared/contract/board/people.ts';
import { roomRoles } from '../../../shared/contract/role-table.ts';
import type { DetectionCandidate } from '../../../shared/contract/detection.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { FindMonitors } from '../../components/find-monitors/find-monitors.tsx';
import { Columns, Screen } from '../../components/page/screen.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { monitorsText } from '../../text/monitors.ts';
import { signInText } from '../../text/sign-in.ts';
import { freeName } from './free-name.ts';
import { MonitorPanel } from './monitor-panel.tsx';
import styles from './monitors-screen.module.css';

const monitorsMax = 8;
const find = monitorsText.find;

interface MonitorsScreenProps {
  readonly onBack: () => void;
  /** Opens the form where port and protocol are chosen by hand. */
  readonly onByHand: () => void;
  readonly onSetUp: () => void;
  /** What happened last elsewhere, for example on that form. */
  readonly said: string;
}

/** Every monitor of the room with how its line is, and the way to find another. */
export function MonitorsScreen({ onBack, onByHand, onSetUp, said }: MonitorsScreenProps) {
  const monitors = useBoard((board) => board.monitors);
  const demo = useBoard((board) => board.room.demo);
  const { person } = useSeat();
  const mayChange = !demo && person !== null && roomRoles['configure-monitor'].includes(person.role);
  const [removed, setRemoved] = useState('');
  return (
    <Screen
      back={monitorsText.back}
      onBack={onBack}
      title={monitorsText.title}
      facts={<p className={styles.quiet}>{monitorsText.intro}</p>}
    >
      <Columns className={styles.columns}>
        <div className={styles.cards}>
          <p className={styles.said} role="status">
            {removed === '' ? said : removed}
          </p>
          {monitors.length === 0 ? (
            <div className={styles.empty}>
              <strong>{monitorsText.none}</strong>
              <span>{monitorsText.noneWords}</span>
            </div>
          ) : (
            monitors.map((monitor) => (
              <MonitorPanel
                key={monitor.monitorId}
                monitor={monitor}
                mayChange={mayChange}
                onRemoved={(name) => setRemoved(monitorsText.remove.done(name))}
              />
            ))
          )}
        </div>
        <Card heading={find.heading} className={styles.side}>
          {mayChange ? (
            <Finder onByHand={onByHand} onAdded={() => setRemoved('')} />
          ) : (
            <NotHere demo={demo} role={person?.role ?? null} onSetUp={onSetUp} />
          )}
        </Card>
      </Columns>
    </Screen>
  );
}

function NotHere({ demo, role, onSetUp }: { readonly demo: boolean; readonly role: Role | null; readonly onSetUp: () => void }) {
  const askSignIn = useSignInRequest();
  return (
    <div className={styles.notHere}>
      <p>{demo ? find.demo : role === null ? find.signInFirst : find.notFor(signInText.role[role])}</p>
      <Button kind="primary" onPress={demo ? onSetUp : askSignIn}>
        {demo ? find.setUp : role === null ? monitorsText.signIn : find.signInOther}
      </Button>
    </div>
  );
}

function Finder({ onByHand, onAdded }: { readonly onByHand: () => void; readonly onAdded: () => void }) {
  const { client } = useRoom();
  const monitors = useBoard((board) => board.monitors);
  const [said, setSaid] = useState('');
  const full = monitors.length >= monitorsMax ? find.full : null;
  const add = async ({ vendor, protocol, askedByOther }: DetectionCandidate, port: string): Promise<void> => {
    const name = freeName(
      vendor,
      monitors.map((monitor) => monitor.name),
    );
    await client.setup.addMonitor({ name, protocol, port, ...(askedByOther ? { listenOnly: true } : {}) });
    setSaid(find.added(name));
    onAdded();
  };
  return (
    <>
      <p className={styles.said} role="status">
        {said}
      </p>
      <FindMonitors onAdd={add} full={full} />
      <div className={styles.byHand}>
        <Button onPress={onByHand} isDisabled={full !== null} wide>
          {monitorsText.byHand}
        </Button>
      </div>
    </>
  );
}
