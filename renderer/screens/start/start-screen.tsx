import { useState } from 'react';
import type { Patient } from '../../../shared/contract/room-contract.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { Button } from '../../components/button.tsx';
import { useKeys } from '../../components/keys/key-layer.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { startText } from '../../text/start.ts';
import { CheckCard } from './check-card.tsx';
import { ChecklistCard } from './checklist-card.tsx';
import { DoseCard } from './dose-card.tsx';
import { MonitorCard } from './monitor-card.tsx';
import { PatientCard } from './patient-card.tsx';
import { PatientPicker } from './patient-picker.tsx';
import { RemoteCard } from './remote-card.tsx';
import { ProtocolCard } from './protocol-card.tsx';
import { WeightCard } from './weight-card.tsx';
import styles from './start-screen.module.css';

export interface StartScreenProps {
  /** The infusion is recorded as started. */
  readonly onStarted: () => void;
  readonly onSignIn: () => void;
  /** Opens the rating sheet over this screen, for the baseline. */
  readonly onRate: (instrument: InstrumentId) => void;
  /** Opens "Vitals by hand" over this screen. */
  readonly onVitals: () => void;
  /** Opens the sheet of the first injection, device or lozenge over this screen. */
  readonly onGive: (session: SessionView | null) => void;
}

/**
 * Before a session is open, patient and protocol have the room. Then seven numbered cards in the order of the work. Each tick is a command at once, so that leaving and coming back
 * loses nothing: what stands here is what stands in the log.
 */
export function StartScreen({ onStarted, onSignIn, onRate, onVitals, onGive }: StartScreenProps) {
  const current = useBoard((board) => board.session);
  const session = current !== null && current.endedMs === null ? current : null;
  const { person } = useSeat();
  const [patient, setPatient] = useState<Patient | null>(null);
  useKeys((event) => {
    if (event.key !== 'v' || session === null) return;
    event.preventDefault();
    onVitals();
  });
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{startText.title}</h1>
      {person === null ? (
        <div className={styles.signIn}>
          <span>{startText.signInWords}</span>
          <Button onPress={onSignIn}>{startText.signIn}</Button>
        </div>
      ) : null}
      {session === null ? (
        <div className={styles.columns} data-opens="true">
          <div className={styles.column}>
            <PatientPicker chosen={patient} onChoose={setPatient} />
          </div>
          <div className={styles.column}>
            <ProtocolCard session={null} patient={patient} onSignIn={onSignIn} />
          </div>
          <div className={styles.column}>
            <MonitorCard />
          </div>
        </div>
      ) : (
        <div className={styles.columns}>
          {/* In a low window it scrolls, and nothing in it may take the focus that scrolls it by keys. */}
          <div className={styles.column} tabIndex={0} role="group" aria-label={startText.settled}>
            <PatientCard session={session} />
            <ProtocolCard session={session} patient={patient} onSignIn={onSignIn} />
            {session.weight === null ? null : <WeightCard session={session} />}
          </div>
          <div className={styles.column}>
            {session.weight === null ? <WeightCard session={session} /> : null}
            <DoseCard session={session} />
            <CheckCard session={session} />
          </div>
          <div className={styles.column}>
            {session.dosing.protocol.route === 'sublingual' ? <RemoteCard key={session.sessionId} session={session} /> : <MonitorCard />}
            <ChecklistCard session={session} onRate={onRate} onVitals={onVitals} onStarted={onStarted} onGive={() => onGive(session)} />
          </div>
        </div>
      )}
    </div>
  );
}
