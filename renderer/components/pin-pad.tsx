import { useEffect, useRef, type RefObject } from 'react';
import { fieldText } from '../text/field.ts';
import { signInText } from '../text/sign-in.ts';
import { pinTyped } from './key-layer.tsx';
import styles from './pin-pad.module.css';

const digitsMax = 12;
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface PinPadProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly busy: boolean;
  /** What OK does, for those who hear it; signing in where nothing else is said. */
  readonly okName?: string;
  /** For a screen that gives the pad the keys of everything around it. */
  readonly padRef?: RefObject<HTMLDivElement | null>;
}

/** What a key means to a PIN; null for keys that are somebody else's. Enter ends the PIN also after a digit was touched. */
export function pinKeyOf({ key, ctrlKey, metaKey, altKey }: PinKeyPress): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^\d$/.test(key)) return key;
  return key === 'Backspace' ? 'erase' : key === 'Enter' ? 'enter' : null;
}
type PinKeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Digits by touch or from the keyboard while the pad has the focus. What was typed is never shown; a dot stands
 * for each digit, because a gloved finger has to see that it was felt.
 */
export function PinPad({ label, value, onChange, onEnter, busy, okName = signInText.okName, padRef }: PinPadProps) {
  const own = useRef<HTMLDivElement>(null);
  const pad = padRef ?? own;
  useEffect(() => pad.current?.focus(), [pad, label]);
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
        const key = pinKeyOf(event);
        if (key === null) return;
        pinTyped(event);
        if (key === 'enter') onEnter();
        else if (key === 'erase') erase();
        else press(key);
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
        <button type="button" className={styles.ok} aria-label={okName} aria-disabled={busy || value.length < 6} onClick={onEnter}>
          {signInText.ok}
        </button>
      </div>
    </div>
  );
}
