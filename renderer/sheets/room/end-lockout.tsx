import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { MemberAct, type MemberFormProps } from './member-act.tsx';

/** Somebody who mistyped may try again at once. */
export function EndLockout(props: MemberFormProps) {
  const { client } = useRoom();
  const { personId, changedWith } = props.member;
  return (
    <MemberAct
      {...props}
      words={peopleText.unlock}
      confirmers={changedWith ?? []}
      send={(confirm) => client.staff.endLockout({ personId, ...confirm })}
    />
  );
}
