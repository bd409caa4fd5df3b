import { useState } from 'react';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { setupText } from '../../text/setup.ts';
import type { MemberFormProps } from './member-form.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';
import formStyles from './room-form.module.css';

const words = peopleText.changing;

/** Another name or role, from now on. */
export function ChangePerson({ member, onBack, onDone }: MemberFormProps) {
  const { client } = useRoom();
  const [typed, setTyped] = useState(member.name);
  const [role, setRole] = useState(member.role);
  // Both of the role that they leave and of the one that they come to.
  const ofRole = member.roles.find((one) => one.role === role)?.confirmers ?? [];
  const { second, busy, refusal, send } = useConfirmedAct([...new Set([...(member.changedWith ?? []), ...ofRole])]);
  const name = typed.trim();
  const isSame = name === member.name && role === member.role;
  const waits = name === '' ? peopleText.waits.personName : isSame ? words.waitsChange : (second?.waits ?? null);
  const record = (): void => {
    if (waits !== null) return;
    send(
      (confirm) => client.staff.change({ personId: member.personId, name, role, ...confirm }),
      () => onDone(words.done(name)),
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
      <TextField label={peopleText.adding.name} value={typed} onChange={setTyped} maxLength={80} />
      {member.roles.length === 0 ? null : (
        <div>
          <p className={formStyles.label}>{peopleText.adding.role}</p>
          <ChoiceTiles
            label={peopleText.adding.role}
            value={role}
            onChange={setRole}
            options={member.roles.map((one) => ({ value: one.role, label: setupText.person.roles[one.role] }))}
          />
        </div>
      )}
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={record} busy={busy} />}
    </SheetForm>
  );
}
