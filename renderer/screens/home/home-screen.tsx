import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isFor } from '../../../shared/contract/role-table.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { homeText } from '../../text/home.ts';
import { listState } from './session-lists.ts';
import { ThisRoom } from './this-room.tsx';
import { SessionPanels } from './session-panels.tsx';
import { Workstation } from './workstation.tsx';
import styles from './home-screen.module.css';

interface HomeScreenProps {
  /** To the start screen, also where a session is open but its infusion has not started. */
  readonly onStart: () => void;
  /** To the session screen. */
  readonly onReturn: () => void;
  readonly onOpenRecord: (sessionId: SessionId) => void;
  readonly onSign: (sessionId: SessionId) => void;
  readonly onSetUp: () => void;
  readonly onSignIn: () => void;
  /** Opens the sheets that add people and monitors. */
  readonly onPeople: () => void;
  readonly onMonitors: () => void;
  /** To the versions of the protocols. */
  readonly onProtocols: () => void;
  /** Opens the controlled-drug log of the room. */
  readonly onDrugLog: () => void;
  /** Opens the list of who looked at what. */
  readonly onLooks: () => void;
  readonly onTextPacks: () => void;
  readonly onRecoveryKeys: () => void;
}

/** This room, its sessions and this workstation, as they are now. */
export function HomeScreen(props: HomeScreenProps) {
  const { client } = useRoom();
  const { person } = useSeat();
  const reads = person !== null && isFor(person.role, { task: 'read-records' });
  const sessions = useQuery({
    queryKey: ['sessions', person?.personId ?? null],
    queryFn: () => client.session.list(),
    enabled: reads,
    retry: false,
  });
  // The list is asked for; when the feed says that a session opened, started or ended, it is asked for again.
  const change = useBoard(
    (board) => `${board.session?.sessionId ?? ''} ${board.session?.dose.startedMs ?? ''} ${board.session?.endedMs ?? ''}`,
  );
  const { refetch } = sessions;
  useEffect(() => {
    if (reads) void refetch();
  }, [change, reads, refetch]);
  return (
    <div className={styles.columns}>
      <h1 className="visually-hidden">{homeText.title}</h1>
      <ThisRoom onStart={props.onStart} onReturn={props.onReturn} onSetUp={props.onSetUp} />
      <SessionPanels
        state={listState(person?.role ?? null, sessions)}
        failed={sessions}
        sessions={sessions.data ?? []}
        onSignIn={props.onSignIn}
        onReturn={props.onReturn}
        onStart={props.onStart}
        onOpenRecord={props.onOpenRecord}
        onSign={props.onSign}
      />
      <Workstation
        onPeople={props.onPeople}
        onMonitors={props.onMonitors}
        onTextPacks={props.onTextPacks}
        onRecoveryKeys={props.onRecoveryKeys}
        onDrugLog={props.onDrugLog}
        onProtocols={props.onProtocols}
        onLooks={props.onLooks}
      />
    </div>
  );
}
