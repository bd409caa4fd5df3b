import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import {
  maySecond,
  secondPersonActs,
  secondPersonRoles,
  type SecondPersonAct,
  type SecondPersonRole,
} from '../../../../shared/contract/second-persons.ts';
import { useBoard, useRoom } from '../../../live/room-context.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { secondPersonsText as words } from '../../../text/second-persons.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import frame from './room-setting.module.css';
import styles from './second-persons-setting.module.css';

/** The clinic's choice for this room: who may be the second person, act by act. */
export function SecondPersonsSetting() {
  const { client } = useRoom();
  const { person } = useSeat();
  const chosen = useBoard((board) => board.room.secondPersons);
  const [problem, setProblem] = useState<string | null>(null);
  if (person === null || !roomRoles['choose-second-persons'].includes(person.role)) return null;
  const rolesOf = (act: SecondPersonAct): SecondPersonRole[] => secondPersonRoles.filter((role) => maySecond(chosen, act, role));
  const turn = (act: SecondPersonAct, role: SecondPersonRole): void => {
    const before = rolesOf(act);
    const after = before.includes(role) ? before.filter((one) => one !== role) : [...before, role];
    // The last role cannot be taken away: without one nobody could sign for the act.
    if (after.length === 0) return;
    setProblem(null);
    client.setup.secondPersons({ ...chosen, [act]: after }).catch((error: unknown) => setProblem(wordsOfFailure(error)));
  };
  return (
    <details className={frame.setting}>
      <summary className={frame.summary}>
        <strong>{words.heading}</strong>
        <span className={frame.quiet}>
          {secondPersonActs.map((act) => `${words.acts[act]}: ${words.line(rolesOf(act).map((role) => words.roles[role]))}`).join(' · ')}
        </span>
      </summary>
      <p className={frame.quiet}>{words.words}</p>
      {secondPersonActs.map((act) => (
        <div key={act} className={styles.act} role="group" aria-label={words.acts[act]}>
          <span className={styles.name}>{words.acts[act]}</span>
          {secondPersonRoles.map((role) => (
            <button
              key={role}
              type="button"
              className={styles.role}
              aria-pressed={maySecond(chosen, act, role)}
              onClick={() => turn(act, role)}
            >
              {words.roles[role]}
            </button>
          ))}
        </div>
      ))}
      {problem === null ? null : <RefusalNote words={problem} />}
    </details>
  );
}
