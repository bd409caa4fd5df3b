import { useEffect, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { useRoom } from '../../../live/room-context.tsx';
import { observationText } from '../../../text/observation.ts';
import { useObservationSides } from '../line/observation-sides.tsx';
import { PinAndPhrase } from './pin-and-phrase.tsx';

const words = observationText.private;

interface PrivateOpenSheetProps {
  readonly sessionId: string;
  /** The words of the shared line come along once it is open. */
  readonly bringsText: boolean;
  readonly onClose: () => void;
}

interface Look {
  readonly begun: boolean;
  readonly withPhrase: boolean;
}

/** Asks for the PIN again, because the author's key is opened with it. */
export function PrivateOpenSheet({ sessionId, bringsText, onClose }: PrivateOpenSheetProps) {
  const { client } = useRoom();
  const { own } = useObservationSides();
  const [look, setLook] = useState<Look | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [anew, setAnew] = useState(false);
  const authorId = own.author?.personId ?? null;
  useEffect(() => {
    let drawn = true;
    if (authorId !== null) {
      client.private.look({ sessionId }).then(
        (answer) => {
          if (!drawn) return;
          setLook(answer);
          setProblem(answer.closedBecause);
        },
        (error: unknown) => {
          if (drawn) setProblem(wordsOfFailure(error));
        },
      );
    }
    return () => {
      drawn = false;
    };
  }, [client, sessionId, authorId]);
  return (
    <SheetView
      title={anew ? words.anewTitle : words.openTitle}
      words={look === null ? '' : anew ? words.anewWords : look.begun ? words.openWords : words.firstWords}
      close={words.cancel}
      onClose={onClose}
    >
      {problem === null ? null : <RefusalNote words={problem} />}
      {look === null || problem !== null ? null : (
        <Entry look={look} bringsText={bringsText} anew={anew} onAnew={setAnew} onOpened={onClose} />
      )}
    </SheetView>
  );
}

interface EntryProps {
  readonly look: Look;
  readonly bringsText: boolean;
  readonly anew: boolean;
  readonly onAnew: (anew: boolean) => void;
  readonly onOpened: () => void;
}

function Entry({ look, bringsText, anew, onAnew, onOpened }: EntryProps) {
  const { own, shared, setSide } = useObservationSides();
  const [lost, setLost] = useState(false);
  const act = async (pin: string, phrase: string | null): Promise<void> => {
    const { text, begunAtMs } = shared.input.draft;
    await (anew ? own.beginAnew(pin, phrase) : own.open(pin, phrase));
    if (bringsText && text.trim() !== '') {
      await own.moveLine('to-private');
      own.textCame(text, begunAtMs ?? 0);
      shared.textLeft();
    }
    setSide('private');
    onOpened();
  };
  const first = anew || !look.begun;
  const phrase = first ? { label: words.phraseFirst, hint: words.phraseFirstHint } : look.withPhrase ? { label: words.phrase } : null;
  return (
    <>
      <PinAndPhrase
        key={String(anew)}
        pinLabel={words.pinOf(own.author?.name ?? '')}
        phrase={phrase}
        hint={words.openHint}
        act={act}
        onRefused={(code) => setLost(code === 'PRIVATE_KEY_REFUSED' || code === 'PRIVATE_PHRASE_MISSING')}
      />
      {anew ? <Button onPress={() => onAnew(false)}>{words.anewBack}</Button> : null}
      {!anew && lost ? <Button onPress={() => onAnew(true)}>{words.anewAsk}</Button> : null}
    </>
  );
}
