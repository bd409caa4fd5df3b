import { Button } from '../../components/button.tsx';
import { Initials } from '../../components/initials.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { useBoard } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { setupText } from '../../text/setup.ts';
import styles from './people-sheet.module.css';

const words = peopleText;

interface PeopleListProps {
  /** null where nobody is signed in: then the names alone. */
  readonly members: readonly StaffMember[] | null;
  readonly onChange: (member: StaffMember) => void;
}

/** A name, and what else the service says of it to whoever is signed in. */
type Row = PersonView & Partial<StaffMember>;

function isChangeable(row: Row): row is StaffMember {
  return row.changedWith !== undefined && row.changedWith !== null;
}

/** Everybody who can sign in at this room, and who does now; apart from them, whose access was ended. */
export function PeopleList({ members, onChange }: PeopleListProps) {
  const { people, present } = useBoard((board) => board.staff);
  const clock = useClockTime();
  const here: readonly Row[] = members?.filter(({ ended }) => ended === null) ?? people;
  const left = members?.filter(({ ended }) => ended !== null) ?? [];
  const stateOf = ({ personId, role, sinceMs, lockedOut, badge }: Row): string =>
    [
      setupText.person.roles[role],
      ...(sinceMs === undefined ? [] : [words.since(clock.dateAt(sinceMs))]),
      ...(present.includes(personId) ? [words.present] : []),
      ...(badge === true ? [words.hasBadge] : []),
      ...(lockedOut === true ? [words.lockedOut] : []),
    ].join(' · ');
  return (
    <>
      <section className={styles.group} aria-labelledby="can-sign-in">
        <h3 id="can-sign-in" className={styles.label}>
          {words.count(people.length)}
        </h3>
        <ul className={styles.people}>
          {here.map((person) => (
            <li key={person.personId} className={styles.person}>
              <Named name={person.name} states={[stateOf(person)]} />
              {isChangeable(person) ? (
                <Button onPress={() => onChange(person)} label={words.changeOf(person.name)}>
                  {words.change}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      {left.length === 0 ? null : (
        <section className={styles.group} aria-labelledby="access-ended">
          <h3 id="access-ended" className={styles.label}>
            {words.left}
          </h3>
          <ul className={styles.people}>
            {left.map((person) => (
              <li key={person.personId} className={styles.person}>
                <Named
                  name={person.name}
                  states={[
                    setupText.person.roles[person.role],
                    ...(person.ended === null
                      ? []
                      : [words.leftLine(clock.dateAt(person.ended.atMs), person.ended.by), person.ended.reason ?? '']),
                  ].filter((state) => state !== '')}
                />
                {isChangeable(person) ? (
                  <Button onPress={() => onChange(person)} label={words.againOf(person.name)}>
                    {words.again}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Named({ name, states }: { readonly name: string; readonly states: readonly string[] }) {
  return (
    <>
      <Initials name={name} />
      <span className={styles.name}>
        <strong>{name}</strong>
        {states.map((state) => (
          <span key={state}>{state}</span>
        ))}
      </span>
    </>
  );
}
