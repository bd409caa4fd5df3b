import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { SigningView } from '../../../shared/contract/signing.ts';
import { Button } from '../../components/button.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { signText as words } from '../../text/sign.ts';
import { AmendCard, CorrectCard } from './amend-card.tsx';
import { CheckCard } from './check-card.tsx';
import { CosignCard, SignatureCard } from './signature-card.tsx';
import { VersionsCard } from './versions-card.tsx';
import { Columns, Screen, Waiting } from '../../components/page/screen.tsx';
import styles from './sign-screen.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

interface SignScreenProps {
  readonly session: SessionView;
  readonly onBack: () => void;
  readonly onRecord: () => void;
  readonly onSignIn: () => void;
  /** Opens the sheets that correct an entry or record one late. */
  readonly onCorrect: (eventId: string) => void;
  readonly onLate: (milestone: MilestoneKey, label: string) => void;
}

/** What a signature would pass over, what it is bound to, who signed, and how a signed record is amended. */
export function SignScreen(props: SignScreenProps) {
  const { session, onBack, onRecord } = props;
  const signing = useSigning(session.sessionId);
  const clock = useClockTime();
  return (
    <Screen
      back={words.back}
      onBack={onBack}
      title={session.patient.name}
      ofPatient
      facts={
        <>
          <p className={styles.who}>
            {words.born(clock.date(session.patient.birthDate))} · {clock.longDay(session.openedMs)} · {session.protocol.name}
          </p>
          {signing.data === undefined ? null : <p className={styles.status}>{statusWords(signing.data)}</p>}
          <Button onPress={onRecord}>{words.toRecord}</Button>
        </>
      }
    >
      {signing.data === undefined ? (
        <Waiting>{signing.isError ? <ReadFailed of={signing} words={words.failed} /> : <p role="status">{words.loading}</p>}</Waiting>
      ) : (
        <>
          <ReadFailed of={signing} words={words.notAgain} />
          <Body {...props} view={signing.data} />
        </>
      )}
    </Screen>
  );
}

function Body({ session, view, onSignIn, onCorrect, onLate }: SignScreenProps & { readonly view: SigningView }) {
  if (view.status === 'open') {
    return (
      <Waiting>
        <p>{words.openWords}</p>
      </Waiting>
    );
  }
  const mayChange = view.status !== 'signed';
  return (
    <Columns className={styles.columns}>
      <CheckCard view={view} onLate={onLate} />
      <div className={styles.right}>
        {mayChange ? <SignatureCard key={view.status} view={view} onSignIn={onSignIn} /> : <CosignCard view={view} onSignIn={onSignIn} />}
        {view.versions.length === 0 ? null : <VersionsCard view={view} />}
        {view.versions.length === 0 ? null : <AmendCard key={view.status} view={view} />}
        {mayChange ? <CorrectCard session={session} view={view} onCorrect={onCorrect} /> : null}
      </div>
    </Columns>
  );
}

/** Asked for anew whenever something is recorded in the room: another window may have closed a point, or signed. */
function useSigning(sessionId: string) {
  const { client } = useRoom();
  const lastSeq = useBoard((board) => (board.recording.state === 'recording' ? board.recording.lastSeq : null));
  const query = useQuery({ queryKey: ['signing', sessionId], queryFn: () => client.signing.read({ sessionId }), retry: false, gcTime: 0 });
  const { refetch } = query;
  useEffect(() => {
    void refetch();
  }, [lastSeq, refetch]);
  return query;
}

function statusWords({ status, versions }: SigningView): string {
  const version = versions.at(-1)?.version ?? 0;
  if (status === 'signed') return words.status.signed(version);
  return status === 'amending' ? words.status.amending(version) : words.status[status];
}
