import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import { useBoard, useRoom } from '../../../live/room-context.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { observationText } from '../../../text/observation.ts';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import styles from './private-side-setting.module.css';

const words = observationText.setting;

/** The clinic's choice for this room: whether private notes are kept here, and whether others see that they exist. */
export function PrivateSideSetting() {
  const { client } = useRoom();
  const { person } = useSeat();
  const chosen = useBoard((board) => board.room.privateSide);
  const [problem, setProblem] = useState<string | null>(null);
  if (person === null || !roomRoles['configure-private-notes'].includes(person.role)) return null;
  const choose = (next: typeof chosen): void => {
    setProblem(null);
    client.private.configure(next).catch((error: unknown) => setProblem(wordsOfFailure(error)));
  };
  return (
    <section className={styles.setting} aria-labelledby="private-side">
      <h3 id="private-side" className={styles.heading}>
        {words.heading}
      </h3>
      <p className={styles.quiet}>{words.words}</p>
      <div className={styles.choices}>
        <Segmented
          label={words.offered}
          value={chosen.offered ? 'on' : 'off'}
          onChange={(value) => choose({ ...chosen, offered: value === 'on' })}
          options={(['on', 'off'] as const).map((value) => ({ value, label: words.offeredAs[value] }))}
        />
        <Segmented
          label={words.marks}
          value={chosen.marksShown ? 'on' : 'off'}
          onChange={(value) => choose({ ...chosen, marksShown: value === 'on' })}
          options={(['on', 'off'] as const).map((value) => ({ value, label: words.marksAs[value] }))}
        />
      </div>
      {problem === null ? null : <RefusalNote words={problem} />}
    </section>
  );
}
