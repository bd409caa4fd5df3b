import { useEffect, useRef } from 'react';
import { TextField } from '../../components/fields/text-field.tsx';
import { TypingPad } from '../../components/fields/typing-pad.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { formatsText } from '../../text/formats.ts';
import { sessionText } from '../../text/session.ts';
import { enteredKeys, enteredVitals, type EnteredKey, type TypedVitals } from './entered-vitals.ts';
import styles from './vitals-by-hand-sheet.module.css';

const words = sessionText.byHand;

interface VitalFieldsProps {
  readonly label: string;
  readonly typed: TypedVitals;
  readonly onChange: (typed: TypedVitals) => void;
  /** Where the typing begins. */
  readonly field?: EnteredKey;
}

/** A field for each figure that a person can read, with the pad that a touch screen needs. */
export function VitalFields({ label, typed, onChange, field = 'nibp-sys' }: VitalFieldsProps) {
  const asked = useRef<HTMLInputElement>(null);
  useEffect(() => asked.current?.focus(), [field]);
  const temperature = useBoard((board) => board.room.formats.temperature);
  const { problems } = enteredVitals(typed, temperature);
  return (
    <TypingPad label={label}>
      <div className={styles.grid}>
        {enteredKeys.map((key) => (
          <TextField
            key={key}
            label={key === 'temp' ? `${words.temp}, ${formatsText.temperature[temperature]}` : words.fields[key].join(', ')}
            value={typed[key]}
            onChange={(value) => onChange({ ...typed, [key]: value })}
            inputMode="decimal"
            maxLength={7}
            large
            {...(key === field ? { autoFocus: true, inputRef: asked } : {})}
            problem={problems[key] === words.pair ? undefined : problems[key]}
          />
        ))}
      </div>
    </TypingPad>
  );
}
