import { useState } from 'react';
import type { PrivateNote } from '../../../../shared/contract/private-notes.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { AskedTwice } from '../../../components/act/asked-twice.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { useClockTime } from '../../../components/use-clock-time.ts';
import { observationText } from '../../../text/observation.ts';
import { useObservationSides } from '../line/observation-sides.tsx';
import { PinAndPhrase } from './pin-and-phrase.tsx';
import styles from './private-sheet.module.css';

const words = observationText.private;

/** The author's own notes of this session, while the private side is open; gone from the screen when it closes. */
export function PrivateNotesSheet({ onClose }: { readonly onClose: () => void }) {
  const { own } = useObservationSides();
  const { open, notes, sealedBefore } = own.side;
  return (
    <SheetView
      title={words.listTitle}
      icon={<Icon name="lock" size={24} />}
      words={open ? words.listWords : words.closed}
      close={words.back}
      onClose={onClose}
      className={styles.private}
    >
      {open && notes.length === 0 && sealedBefore === 0 ? <p className={styles.quiet}>{words.none}</p> : null}
      {open && sealedBefore > 0 ? <SealedBefore count={sealedBefore} /> : null}
      {open ? (
        <ol className={styles.notes}>
          {notes.toReversed().map((note) => (
            <NoteRow key={note.noteId} note={note} />
          ))}
        </ol>
      ) : null}
    </SheetView>
  );
}

/** What an earlier PIN or phrase keeps sealed, and the way in for whoever remembers it. */
function SealedBefore({ count }: { readonly count: number }) {
  const { own } = useObservationSides();
  const [asks, setAsks] = useState(false);
  return (
    <section className={styles.before}>
      <p>{words.sealedBefore(count)}</p>
      <Button onPress={() => setAsks(!asks)}>{asks ? words.earlierBack : words.earlierAsk}</Button>
      {asks ? (
        <PinAndPhrase
          pinLabel={words.earlierPin}
          phrase={{ label: words.earlierPhrase }}
          hint={words.earlierHint}
          act={async (pin, phrase) => {
            await own.openEarlier(pin, phrase);
            setAsks(false);
          }}
        />
      ) : null}
    </section>
  );
}

function NoteRow({ note }: { readonly note: PrivateNote }) {
  const { own } = useObservationSides();
  const clock = useClockTime();
  return (
    <li className={styles.note}>
      <p className={styles.noteHead}>
        <time>{clock.second(note.atMs)}</time>
        {note.movedMs === null ? null : <span>{words.movedAt(clock.minute(note.movedMs))}</span>}
      </p>
      <p className={styles.text}>{note.text ?? words.unreadable}</p>
      {note.text === null || note.movedMs !== null ? null : (
        <AskedTwice
          words={{ ask: words.move, says: words.moveWords, back: words.moveBack, confirm: words.moveConfirm }}
          kind="primary"
          act={() => own.moveNote(note.noteId)}
        />
      )}
    </li>
  );
}
