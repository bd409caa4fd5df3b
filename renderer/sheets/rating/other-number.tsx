import { useState } from 'react';
import type { InstrumentItem } from '../../../shared/clinical/instrument.ts';
import { ratingText } from '../../text/rating.ts';
import styles from './other-number.module.css';

interface OtherNumberProps {
  readonly item: InstrumentItem;
  readonly answer: number | null;
  readonly onAnswer: (value: number) => void;
}

/** A whole number between two tens, as it was said. Enter records it; what does not fit says so and records nothing. */
export function OtherNumber({ item, answer, onAnswer }: OtherNumberProps) {
  const [typed, setTyped] = useState('');
  const between = answer !== null && answer % item.step !== 0;
  const value = /^\d{1,3}$/.test(typed.trim()) ? Number(typed.trim()) : null;
  const fits = value !== null && value >= item.min && value <= item.max;
  const wrong = typed.trim() !== '' && !fits;
  return (
    <div className={styles.other} data-pressed={between} data-wrong={wrong}>
      <input
        className={styles.input}
        aria-label={ratingText.otherNumber}
        aria-invalid={wrong}
        inputMode="numeric"
        autoComplete="off"
        placeholder={between ? String(answer) : ratingText.otherNumberPlace}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (!fits) return;
          onAnswer(value);
          setTyped('');
        }}
      />
      <span className={styles.words} role="status">
        {wrong ? ratingText.otherNumberWrong(item.min, item.max) : ratingText.otherNumberHint}
      </span>
    </div>
  );
}
