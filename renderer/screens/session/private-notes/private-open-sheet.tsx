import { useEffect, useState } from 'react';
import { privatePhraseMin } from '../../../../shared/contract/private-notes.ts';
import { PinPad } from '../../../components/fields/pin-pad.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { useRoom } from '../../../live/room-context.tsx';
import { observationText } from '../../../text/observation.ts';
import { useObservationSides } from '../line/observation-sides.tsx';
import styles from './private-sheet.module.css';

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
      title={words.openTitle}
      words={look === null ? '' : look.begun ? words.openWords : words.firstWords}
      close={words.cancel}
      onClose={onClose}
    >
      {problem === null ? null : <RefusalNote words={problem} />}
      {look === null || problem !== null ? null : <Entry look={look} bringsText={bringsText} onOpened={onClose} />}
    </SheetView>
  );
}

interface EntryProps {
  readonly look: Look;
  readonly bringsText: boolean;
  readonly onOpened: () => void;
}

function Entry({ look, bringsText, onOpened }: EntryProps) {
  const { own, shared, setSide } = useObservationSides();
  const [pin, setPin] = useState('');
  const [phrase, setPhrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const asksPhrase = look.withPhrase || !look.begun;
  const tooShort = phrase !== '' && phrase.length < privatePhraseMin;
  const open = async (): Promise<void> => {
    const { text, begunAtMs } = shared.input.draft;
    await own.open(pin, phrase === '' ? null : phrase);
    if (bringsText && text.trim() !== '') {
      await own.moveLine('to-private');
      own.textCame(text, begunAtMs ?? 0);
      shared.textLeft();
    }
  };
  const enter = (): void => {
    if (busy || pin.length < 6 || tooShort) return;
    setBusy(true);
    setProblem(null);
    open().then(
      () => {
        setSide('private');
        onOpened();
      },
      (error: unknown) => {
        setProblem(wordsOfFailure(error));
        setPin('');
        setBusy(false);
      },
    );
  };
  return (
    <section className={styles.entry}>
      {problem === null ? null : <RefusalNote words={problem} />}
      {asksPhrase ? (
        <TextField
          label={look.withPhrase ? words.phrase : words.phraseFirst}
          value={phrase}
          onChange={setPhrase}
          type="password"
          maxLength={200}
          autoComplete="off"
          hint={look.withPhrase ? undefined : words.phraseFirstHint}
          problem={tooShort ? words.phraseShort : null}
        />
      ) : null}
      <PinPad label={words.pinOf(own.author?.name ?? '')} value={pin} onChange={setPin} onEnter={enter} busy={busy} />
      <p className={styles.quiet} role="status">
        {busy ? words.opening : words.openHint}
      </p>
    </section>
  );
}
