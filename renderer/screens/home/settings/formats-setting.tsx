import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import { sameFormats, type Formats } from '../../../../shared/values/formats.ts';
import { countryWords, formatQuestions, formatsLine } from '../../../format/formats-words.ts';
import { useBoard, useRoom } from '../../../live/room-context.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { formatsText } from '../../../text/formats.ts';
import { CountryChoice } from '../../../components/fields/country-choice.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import frame from './room-setting.module.css';
import styles from './formats-setting.module.css';

/** The clinic's choice for this room: how dates, times and units are written. */
export function FormatsSetting() {
  const { client } = useRoom();
  const { person } = useSeat();
  const formats = useBoard((board) => board.room.formats);
  const [problem, setProblem] = useState<string | null>(null);
  if (person === null || !roomRoles['choose-formats'].includes(person.role)) return null;
  const choose = (next: Formats): void => {
    setProblem(null);
    if (!sameFormats(next, formats)) client.setup.formats(next).catch((error: unknown) => setProblem(wordsOfFailure(error)));
  };
  return (
    <details className={frame.setting}>
      <summary className={frame.summary}>
        <strong>{formatsText.heading}</strong>
        <span className={frame.quiet}>{`${countryWords(formats)}: ${formatsLine(formats)}`}</span>
      </summary>
      <p className={frame.quiet}>{formatsText.words}</p>
      <div className={styles.choices}>
        <CountryChoice formats={formats} onChange={choose} />
        {formatQuestions(formats).map(({ name, chosen, options }) => (
          <div key={name} className={styles.choice}>
            <span className={styles.name}>{name}</span>
            <Segmented
              label={name}
              value={chosen}
              onChange={(value) => choose(options.find((option) => option.value === value)?.formats ?? formats)}
              options={options}
            />
          </div>
        ))}
      </div>
      {problem === null ? null : <RefusalNote words={problem} />}
    </details>
  );
}
