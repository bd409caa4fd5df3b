import { useState, type ReactNode } from 'react';
import type { PersonView, Role } from '../../../shared/contract/board/people.ts';
import { Button } from '../../components/button.tsx';
import { Initials } from '../../components/initials.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { setupText } from '../../text/setup.ts';
import { signInText } from '../../text/sign-in.ts';
import { AddPerson } from './add-person.tsx';
import { ResetPin } from './reset-pin.tsx';
import { useMakings } from './use-makings.ts';
import styles from './room-sheet.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

const words = setupText.people;

/** Who can sign in here, and one more. Beside the home screen, for whoever may add people. */
export function PeopleSheet({ onClose }: { readonly onClose: () => void }) {
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const { roles, read } = useMakings(null);
  const [added, setAdded] = useState<PersonView | null>(null);
  const [lost, setLost] = useState<PersonView | null>(null);
  const [said, setSaid] = useState('');
  const isAsked = person === null || roles !== null;
  const form = { title: words.title, cancel: said === '' ? words.close : words.done, onCancel: onClose };
  const people = (give: readonly Role[]): ReactNode => <People said={said} give={give} onReset={setLost} />;
  if (!isAsked) {
    return (
      <Sheet label={words.title} onClose={onClose}>
        <ReadFailed of={read} />
        {people([])}
      </Sheet>
    );
  }
  return (
    <Sheet label={words.title} onClose={onClose}>
      {lost !== null && person !== null ? (
        <ResetPin
          person={lost}
          onCancel={() => setLost(null)}
          onDone={() => {
            setSaid(words.pinGiven(lost.name));
            setLost(null);
          }}
        />
      ) : person !== null && roles !== null && roles.length > 0 ? (
        <AddPerson
          key={added?.personId ?? 'first'}
          {...form}
          people={people(roles)}
          onAdded={(one) => {
            setAdded(one);
            setSaid(words.added(one.name));
          }}
        />
      ) : (
        <SheetForm
          {...form}
          words={person === null ? words.signInFirst : words.notFor(signInText.role[person.role])}
          confirm={person === null ? words.signIn : words.signInOther}
          waitsFor={null}
          busy={false}
          onConfirm={askSignIn}
          refusal={null}
        >
          {people([])}
        </SheetForm>
      )}
    </Sheet>
  );
}

interface PeopleProps {
  /** What was done a moment ago. */
  readonly said: string;
  /** Roles whose people can be given a first PIN again here. */
  readonly give: readonly Role[];
  readonly onReset: (person: PersonView) => void;
}

/** Everybody who can sign in at this room, and who does now. */
function People({ said, give, onReset }: PeopleProps) {
  const { people, present } = useBoard((board) => board.staff);
  const { person: self } = useSeat();
  return (
    <section className={styles.group} aria-label={words.list}>
      <h3 className={styles.label}>{words.count(people.length)}</h3>
      <ul className={styles.people}>
        {people.map((one) => (
          <li key={one.personId} className={styles.person}>
            <Initials name={one.name} />
            <span className={styles.name}>
              <strong>{one.name}</strong>
              <span>
                {setupText.person.roles[one.role]}
                {present.includes(one.personId) ? ` · ${words.present}` : ''}
              </span>
            </span>
            {one.personId === self?.personId || !give.includes(one.role) ? null : (
              <Button onPress={() => onReset(one)} label={words.newPinFor(one.name)}>
                {words.newPin}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.said} role="status">
        {said}
      </p>
    </section>
  );
}
