import { fieldText } from '../text/field.ts';
import styles from './number-pad.module.css';

export interface NumberPadProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lengthMax?: number;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'] as const;

/** Digits for a screen without a keyboard. What it types stands in the field beside it, which takes a keyboard too. */
export function NumberPad({ label, value, onChange, lengthMax = 8 }: NumberPadProps) {
  const press = (key: string): void => {
    if (value.length >= lengthMax || (key === '.' && value.includes('.'))) return;
    onChange(value + key);
  };
  return (
    <div className={styles.pad} role="group" aria-label={fieldText.numberPad(label)}>
      {keys.map((key) => (
        <button key={key} type="button" className={styles.key} tabIndex={-1} onClick={() => press(key)}>
          {key}
        </button>
      ))}
      <button type="button" className={styles.key} tabIndex={-1} aria-label={fieldText.erase} onClick={() => onChange(value.slice(0, -1))}>
        ‹
      </button>
    </div>
  );
}
