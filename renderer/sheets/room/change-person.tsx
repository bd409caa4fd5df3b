import { useState } from 'react';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { setupText } from '../../text/setup.ts';
import { MemberAct, type MemberFormProps } from './member-act.tsx';
import formStyles from './room-form.module.css';

const words = peopleText.changing;

/** Another name or role, from now on. */
export function ChangePerson(props: MemberFormProps) {
  const { member } = props;
  const { client } = useRoom();
  const [typed, setTyped] = useState(member.name);
  const [role, setRole] = useState(member.role);
  // Both of the role that they leave and of the one that they come to.
  const ofRole = member.roles.find((one) => one.role === role)?.confirmers ?? [];
  const name = typed.trim();
  const isSame = name === member.name && role === member.role;
  return (
    <MemberAct
      {...props}
      words={words}
      confirmers={[...new Set([...(member.changedWith ?? []), ...ofRole])]}
      lacks={name === '' ? peopleText.waits.personName : isSame ? words.waitsChange : null}
      send={(confirm) => client.staff.change({ personId: member.personId, name, role, ...confirm })}
      name={name}
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
    </MemberAct>
  );
}
