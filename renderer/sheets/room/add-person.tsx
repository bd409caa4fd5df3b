import { useState } from 'react';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { pinDigitsMin } from '../../../shared/values/pin.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { PersonFields } from './person-fields.tsx';
import { emptyPerson, personProblems, type PersonDraft } from './setup-draft.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';
import { useMakings } from './use-makings.ts';

const words = peopleText.adding;

interface AddPersonProps {
  readonly onCancel: () => void;
  readonly onAdded: (person: PersonView) => void;
}

/** Name, role and a first PIN; and who confirms it, where one person is not enough. */
export function AddPerson({ onCancel, onAdded }: AddPersonProps) {
  const { client } = useRoom();
  const { roles, confirmersOf } = useMakings();
  const [draft, setDraft] = useState<PersonDraft>(emptyPerson);
  const { second, busy, refusal, send } = useConfirmedAct(confirmersOf(draft.role));
  const problems = personProblems(draft);
  const [problem] = problems;
  // Once it is long enough to be one, a weak PIN is said where it was typed.
  const pinProblem = problems.find(({ field }) => field === 'pin');
  const waits = problem === undefined ? (second?.waits ?? null) : peopleText.waits[problem.field];
  const add = (): void => {
    const { personName, role, pin } = draft;
    if (role === null || waits !== null) return;
    send((confirm) => client.staff.add({ name: personName.trim(), role, pin, ...confirm }), onAdded);
  };
  return (
    <SheetForm
      title={peopleText.add}
      words={words.words}
      cancel={peopleText.back}
      onCancel={onCancel}
      confirm={busy ? peopleText.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={add}
      refusal={refusal}
    >
      <PersonFields
        draft={draft}
        put={(change) => setDraft((current) => ({ ...current, ...change }))}
        problemOf={(field) => (field === 'pin' && draft.pin.length >= pinDigitsMin ? pinProblem?.words : undefined)}
        labels={{ name: words.name, role: words.role, pinHint: peopleText.firstPinHint }}
        {...(roles === null ? {} : { among: roles })}
      />
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={add} busy={busy} />}
    </SheetForm>
  );
}
