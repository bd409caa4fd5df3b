import { useEffect, useRef, useState, type RefObject } from 'react';
import { isFor, type Asked } from '../../../shared/contract/role-table.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { Button } from '../../components/button.tsx';
import { pinTyped, useKeys } from '../../components/keys/key-layer.tsx';
import { Initials } from '../../components/initials.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { rolesFor } from '../../components/act/who-may.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { badgeText } from '../../text/badge.ts';
import { ownPinText } from '../../text/own-pin.ts';
import { signInText } from '../../text/sign-in.ts';
import { ChangePin } from './change-pin.tsx';
import { PinEntry } from './pin-entry.tsx';
import { useBadge } from './use-badge.ts';
import styles from './sign-in.module.css';

interface SignInProps {
  readonly onClose: () => void;
  /** What nobody here may do: somebody who may signs in beside them. */
  readonly asked?: Asked | undefined;
  /** After the sign-in, where the sheet makes way by itself. */
  readonly onDone?: (() => void) | undefined;
}

/**
 * Who is here: a tile, then a PIN. Beside the vitals, never over them; recording goes on whoever is signed in,
 * and switching the person does not touch the session.
 */
export function SignIn(props: SignInProps) {
  const [front] = useSeat().people;
  const [part, setPart] = useState<'who' | 'change-pin' | 'changed'>('who');
  return (
    <Sheet label={signInText.title} onClose={props.onClose}>
      {part === 'change-pin' && front !== undefined ? (
        <ChangePin key={front.personId} person={front} onBack={() => setPart('who')} onDone={() => setPart('changed')} />
      ) : (
        <WhoIsHere {...props} said={part === 'changed' ? ownPinText.done : ''} onChangePin={() => setPart('change-pin')} />
      )}
    </Sheet>
  );
}

type Place = 'instead' | 'beside';

interface WhoIsHereProps extends SignInProps {
  /** What was done a moment ago. */
  readonly said: string;
  readonly onChangePin: () => void;
}

function WhoIsHere({ onClose, asked, onDone = onClose, said, onChangePin }: WhoIsHereProps) {
  const everybody = useBoard((board) => board.staff.people);
  const { people: here, covered, signIn, join, bringForward } = useSeat();
  const [wanted, setPlace] = useState<Place>('instead');
  const place: Place = here.length === 0 || (asked === undefined && wanted === 'instead') ? 'instead' : 'beside';
  const people = everybody.filter(
    ({ personId, role }) =>
      (asked === undefined || isFor(role, asked)) && (place === 'instead' || !here.some((one) => one.personId === personId)),
  );
  // Whoever sat here when the page was covered types their PIN at once.
  const satHere = people.find(({ personId }) => personId === covered[0]?.personId) ?? null;
  const [chosen, setChosen] = useState<PersonView | null>(people.length === 1 ? (people[0] ?? null) : satHere);
  const [typedTooSoon, setTypedTooSoon] = useState(false);
  const pad = useRef<HTMLDivElement>(null);
  const names = useNamesFirst();
  const badge = useBadge(chosen !== null, (personId) => {
    const person = people.find((one) => one.personId === personId) ?? null;
    if (person !== null) setChosen(person);
    const name = everybody.find((one) => one.personId === personId)?.name ?? '';
    return person === null ? badgeText.notForThis(name) : badgeText.read(name);
  });
  const choose = (person: PersonView): void => {
    // They have typed their PIN here: of two, the one beside comes in front by a tap.
    if (here.slice(1).some(({ personId }) => personId === person.personId)) void bringForward(person.personId).then(onClose);
    setChosen(person);
    badge.forget();
    // The pad of a person who was chosen already is there, and would not ask for the keys again.
    pad.current?.focus();
  };
  // Before a name is chosen it is not known whose PIN it would be: such digits are dropped.
  useKeys((event) => {
    if (chosen !== null || people.length === 0 || !/^\d$/.test(event.key)) return;
    event.preventDefault();
    pinTyped(event);
    setTypedTooSoon(true);
  });
  const entering = people.find(({ personId }) => personId === chosen?.personId) ?? null;
  return (
    <div className={styles.sheet}>
      <Head said={said} asked={asked} onClose={onClose} />
      {asked === undefined && here.length > 0 ? <PlaceChoice here={here} place={place} onChange={setPlace} /> : null}
      {people.length === 0 ? (
        <div ref={names} tabIndex={-1} className={styles.empty}>
          <h3>{everybody.length === 0 ? signInText.nobody : signInText.nobodyElse}</h3>
          <p className={styles.quiet}>{everybody.length === 0 ? signInText.nobodyWords : signInText.nobodyElseWords}</p>
        </div>
      ) : (
        <PeopleTiles names={names} people={people} chosen={entering} onChoose={choose} />
      )}
      {entering !== null && badge.said === '' ? null : (
        <p className={styles.quiet} role="status">
          {badge.said !== '' ? badge.said : typedTooSoon ? signInText.nameFirst : badgeText.orBadge}
        </p>
      )}
      {entering === null ? null : (
        <PinEntry
          key={`${entering.personId} ${place} ${badge.scans}`}
          onBadge={badge.take}
          person={entering}
          pad={pad}
          signIn={place === 'beside' ? join : signIn}
          onDone={onDone}
        />
      )}
      {asked !== undefined || here.length === 0 ? null : (
        <div>
          <Button onPress={onChangePin}>{ownPinText.open}</Button>
        </div>
      )}
    </div>
  );
}

/** What this is, what was done a moment ago, and for whom it is asked. */
function Head({ said, asked, onClose }: Pick<WhoIsHereProps, 'said' | 'asked' | 'onClose'>) {
  const demo = useBoard((board) => board.room.demo);
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>{signInText.title}</h2>
        <p className={styles.quiet}>{demo ? signInText.demoPin : signInText.recordingGoesOn}</p>
        <Leave onClose={onClose} />
      </header>
      {said === '' ? null : (
        <p className={styles.first} role="status">
          {said}
        </p>
      )}
      {asked === undefined ? null : <p className={styles.first}>{signInText.askedFor(rolesFor(asked))}</p>}
    </>
  );
}

/**
 * Where the work begins, when no pad has the keys yet: at the names, and not at the first button, which signs somebody
 * out. None of the tiles has the focus, so that digits and Enter choose nobody.
 */
function useNamesFirst(): RefObject<HTMLDivElement | null> {
  const names = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const within = names.current?.closest('[role="dialog"]') ?? null;
    if (within?.contains(document.activeElement) !== true) names.current?.focus();
  }, []);
  return names;
}

interface PlaceChoiceProps {
  readonly here: readonly PersonView[];
  readonly place: Place;
  readonly onChange: (place: Place) => void;
}

/** Whether whoever signs in sits beside the person in front, or in their place. */
function PlaceChoice({ here, place, onChange }: PlaceChoiceProps) {
  const name = here[0]?.name ?? '';
  return (
    <Segmented
      label={signInText.place}
      value={place}
      onChange={onChange}
      options={[
        { value: 'instead', label: signInText.instead(name) },
        { value: 'beside', label: signInText.beside(name) },
      ]}
      size="large"
    />
  );
}

interface TilesProps {
  readonly names: RefObject<HTMLDivElement | null>;
  readonly people: readonly PersonView[];
  readonly chosen: PersonView | null;
  readonly onChoose: (person: PersonView) => void;
}

function PeopleTiles({ names, people, chosen, onChoose }: TilesProps) {
  const present = useBoard((board) => board.staff.present);
  const { people: here } = useSeat();
  const stateOf = (personId: string): string => {
    const at = here.findIndex((one) => one.personId === personId);
    if (at === 0) return ` · ${here.length > 1 ? signInText.inFront : signInText.present}`;
    return at > 0 ? ` · ${signInText.besideHere}` : present.includes(personId) ? ` · ${signInText.present}` : '';
  };
  return (
    <section aria-labelledby="who">
      <h3 id="who" className={styles.label}>
        {signInText.choose}
      </h3>
      <div ref={names} tabIndex={-1} role="group" aria-labelledby="who" className={styles.people}>
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
                {stateOf(person.personId)}
              </span>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Leave({ onClose }: { readonly onClose: () => void }) {
  const { people, signOut } = useSeat();
  return (
    <div className={styles.leave}>
      {people.map(({ personId, name }) => (
        <Button key={personId} onPress={() => void signOut(personId)}>
          {signInText.leave(name)}
        </Button>
      ))}
      <Button onPress={onClose}>{signInText.close}</Button>
    </div>
  );
}
