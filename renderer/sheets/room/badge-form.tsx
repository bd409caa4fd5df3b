import { useRef, useState } from 'react';
import { badgeLengthMax, badgeLengthMin } from '../../../shared/contract/typed-badge.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { MemberAct, type MemberFormProps } from './member-act.tsx';

const words = peopleText.badge;

/** The badge of somebody, read twice. What was read is not shown and not kept. */
export function GiveBadge(props: MemberFormProps) {
  const { client } = useRoom();
  const { personId, changedWith } = props.member;
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const second = useRef<HTMLInputElement>(null);
  const code = typed.trim();
  const differs = again !== '' && again.trim() !== code;
  return (
    <MemberAct
      {...props}
      words={words}
      confirmers={changedWith ?? []}
      lacks={code.length < badgeLengthMin ? words.waits : again.trim() === code ? null : words.waitsAgain}
      send={(confirm) => client.staff.giveBadge({ personId, code, ...confirm })}
    >
      <TextField
        label={words.first}
        value={typed}
        onChange={setTyped}
        type="password"
        autoComplete="off"
        autoFocus
        maxLength={badgeLengthMax}
        hint={words.hint}
        onEnter={() => second.current?.focus()}
      />
      <TextField
        label={words.again}
        value={again}
        onChange={setAgain}
        type="password"
        autoComplete="off"
        inputRef={second}
        maxLength={badgeLengthMax}
        problem={differs && again.length >= typed.length ? words.differs : undefined}
      />
    </MemberAct>
  );
}

/** From now on it is nobody's. */
export function RemoveBadge(props: MemberFormProps) {
  const { client } = useRoom();
  const { personId, changedWith } = props.member;
  return (
    <MemberAct
      {...props}
      words={peopleText.noBadge}
      confirmers={changedWith ?? []}
      send={(confirm) => client.staff.removeBadge({ personId, ...confirm })}
    />
  );
}
