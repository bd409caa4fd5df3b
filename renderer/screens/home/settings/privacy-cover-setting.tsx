import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import { useBoard, useRoom } from '../../../live/room-context.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { privacyCoverText as words } from '../../../text/privacy-cover.ts';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import frame from './room-setting.module.css';

/** The clinic's choice for this room: what a page shows at which nobody sits. */
export function PrivacyCoverSetting() {
  const { client } = useRoom();
  const { person } = useSeat();
  const { figures } = useBoard((board) => board.room.privacyCover);
  const [problem, setProblem] = useState<string | null>(null);
  if (person === null || !roomRoles['choose-privacy-cover'].includes(person.role)) return null;
  const choose = (shown: boolean): void => {
    setProblem(null);
    client.setup.privacyCover({ figures: shown }).catch((error: unknown) => setProblem(wordsOfFailure(error)));
  };
  return (
    <details className={frame.setting}>
      <summary className={frame.summary}>
        <strong>{words.heading}</strong>
        <span className={frame.quiet}>{`${words.figures} ${words.figuresAs[figures ? 'on' : 'off']}`}</span>
      </summary>
      <p className={frame.quiet}>{words.words}</p>
      <span className={frame.quiet}>{words.figures}</span>
      <Segmented
        label={words.figures}
        value={figures ? 'on' : 'off'}
        onChange={(value) => choose(value === 'on')}
        options={(['on', 'off'] as const).map((value) => ({ value, label: words.figuresAs[value] }))}
      />
      {problem === null ? null : <RefusalNote words={problem} />}
    </details>
  );
}
