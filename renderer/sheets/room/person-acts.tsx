import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { Button } from '../../components/button.tsx';
import { SheetHead } from '../../components/sheet/sheet-head.tsx';
import { peopleText } from '../../text/people.ts';
import { setupText } from '../../text/setup.ts';
import styles from './people-sheet.module.css';

export type PersonAct = 'unlock' | 'change' | 'badge' | 'noBadge' | 'newPin' | 'end';

interface PersonActsProps {
  readonly member: StaffMember;
  readonly acts: readonly PersonAct[];
  readonly onAct: (act: PersonAct) => void;
  readonly onBack: () => void;
}

/** What may be done about one person, each with when it is for. */
export function PersonActs({ member, acts, onAct, onBack }: PersonActsProps) {
  const words = peopleText.acts;
  return (
    <div className={styles.one}>
      <SheetHead title={member.name} words={setupText.person.roles[member.role]} />
      <ul className={styles.acts}>
        {acts.map((act) => (
          <li key={act} className={styles.act}>
            <span>{words[`${act}Words`]}</span>
            <Button onPress={() => onAct(act)}>{words[act]}</Button>
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={onBack} size="large">
          {peopleText.back}
        </Button>
      </div>
    </div>
  );
}
