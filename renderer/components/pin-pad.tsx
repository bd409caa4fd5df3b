import { useEffect, useRef } from 'react';
import { fieldText } from '../text/field.ts';
import { signInText } from '../text/sign-in.ts';
import styles from './pin-pad.module.css';

const digitsMax = 12;
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface PinPadProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly busy: boolean;
}

/**
 * Digits by touch or from the keyboard while the pad has the focus. What was typed is never shown; a dot stands
 * for each digit, because a gloved finger has to see that it was felt.
 */
export function PinPad({ label, value, onChange, onEnter, busy }: PinPadProps) {
  const pad = useRef<HTMLDivElement>(null);
  useEffect(() => pad.current?.focus(), [label]);
  const press = (digit: string): void => {
    if (!busy && value.length < digitsMax) onChange(value + digit);
  };
  const erase = (): void => {
    if (!busy) onChange(value.slice(0, -1));
  };
  return (
    <div
      ref={pad}
      role="group"
      aria-label={`${fieldText.pinPad}. ${label}. ${signInText.hint}`}
      tabIndex={0}
      className={styles.pad}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) press(event.key);
        else if (event.key === 'Backspace') erase();
        else if (event.key === 'Enter' && event.target === pad.current) onEnter();
        else return;
        event.preventDefault();
      }}
    >
      <div className={styles.head}>
        <span className={styles.label}>{label}</span>
        <span className={styles.dots} role="status" aria-label={signInText.dots(value.length)}>
          {Array.from({ length: Math.max(6, value.length) }, (_, index) => (
            <span key={index} className={index < value.length ? styles.filled : styles.dot} />
          ))}
        </span>
      </div>
      <div className={styles.keys}>
        {keys.map((digit) => (
          <button key={digit} type="button" className={styles.key} tabIndex={-1} onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className={styles.key} tabIndex={-1} aria-label={fieldText.erase} onClick={erase}>
          ‹
        </button>
        <button type="button" className={styles.key} tabIndex={-1} onClick={() => press('0')}>
          0
        </button>
        <button
          type="button"
          className={styles.ok}
          aria-label={signInText.okName}
          aria-disabled={busy || value.length < 6}
          onClick={onEnter}
        >
          {signInText.ok}
        </button>
      </div>
    </div>
  );
}
