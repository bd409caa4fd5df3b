import { useState } from 'react';
import { hasWords } from '../../../shared/contract/doubt.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { MemberAct, type MemberFormProps } from './member-act.tsx';

/** Somebody signs in here no more; or again. */
export function AccessForm(props: MemberFormProps) {
  const { client } = useRoom();
  const { personId, ended, changedWith } = props.member;
  const [typed, setTyped] = useState('');
  const reason = typed.trim();
  const form = { ...props, confirmers: changedWith ?? [] };
  if (ended !== null) {
    return <MemberAct {...form} words={peopleText.give} send={(confirm) => client.staff.giveAccess({ personId, ...confirm })} />;
  }
  return (
    <MemberAct
      {...form}
      words={peopleText.end}
      lacks={reason === '' || hasWords(reason) ? null : peopleText.end.waitsReason}
      send={(confirm) => client.staff.endAccess({ personId, ...(reason === '' ? {} : { reason }), ...confirm })}
    >
      <TextField label={peopleText.end.reason} value={typed} onChange={setTyped} maxLength={300} hint={peopleText.end.reasonHint} />
    </MemberAct>
  );
}
