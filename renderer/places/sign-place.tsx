import type { MilestoneKey } from '../../shared/clinical/milestone.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import type { SessionId } from '../../shared/values/ids.ts';
import { Button } from '../components/button.tsx';
import { PageFrame } from '../components/page/page-frame.tsx';
import { Waiting } from '../components/page/screen.tsx';
import { RecordingWords } from '../components/page/recording-words.tsx';
import { RefusalNote } from '../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../connection/failure.ts';
import { RoomFacts } from '../components/page/room-facts.tsx';
import { useSheetPlace } from '../components/sheet/sheet-place.ts';
import { AskedFirst } from '../components/act/who-may.tsx';
import { EntrySheet } from '../sheets/entries/entry-sheet.tsx';
import { CommandSessionProvider } from '../live/command-session.tsx';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import { useRecord } from '../live/use-record.ts';
import { AnotherTimeSheet } from '../sheets/entries/another-time-sheet.tsx';
import { SignScreen } from '../screens/sign/sign-screen.tsx';
import { signText } from '../text/sign.ts';

type SignSheet = { readonly correct: string } | { readonly late: MilestoneKey; readonly label: string };

interface SignPlaceProps {
  readonly sessionId: SessionId;
  readonly onBack: () => void;
  readonly onRecord: () => void;
  readonly onHome: () => void;
}

/** Where a record is signed and amended. Its sheets put right what is left open. */
export function SignPlace({ sessionId, onBack, onRecord, onHome }: SignPlaceProps) {
  const { sheet, key, open, close } = useSheetPlace<SignSheet>();
  const record = useRecord(sessionId);
  const session = record.data?.session;
  return (
    <CommandSessionProvider sessionId={sessionId} endedMs={session?.endedMs ?? null}>
      <PageFrame
        about={<RoomFacts />}
        footer={<RecordingWords />}
        onHome={onHome}
        sheet={sheet === null || session === undefined ? null : <OpenSheet key={key} sheet={sheet} session={session} onClose={close} />}
      >
        {session === undefined ? (
          <Unread error={record.error} onBack={onBack} onAgain={() => void record.refetch()} />
        ) : (
          <Signing
            session={session}
            onBack={onBack}
            onRecord={onRecord}
            onCorrect={(correct) => open({ correct })}
            onLate={(late, label) => open({ late, label })}
          />
        )}
      </PageFrame>
    </CommandSessionProvider>
  );
}

function Signing(props: Omit<Parameters<typeof SignScreen>[0], 'onSignIn'>) {
  return <SignScreen {...props} onSignIn={useSignInRequest()} />;
}

function OpenSheet({
  sheet,
  session,
  onClose,
}: {
  readonly sheet: SignSheet;
  readonly session: SessionView;
  readonly onClose: () => void;
}) {
  return 'correct' in sheet ? (
    <EntrySheet session={session} eventId={sheet.correct} onClose={onClose} />
  ) : (
    <AskedFirst asked={{ type: 'reach-milestone', milestone: sheet.late }} onClose={onClose}>
      <AnotherTimeSheet command={{ type: 'reach-milestone', milestone: sheet.late }} label={sheet.label} onClose={onClose} />
    </AskedFirst>
  );
}

interface UnreadProps {
  readonly error: unknown;
  readonly onBack: () => void;
  readonly onAgain: () => void;
}

function Unread({ error, onBack, onAgain }: UnreadProps) {
  const askSignIn = useSignInRequest();
  return (
    <Waiting>
      {error === null ? <p role="status">{signText.loading}</p> : <RefusalNote words={wordsOfFailure(error)} />}
      <div style={{ display: 'flex', gap: 12 }}>
        <Button onPress={onBack}>{signText.back}</Button>
        {error === null ? null : (
          <>
            <Button onPress={askSignIn}>{signText.sign.signIn}</Button>
            <Button kind="primary" onPress={onAgain}>
              {signText.again}
            </Button>
          </>
        )}
      </div>
    </Waiting>
  );
}
