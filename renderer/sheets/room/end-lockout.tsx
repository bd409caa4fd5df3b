import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import type { MemberFormProps } from './member-form.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';

const words = peopleText.unlock;

/** Somebody who mistyped may try again at once. */
export function EndLockout({ member, onBack, onDone }: MemberFormProps) {
  const { client } = useRoom();
  const { second, busy, refusal, send } = useConfirmedAct(member.changedWith ?? []);
  const waits = second?.waits ?? null;
  const record = (): void => {
    if (waits !== null) return;
    send(
      (confirm) => client.staff.endLockout({ personId: member.personId, ...confirm }),
      () => onDone(words.done(member.name)),
    );
  };
  return (
    <SheetForm
      title={words.title(member.name)}
      words={words.words}
      cancel={peopleText.back}
      onCancel={onBack}
      confirm={busy ? peopleText.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={record}
      refusal={refusal}
    >
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={record} busy={busy} />}
    </SheetForm>
  );
}
