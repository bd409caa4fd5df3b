import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import { useBoard, useRoom } from '../../../live/room-context.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { pinAgeText as words } from '../../../text/pin-age.ts';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import frame from './room-setting.module.css';

const offered = [90, 180, 365];

/** The clinic's choice for this room: after how long a PIN makes way for another. */
export function PinAgeSetting() {
  const { client } = useRoom();
  const { person } = useSeat();
  const { days } = useBoard((board) => board.room.pinAge);
  const [problem, setProblem] = useState<string | null>(null);
  if (person === null || !roomRoles['choose-pin-age'].includes(person.role)) return null;
  const choose = (chosen: number | null): void => {
    setProblem(null);
    client.setup.pinAge({ days: chosen }).catch((error: unknown) => setProblem(wordsOfFailure(error)));
  };
  return (
    <details className={frame.setting}>
      <summary className={frame.summary}>
        <strong>{words.heading}</strong>
        <span className={frame.quiet}>{words.line(days)}</span>
      </summary>
      <p className={frame.quiet}>{words.words}</p>
      <Segmented
        label={words.heading}
        value={String(days ?? 0)}
        onChange={(value) => choose(value === '0' ? null : Number(value))}
        options={[
          { value: '0', label: words.unlimited },
          ...[...new Set(days === null ? offered : [...offered, days])]
            .toSorted((one, other) => one - other)
            .map((each) => ({ value: String(each), label: words.days(each) })),
        ]}
      />
      {problem === null ? null : <RefusalNote words={problem} />}
    </details>
  );
}
