import { useState } from 'react';
import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { ReadFailed } from '../../components/act/read-failed.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { peopleText } from '../../text/people.ts';
import { signInText } from '../../text/sign-in.ts';
import { AccessForm } from './access-form.tsx';
import { AddPerson } from './add-person.tsx';
import { GiveBadge, RemoveBadge } from './badge-form.tsx';
import { ChangePerson } from './change-person.tsx';
import { EndLockout } from './end-lockout.tsx';
import { PeopleList } from './people-list.tsx';
import { PeoplePart } from './people-part.tsx';
import { PersonActs, type PersonAct } from './person-acts.tsx';
import { ResetPin } from './reset-pin.tsx';
import { useMakings } from './use-makings.ts';
import { useStaffList } from './use-staff-list.ts';
import styles from './people-sheet.module.css';

const words = peopleText;

/** What the sheet shows instead of the list: who is added, or what is done about whom. */
type Part = { readonly part: 'add' } | { readonly part: 'acts' | PersonAct; readonly member: StaffMember };

/** Who can sign in here: one more, changed, no more, or again. */
export function PeopleSheet({ onClose }: { readonly onClose: () => void }) {
  const [part, setPart] = useState<Part | null>(null);
  const [said, setSaid] = useState('');
  const { person } = useSeat();
  const toList = (done: string): void => {
    setSaid(done);
    setPart(null);
  };
  const back = (): void => toList('');
  // What was being changed is for whoever was signed in.
  const shown = person === null ? null : part;
  return (
    <Sheet label={words.title} onClose={onClose}>
      {shown === null ? (
        <PeoplePart key="list">
          <ListPart said={said} onClose={onClose} onPart={setPart} />
        </PeoplePart>
      ) : shown.part === 'add' ? (
        <AddPerson onCancel={back} onAdded={({ name }) => toList(words.adding.done(name))} />
      ) : (
        <PeoplePart key={shown.part}>
          <OnePerson {...shown} onAct={(act) => setPart({ ...shown, part: act })} onBack={back} onDone={toList} />
        </PeoplePart>
      )}
    </Sheet>
  );
}

interface OnePersonProps {
  readonly part: 'acts' | PersonAct;
  readonly member: StaffMember;
  readonly onAct: (act: PersonAct) => void;
  readonly onBack: () => void;
  readonly onDone: (said: string) => void;
}

function OnePerson({ part, member, onAct, onBack, onDone }: OnePersonProps) {
  switch (part) {
    case 'acts':
      return <PersonActs member={member} acts={actsOf(member)} onAct={onAct} onBack={onBack} />;
    case 'unlock':
      return <EndLockout member={member} onBack={onBack} onDone={onDone} />;
    case 'change':
      return <ChangePerson member={member} onBack={onBack} onDone={onDone} />;
    case 'badge':
      return <GiveBadge member={member} onBack={onBack} onDone={onDone} />;
    case 'noBadge':
      return <RemoveBadge member={member} onBack={onBack} onDone={onDone} />;
    case 'newPin':
      return <ResetPin person={member} onCancel={onBack} onDone={() => onDone(words.newPin.done(member.name))} />;
    case 'end':
      return <AccessForm member={member} onBack={onBack} onDone={onDone} />;
  }
}

/** Of oneself there is no first PIN to give, and no lockout to end. */
function actsOf({ resetWith, lockedOut, badge }: StaffMember): readonly PersonAct[] {
  const badges: readonly PersonAct[] = badge ? ['badge', 'noBadge'] : ['badge'];
  if (resetWith === null) return ['change', ...badges, 'end'];
  return [...(lockedOut ? (['unlock'] as const) : []), 'change', ...badges, 'newPin', 'end'];
}

interface ListPartProps {
  /** What was done a moment ago. */
  readonly said: string;
  readonly onClose: () => void;
  readonly onPart: (part: Part) => void;
}

function ListPart({ said, onClose, onPart }: ListPartProps) {
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const { members, read } = useStaffList();
  const makings = useMakings();
  const mayAdd = (makings.roles?.length ?? 0) > 0;
  const isKnown = person === null || makings.roles !== null;
  const change = (member: StaffMember): void => onPart({ part: member.ended === null ? 'acts' : 'end', member });
  return (
    <SheetForm
      title={words.title}
      words={person === null ? words.signInFirst : isKnown && !mayAdd ? words.notFor(signInText.role[person.role]) : words.words}
      cancel={words.close}
      onCancel={onClose}
      confirm={person === null ? words.signIn : isKnown && !mayAdd ? words.signInOther : words.add}
      waitsFor={isKnown ? null : words.reading}
      busy={false}
      onConfirm={() => (mayAdd ? onPart({ part: 'add' }) : askSignIn())}
      refusal={null}
    >
      <p className={styles.said} role="status">
        {said}
      </p>
      <ReadFailed of={makings.read} />
      <ReadFailed of={read} />
      <PeopleList members={members} onChange={change} />
    </SheetForm>
  );
}
