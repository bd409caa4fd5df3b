import { useState } from 'react';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { pinDigitsMin } from '../../../shared/values/pin.ts';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { saidBesidePad, useSecondPerson } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { setupText } from '../../text/setup.ts';
import { PinFields } from './person-fields.tsx';
import { pinProblems, type PersonDraft } from './setup-draft.ts';
import { useMakings } from './use-makings.ts';

const words = setupText.people;

interface ResetPinProps {
  readonly person: PersonView;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

/** A first PIN again, for somebody who has lost theirs. They choose their own when they sign in. */
export function ResetPin({ person, onCancel, onDone }: ResetPinProps) {
  const { client } = useRoom();
  const { confirmersOf } = useMakings(person.personId);
  const [draft, setDraft] = useState<Pick<PersonDraft, 'pin' | 'pinAgain'>>({ pin: '', pinAgain: '' });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirmers = confirmersOf(person.role);
  const confirming = useSecondPerson({ personIds: confirmers }, useSeat().person);
  const second = confirmers.length === 0 ? null : confirming;
  const [problem] = pinProblems(draft);
  const waits = problem === undefined ? (second?.waits ?? null) : words.waits[problem.field];
  const give = (): void => {
    if (busy || waits !== null) return;
    setBusy(true);
    setRefusal(null);
    const confirm = second?.secondPerson ?? null;
    client.staff
      .resetPin({ personId: person.personId, pin: draft.pin, ...(confirm === null ? {} : { confirm }) })
      .then(
        () => {
          confirming.forgetPin();
          onDone();
        },
        (error: unknown) => setRefusal(saidBesidePad(second, refusalOf(error)?.code ?? null, wordsOfFailure(error))),
      )
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      title={words.newPinFor(person.name)}
      words={words.resetWords}
      cancel={words.back}
      onCancel={onCancel}
      confirm={busy ? words.giving : words.give}
      waitsFor={waits}
      busy={busy}
      onConfirm={give}
      refusal={refusal}
    >
      <PinFields
        draft={draft}
        put={({ pin, pinAgain }) => setDraft((now) => ({ pin: pin ?? now.pin, pinAgain: pinAgain ?? now.pinAgain }))}
        problemOf={(field) => (field === 'pin' && problem?.field === 'pin' && draft.pin.length >= pinDigitsMin ? problem.words : undefined)}
        hint={words.firstPinHint}
      />
      {second === null ? null : <SecondPersonField draft={second} label={words.confirms} onEnter={give} busy={busy} />}
    </SheetForm>
  );
}
