import { useState, type ReactNode } from 'react';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { pinDigitsMin } from '../../../shared/values/pin.ts';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { saidBesidePad, useSecondPerson } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { setupText } from '../../text/setup.ts';
import { PersonFields } from './person-fields.tsx';
import { emptyPerson, personProblems, type PersonDraft } from './setup-draft.ts';
import { useMakings } from './use-makings.ts';

const words = setupText.people;

interface AddPersonProps {
  readonly title: string;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly people: ReactNode;
  readonly onAdded: (person: PersonView) => void;
}

/** Name, role and a first PIN; and who confirms it, where one person is not enough. */
export function AddPerson({ people, onAdded, ...form }: AddPersonProps) {
  const { client } = useRoom();
  const { roles, confirmersOf } = useMakings(null);
  const [draft, setDraft] = useState<PersonDraft>(emptyPerson);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirmers = confirmersOf(draft.role);
  const confirming = useSecondPerson({ personIds: confirmers }, useSeat().person);
  const second = confirmers.length === 0 ? null : confirming;
  const problems = personProblems(draft);
  const [problem] = problems;
  // Once it is long enough to be one, a weak PIN is said where it was typed.
  const pinProblem = problems.find(({ field }) => field === 'pin');
  const waits = problem === undefined ? (second?.waits ?? null) : words.waits[problem.field];
  const add = (): void => {
    const { personName, role, pin } = draft;
    if (role === null || busy || waits !== null) return;
    setBusy(true);
    setRefusal(null);
    const confirm = second?.secondPerson ?? null;
    client.staff
      .add({ name: personName.trim(), role, pin, ...(confirm === null ? {} : { confirm }) })
      .then(
        (person) => {
          confirming.forgetPin();
          onAdded(person);
        },
        (error: unknown) => setRefusal(saidBesidePad(second, refusalOf(error)?.code ?? null, wordsOfFailure(error))),
      )
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      {...form}
      words={words.words}
      confirm={busy ? words.adding : words.add}
      waitsFor={waits}
      busy={busy}
      onConfirm={add}
      refusal={refusal}
    >
      {people}
      <PersonFields
        draft={draft}
        put={(change) => setDraft((current) => ({ ...current, ...change }))}
        problemOf={(field) => (field === 'pin' && draft.pin.length >= pinDigitsMin ? pinProblem?.words : undefined)}
        labels={{ name: words.name, role: words.role, pinHint: words.firstPinHint }}
        {...(roles === null ? {} : { among: roles })}
      />
      {second === null ? null : <SecondPersonField draft={second} label={words.confirms} onEnter={add} busy={busy} />}
    </SheetForm>
  );
}
