import { useRef, useState } from 'react';
import type { PersonView } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { useKeys } from '../../components/key-layer.tsx';
import { Initials } from '../../components/initials.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { signInText } from '../../text/sign-in.ts';
import { PinEntry } from './pin-entry.tsx';
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
  const { signIn } = useSeat();
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
        <PinEntry key={chosen.personId} person={chosen} pad={pad} signIn={signIn} onDone={onClose} />
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

function Leave({ onClose }: SignInProps) {
  const { person, signOut } = useSeat();
  return (
    <div className={styles.leave}>
      {person === null ? null : <Button onPress={() => void signOut()}>{signInText.leave(person.name)}</Button>}
      <Button onPress={onClose}>{signInText.close}</Button>
    </div>
  );
}
