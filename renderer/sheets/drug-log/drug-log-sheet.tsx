import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DrugLogView } from '../../../shared/contract/drug-log-view.ts';
import { Button } from '../../components/button.tsx';
import { SheetView } from '../../components/sheet/sheet-view.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { drugLogText } from '../../text/drug-log.ts';
import { DrugLogForm, type DrugLogAct } from './drug-log-form.tsx';
import { DrugLogPicture } from './drug-log-picture.tsx';
import styles from './drug-log-sheet.module.css';
import { ReadFailed, type ReadFailedProps } from '../../components/act/read-failed.tsx';

const words = drugLogText.log;
const acts: readonly DrugLogAct[] = ['receive', 'count', 'dispose'];

/** The controlled-drug log of the room, beside home and beside a session. */
export function DrugLogSheet({ onClose }: { readonly onClose: () => void }) {
  const { client } = useRoom();
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const queries = useQueryClient();
  const [act, setAct] = useState<DrugLogAct | null>(null);
  const signedIn = person !== null;
  // Whatever is recorded anywhere in the room may be an entry; the feed says that something was.
  const lastSeq = useBoard((board) => (board.recording.state === 'recording' ? board.recording.lastSeq : 0));
  const log = useQuery({
    queryKey: ['drug-log', person?.personId ?? null, lastSeq],
    queryFn: () => client.drugLog.view(),
    enabled: signedIn,
    retry: false,
    placeholderData: (before: DrugLogView | undefined) => before,
  });
  const view = log.data;
  if (act !== null && view !== undefined) {
    const done = (after: DrugLogView): void => {
      queries.setQueryData(['drug-log', person?.personId ?? null, lastSeq], after);
      setAct(null);
    };
    return (
      <Sheet key={act} label={words.forms[act].title} onClose={() => setAct(null)}>
        <DrugLogForm act={act} view={view} onDone={done} onBack={() => setAct(null)} />
      </Sheet>
    );
  }
  return (
    <SheetView key="log" title={words.title} words={words.words} close={words.close} onClose={onClose}>
      {!signedIn ? (
        <div className={styles.waits}>
          <p>{words.signIn}</p>
          <Button onPress={askSignIn} size="large">
            {words.signInButton}
          </Button>
        </div>
      ) : (
        <Content view={view} read={log} onAct={setAct} />
      )}
    </SheetView>
  );
}

interface ContentProps {
  readonly view: DrugLogView | undefined;
  readonly read: ReadFailedProps['of'];
  readonly onAct: (act: DrugLogAct) => void;
}

function Content({ view, read, onAct }: ContentProps) {
  if (read.isError) return <ReadFailed of={read} />;
  if (view === undefined) {
    return (
      <p className={styles.said} role="status">
        {words.loading}
      </p>
    );
  }
  return (
    <>
      <div className={styles.acts}>
        {acts.map((act) => (
          <Button key={act} onPress={() => onAct(act)} size="large">
            {words.acts[act]}
          </Button>
        ))}
      </div>
      <DrugLogPicture view={view} />
    </>
  );
}
