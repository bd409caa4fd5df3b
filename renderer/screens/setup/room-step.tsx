import { CountryChoice } from '../../components/fields/country-choice.tsx';
import { formatsLine } from '../../format/formats-words.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { setupText } from '../../text/setup.ts';
import type { StepProps } from './step-props.ts';
import styles from './setup-screen.module.css';

export function RoomStep({ draft, put, problemOf }: StepProps) {
  const words = setupText.room;
  return (
    <>
      <p className={styles.quiet}>{words.words}</p>
      <TextField
        label={words.name}
        value={draft.roomName}
        onChange={(roomName) => put({ roomName })}
        maxLength={60}
        autoFocus
        hint={words.example}
        problem={problemOf('roomName')}
      />
      <div className={styles.formats}>
        <p className={styles.quiet}>{words.formats}</p>
        <CountryChoice formats={draft.formats} onChange={(formats) => put({ formats })} />
        <p className={styles.quiet}>{formatsLine(draft.formats)}</p>
      </div>
    </>
  );
}
