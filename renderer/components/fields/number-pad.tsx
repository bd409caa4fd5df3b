import type { RefObject } from 'react';
import { fieldText } from '../../text/field.ts';
import { classNames } from '../class-names.ts';
import padStyles from './pad-key.module.css';
import styles from './number-pad.module.css';

interface NumberPadProps {
  readonly label: string;
  /** A digit, or the point. */
  readonly onKey: (key: string) => void;
  readonly onErase: () => void;
  /** Whole digits only, as of a PIN. */
  readonly withoutPoint?: boolean;
  /** For whoever brings it into sight. */
  readonly padRef?: RefObject<HTMLDivElement | null>;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits for a screen without a keyboard. What it types stands in the field beside it, which takes a keyboard too. */
export function NumberPad({ label, onKey, onErase, withoutPoint = false, padRef }: NumberPadProps) {
  const keys = [...digits, ...(withoutPoint ? [] : ['.']), '0'];
  return (
    // The field keeps the focus, and with it the ring that says where the digits go.
    <div
      ref={padRef}
      className={styles.pad}
      role="group"
      aria-label={fieldText.numberPad(label)}
      onPointerDown={(event) => event.preventDefault()}
    >
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          className={classNames(padStyles.key, styles.key, withoutPoint && key === '0' ? styles.middle : undefined)}
          tabIndex={-1}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
      <button type="button" className={classNames(padStyles.key, styles.key)} tabIndex={-1} aria-label={fieldText.erase} onClick={onErase}>
        ‹
      </button>
    </div>
  );
}
