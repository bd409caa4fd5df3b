import { useState } from 'react';
import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { pinDigitsMin } from '../../../shared/values/pin.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { PinFields } from './person-fields.tsx';
import { pinProblems, type PersonDraft } from './setup-draft.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';

const words = peopleText.newPin;

interface ResetPinProps {
  readonly person: StaffMember;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

/** A first PIN again, for somebody who has lost theirs. They choose their own when they sign in. */
export function ResetPin({ person, onCancel, onDone }: ResetPinProps) {
  const { client } = useRoom();
  const [draft, setDraft] = useState<Pick<PersonDraft, 'pin' | 'pinAgain'>>({ pin: '', pinAgain: '' });
  const { second, busy, refusal, send } = useConfirmedAct(person.resetWith ?? []);
  const [problem] = pinProblems(draft);
  const waits = problem === undefined ? (second?.waits ?? null) : peopleText.waits[problem.field];
  const give = (): void => {
    if (waits !== null) return;
    send((confirm) => client.staff.resetPin({ personId: person.personId, pin: draft.pin, ...confirm }), onDone);
  };
  return (
    <SheetForm
      title={words.title(person.name)}
      words={words.words}
      cancel={peopleText.back}
      onCancel={onCancel}
      confirm={busy ? peopleText.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={give}
      refusal={refusal}
    >
      <PinFields
        draft={draft}
        put={({ pin, pinAgain }) => setDraft((now) => ({ pin: pin ?? now.pin, pinAgain: pinAgain ?? now.pinAgain }))}
        problemOf={(field) => (field === 'pin' && problem?.field === 'pin' && draft.pin.length >= pinDigitsMin ? problem.words : undefined)}
        hint={peopleText.firstPinHint}
      />
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={give} busy={busy} />}
    </SheetForm>
  );
}
