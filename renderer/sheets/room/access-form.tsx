import { useState } from 'react';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { hasWords } from '../../../shared/contract/doubt.ts';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import type { MemberFormProps } from './member-form.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';

/** Somebody signs in here no more; or again. */
export function AccessForm({ member, onBack, onDone }: MemberFormProps) {
  const { client } = useRoom();
  const { personId, name, ended } = member;
  const [reason, setReason] = useState('');
  const { second, busy, refusal, send } = useConfirmedAct(member.changedWith ?? []);
  const words = ended === null ? peopleText.end : peopleText.give;
  const isReason = reason.trim() === '' || hasWords(reason);
  const waits = isReason ? (second?.waits ?? null) : peopleText.end.waitsReason;
  const record = (): void => {
    if (waits !== null) return;
    const said = reason.trim() === '' ? {} : { reason: reason.trim() };
    send(
      (confirm) =>
        ended === null ? client.staff.endAccess({ personId, ...said, ...confirm }) : client.staff.giveAccess({ personId, ...confirm }),
      () => onDone(words.done(name)),
    );
  };
  return (
    <SheetForm
      title={words.title(name)}
      words={words.words}
      cancel={peopleText.back}
      onCancel={onBack}
      confirm={busy ? peopleText.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={record}
      refusal={refusal}
    >
      {ended === null ? (
        <TextField label={peopleText.end.reason} value={reason} onChange={setReason} maxLength={300} hint={peopleText.end.reasonHint} />
      ) : null}
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={record} busy={busy} />}
    </SheetForm>
  );
}
