import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { SigningView } from '../../../shared/contract/signing.ts';
import { Button } from '../../components/button.tsx';
import { Initials } from '../../components/initials.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { signText as words } from '../../text/sign.ts';
import { AmendCard, CorrectCard } from './amend-card.tsx';
import { CheckCard } from './check-card.tsx';
import { CosignCard, SignatureCard } from './signature-card.tsx';
import { VersionsCard } from './versions-card.tsx';
import styles from './sign-screen.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

export interface SignScreenProps {
  readonly session: SessionSection;
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
    <div className={styles.screen}>
      <header className={styles.head}>
        <Button onPress={onBack}>{words.back}</Button>
        <Initials name={session.patient.name} />
        <h1 className={styles.name}>{session.patient.name}</h1>
        <p className={styles.who}>
          {words.born(clock.date(session.patient.birthDate))} · {clock.longDay(session.openedMs)} · {session.protocol.name}
        </p>
        {signing.data === undefined ? null : <p className={styles.standing}>{standingWords(signing.data)}</p>}
        <Button onPress={onRecord}>{words.toRecord}</Button>
      </header>
      {signing.data === undefined ? (
        <div className={styles.waiting}>
          {signing.isError ? <ReadFailed of={signing} words={words.failed} /> : <p role="status">{words.loading}</p>}
        </div>
      ) : (
        <>
          <ReadFailed of={signing} words={words.notAgain} />
          <Body {...props} view={signing.data} />
        </>
      )}
    </div>
  );
}

function Body({ session, view, onSignIn, onCorrect, onLate }: SignScreenProps & { readonly view: SigningView }) {
  if (view.standing === 'open') return <p className={styles.waiting}>{words.openWords}</p>;
  const mayChange = view.standing !== 'signed';
  return (
    <div className={styles.columns}>
      <CheckCard view={view} onLate={onLate} />
      <div className={styles.right}>
        {mayChange ? <SignatureCard key={view.standing} view={view} onSignIn={onSignIn} /> : <CosignCard view={view} onSignIn={onSignIn} />}
        {view.versions.length === 0 ? null : <VersionsCard view={view} />}
        {view.versions.length === 0 ? null : <AmendCard key={view.standing} view={view} />}
        {mayChange ? <CorrectCard session={session} view={view} onCorrect={onCorrect} /> : null}
      </div>
    </div>
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

function standingWords({ standing, versions }: SigningView): string {
  const version = versions.at(-1)?.version ?? 0;
  if (standing === 'signed') return words.standing.signed(version);
  return standing === 'amending' ? words.standing.amending(version) : words.standing[standing];
}
