import { useRef, useState, type RefObject } from 'react';
import type { PersonView } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { useKeys } from '../../components/key-layer.tsx';
import { Initials } from '../../components/initials.tsx';
import { PinPad, pinKeyOf } from '../../components/pin-pad.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { wordsOfFailure } from '../../components/refusal-of.ts';
import { Sheet } from '../../components/sheet.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { signInText } from '../../text/sign-in.ts';
import styles from './sign-in.module.css';

export interface SignInProps {
  readonly onClose: () => void;
}

/**
 * Who is here: a tile, then a PIN. Beside the vitals, never over them; recording goes on whoever is signed in,
 * and switching the person does not touch the session.
 */
export function SignIn({ onClose }: SignInProps) {
  return (
    <Sheet label={signInText.title} onClose={onClose}>
      <WhoIsHere onClose={onClose} />
    </Sheet>
  );
}

function WhoIsHere({ onClose }: SignInProps) {
  const people = useBoard((board) => board.staff.people);
  const demo = useBoard((board) => board.room.demo);
  const [chosen, setChosen] = useState<PersonView | null>(people.length === 1 ? (people[0] ?? null) : null);
  const [typedTooSoon, setTypedTooSoon] = useState(false);
  const pad = useRef<HTMLDivElement>(null);
  const choose = (person: PersonView): void => {
    setChosen(person);
    // The pad of a person who was chosen already is there, and would not ask for the keys again.
    pad.current?.focus();
  };
  // Whose PIN it would be is not known yet: such digits are nobody's, and go nowhere.
  useKeys((event) => {
    if (chosen !== null || people.length === 0 || !/^\d$/.test(event.key)) return;
    event.preventDefault();
    setTypedTooSoon(true);
  });
  return (
    <div className={styles.sheet}>
      <header className={styles.head}>
        <h2 className={styles.title}>{signInText.title}</h2>
        <p className={styles.quiet}>{demo ? signInText.demoPin : signInText.recordingGoesOn}</p>
        <Leave onClose={onClose} />
      </header>
      {people.length === 0 ? (
        <div className={styles.empty}>
          <h3>{signInText.nobody}</h3>
          <p className={styles.quiet}>{signInText.nobodyWords}</p>
        </div>
      ) : (
        <PeopleTiles people={people} chosen={chosen} onChoose={choose} />
      )}
      {chosen === null ? (
        <p className={styles.quiet} role="status">
          {typedTooSoon ? signInText.nameFirst : ''}
        </p>
      ) : (
        <PinEntry key={chosen.personId} person={chosen} pad={pad} onDone={onClose} />
      )}
    </div>
  );
}

interface TilesProps {
  readonly people: readonly PersonView[];
  readonly chosen: PersonView | null;
  readonly onChoose: (person: PersonView) => void;
}

function PeopleTiles({ people, chosen, onChoose }: TilesProps) {
  const present = useBoard((board) => board.staff.present);
  return (
    <section aria-labelledby="who">
      <h3 id="who" className={styles.label}>
        {signInText.choose}
      </h3>
      <div className={styles.people}>
        {people.map((person) => (
          <button
            key={person.personId}
            type="button"
            className={styles.person}
            aria-pressed={chosen?.personId === person.personId}
            onClick={() => onChoose(person)}
          >
            <Initials name={person.name} />
            <span className={styles.name}>
              <strong>{person.name}</strong>
              <span>
                {signInText.role[person.role]}
                {present.includes(person.personId) ? ` · ${signInText.present}` : ''}
              </span>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

interface PinEntryProps {
  readonly person: PersonView;
  readonly pad: RefObject<HTMLDivElement | null>;
  readonly onDone: () => void;
}

function PinEntry({ person, pad, onDone }: PinEntryProps) {
  const seat = useSeat();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const enter = (): void => {
    if (busy || pin.length < 6) return;
    setBusy(true);
    setWords(null);
    seat
      .signIn(person.personId, pin)
      .then(onDone, (error: unknown) => {
        setWords(wordsOfFailure(error));
        setPin('');
      })
      .finally(() => setBusy(false));
  };
  // There is nothing to type here but the PIN, so that digits are the PIN's wherever the focus is: on a tile, a button,
  // the sheet itself. The focus goes to the pad with them. Enter stays with what has the focus.
  useKeys((event) => {
    const key = pinKeyOf(event);
    if (key === null || key === 'enter') return;
    event.preventDefault();
    pad.current?.focus();
    if (!busy) setPin((current) => (key === 'erase' ? current.slice(0, -1) : (current + key).slice(0, 12)));
  });
  return (
    <section className={styles.entry}>
      {words === null ? null : <RefusalNote words={words} />}
      <PinPad
        label={signInText.pinOf(person.name)}
        value={pin}
        onChange={(value) => {
          setPin(value);
          if (value !== '') setWords(null);
        }}
        onEnter={enter}
        busy={busy}
        padRef={pad}
      />
      <p className={styles.quiet} role="status">
        {busy ? signInText.checking : signInText.hint}
      </p>
    </section>
  );
}

function Leave({ onClose }: SignInProps) {
  const { person, signOut } = useSeat();
  return (
    <div className={styles.leave}>
      {person === null ? null : <Button onPress={() => void signOut()}>{signInText.leave(person.name)}</Button>}
      <Button onPress={onClose}>{signInText.close}</Button>
    </div>
  );
}
