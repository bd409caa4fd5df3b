import { useState } from 'react';
import type { PersonView } from '../../../shared/contract/room-board.ts';
import { pinDigitsMin } from '../../../shared/values/pin.ts';
import { Initials } from '../../components/initials.tsx';
import { wordsOfFailure } from '../../components/refusal-of.ts';
import { SheetForm } from '../../components/sheet-form.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { setupText } from '../../text/setup.ts';
import { signInText } from '../../text/sign-in.ts';
import { PersonFields } from './person-fields.tsx';
import { mayDo } from './room-tasks.ts';
import { emptyPerson, personProblems, type PersonDraft } from './setup-draft.ts';
import styles from './room-sheet.module.css';

const words = setupText.people;

/** Who can sign in here, and one more. Beside the home screen, for whoever may add people. */
export function PeopleSheet({ onClose }: { readonly onClose: () => void }) {
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const [added, setAdded] = useState<PersonView | null>(null);
  const form = { title: words.title, cancel: added === null ? words.close : words.done, onCancel: onClose };
  return (
    <Sheet label={words.title} onClose={onClose}>
      {person !== null && mayDo('add-person', person.role) ? (
        <AddPerson key={added?.personId ?? 'first'} {...form} added={added} onAdded={setAdded} />
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
          <People />
        </SheetForm>
      )}
    </Sheet>
  );
}

interface AddPersonProps {
  readonly title: string;
  readonly cancel: string;
  readonly onCancel: () => void;
  /** Who was added a moment ago. */
  readonly added: PersonView | null;
  readonly onAdded: (person: PersonView) => void;
}

function AddPerson({ added, onAdded, ...form }: AddPersonProps) {
  const { client } = useRoom();
  const [draft, setDraft] = useState<PersonDraft>(emptyPerson);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const problems = personProblems(draft);
  const [problem] = problems;
  // Once it is long enough to be one, a weak PIN is said where it was typed.
  const pinProblem = problems.find(({ field }) => field === 'pin');
  const add = (): void => {
    const { personName, role, pin } = draft;
    if (role === null) return;
    setBusy(true);
    setRefusal(null);
    client.staff
      .add({ name: personName.trim(), role, pin })
      .then(onAdded, (error: unknown) => setRefusal(wordsOfFailure(error)))
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      {...form}
      words={words.words}
      confirm={busy ? words.adding : words.add}
      waitsFor={problem === undefined ? null : words.waits[problem.field]}
      busy={busy}
      onConfirm={add}
      refusal={refusal}
    >
      <People added={added} />
      <PersonFields
        draft={draft}
        put={(change) => setDraft((current) => ({ ...current, ...change }))}
        problemOf={(field) => (field === 'pin' && draft.pin.length >= pinDigitsMin ? pinProblem?.words : undefined)}
        labels={{ name: words.name, role: words.role }}
      />
    </SheetForm>
  );
}

/** Everybody who can sign in at this room, and who does now. */
function People({ added = null }: { readonly added?: PersonView | null }) {
  const { people, present } = useBoard((board) => board.staff);
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
          </li>
        ))}
      </ul>
      <p className={styles.said} role="status">
        {added === null ? '' : words.added(added.name)}
      </p>
    </section>
  );
}
