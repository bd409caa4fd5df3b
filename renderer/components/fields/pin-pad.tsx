import { useEffect, useRef, useState, type RefObject } from 'react';
import { fieldText } from '../../text/field.ts';
import { signInText } from '../../text/sign-in.ts';
import { pinTyped, useKeys } from '../keys/key-layer.tsx';
import { classNames } from '../class-names.ts';
import padStyles from './pad-key.module.css';
import styles from './pin-pad.module.css';

const digitsMax = 12;
const keyStyle = classNames(padStyles.key, styles.key);
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface PinPadProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  /** A PIN is being compared. What is typed meanwhile is the beginning of the next one, should this one be refused. */
  readonly busy: boolean;
  /** What OK does, for those who hear it; signing in where nothing else is said. */
  readonly okName?: string;
  /** Each new count gives it the keys again, wherever they went; what was typed ahead stays. */
  readonly asked?: number;
  readonly padRef?: RefObject<HTMLDivElement | null>;
  /** Nothing else on the screen takes digits, so the pad takes them wherever the focus is. Enter stays with what has the focus. */
  readonly takesAllDigits?: boolean;
}

/** What a key means to a PIN; null for keys that are somebody else's. Enter ends the PIN also after a digit was touched. */
export function pinKeyOf({ key, ctrlKey, metaKey, altKey }: PinKeyPress): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^\d$/.test(key)) return key;
  return key === 'Backspace' ? 'erase' : key === 'Enter' ? 'enter' : null;
}
type PinKeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

function isNoPin({ key, ctrlKey, metaKey, altKey }: PinKeyPress, typed: number): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey && (typed >= digitsMax || !/\d/.test(key));
}

/**
 * Digits by touch or from the keyboard while the pad has the focus. What was typed is never shown; a dot stands
 * for each digit, because a gloved finger has to see that it was felt.
 */
export function PinPad(props: PinPadProps) {
  const { label, value, onChange, onEnter, busy, okName = signInText.okName, asked = 0, padRef, takesAllDigits = false } = props;
  const own = useRef<HTMLDivElement>(null);
  const pad = padRef ?? own;
  useEffect(() => pad.current?.focus(), [pad, label, asked]);
  const { press, erase, typed } = useDigits({ value, onChange, busy });
  const { heard, enter } = useEnter(onEnter, () => onChange(''));
  useKeys((event) => {
    const key = takesAllDigits ? pinKeyOf(event) : null;
    if (key === null || key === 'enter') return;
    event.preventDefault();
    pinTyped(event);
    pad.current?.focus();
    if (key === 'erase') erase();
    else press(key);
  });
  return (
    <div
      ref={pad}
      role="group"
      aria-label={`${fieldText.pinPad}. ${label}. ${signInText.hint}`}
      tabIndex={0}
      className={styles.pad}
      onKeyDown={(event) => {
        const key = pinKeyOf(event);
        heard(event, typed.length);
        if (key === null) return;
        pinTyped(event);
        if (key === 'enter') enter();
        else if (key === 'erase') erase();
        else press(key);
        event.preventDefault();
      }}
    >
      <div className={styles.head}>
        <span className={styles.label}>{label}</span>
        {busy ? (
          <span className={styles.checking} role="status">
            {signInText.checking}
          </span>
        ) : null}
        {busy && typed === '' ? null : (
          <span className={styles.dots} role="status" aria-label={signInText.dots(typed.length)}>
            {Array.from({ length: Math.max(6, typed.length) }, (_, index) => (
              <span key={index} className={index < typed.length ? styles.filled : styles.dot} />
            ))}
          </span>
        )}
      </div>
      <div className={styles.keys}>
        {keys.map((digit) => (
          <button key={digit} type="button" className={keyStyle} tabIndex={-1} onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className={keyStyle} tabIndex={-1} aria-label={fieldText.erase} onClick={erase}>
          ‹
        </button>
        <button type="button" className={keyStyle} tabIndex={-1} onClick={() => press('0')}>
          0
        </button>
        <button type="button" className={styles.ok} aria-label={okName} aria-disabled={busy || value.length < 6} onClick={onEnter}>
          {signInText.ok}
        </button>
      </div>
    </div>
  );
}

/** What has another sign in it, or is longer than a PIN, is a badge that was read into the pad: its Enter sends nothing. */
function useEnter(onEnter: () => void, forget: () => void) {
  const noPin = useRef(false);
  return {
    heard: (press: PinKeyPress, typed: number): void => {
      if (isNoPin(press, typed)) noPin.current = true;
    },
    enter: (): void => {
      if (noPin.current) forget();
      else onEnter();
      noPin.current = false;
    },
  };
}

/** The digits of a pad. While a PIN is being compared they wait; once it was refused they are what the pad shows. */
function useDigits({ value, onChange, busy }: Pick<PinPadProps, 'value' | 'onChange' | 'busy'>) {
  const [ahead, setAhead] = useState('');
  // After a refusal the field is empty, and digits that were typed ahead begin the next try. After a right PIN the sheet is gone.
  if (!busy && ahead !== '' && value !== '') setAhead('');
  useEffect(() => {
    if (!busy && ahead !== '' && value === '') onChange(ahead);
  }, [busy, ahead, value, onChange]);
  const typed = busy ? ahead : value;
  const put = busy ? setAhead : onChange;
  return {
    typed,
    press: (digit: string): void => {
      if (typed.length < digitsMax) put(typed + digit);
    },
    erase: (): void => put(typed.slice(0, -1)),
  };
}
